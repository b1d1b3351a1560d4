"""Passports of other clinics: what is signed counts, what was changed is refused, nothing counts twice."""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
import segno
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import take_passport, withdraw_elsewhere_treatment
from masseter.journey.consult.passport import seal
from masseter.journey.consult.passport.passport import Given, Passport, Site
from masseter.journey.consult.passport.seal import NoPassport, sealed, unsealed
from masseter.journey.consult.queries import elsewhere_of
from masseter.journey.follow_up.passport import issue_passport, seen
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.plan.actions import approve_plan, propose_plan
from masseter.journey.plan.checking import check
from tests.conftest import ActorMaker
from tests.factories import BORN, make_patient, make_ready_case
from tests.journey.given import DOCTOR, MIGRAINE, healthy, make_plan, make_treatment, write_reasons

TODAY = date(2026, 11, 29)


def passport(given_on: date = TODAY - timedelta(days=21), **changed: object) -> Passport:
    """Of a treatment at another clinic."""
    treated = {
        "given_on": given_on,
        "condition": "chronic_migraine",
        "product": "botox",
        "brand": "Botox",
        "units": Decimal(155),
        "lots": ("C1234C3",),
        "sites": (Site(site="procerus", side="midline", units=Decimal(5)),),
    }
    own = {key: changed.pop(key) for key in list(changed) if key in treated}
    told = {"clinic": "South Clinic", "patient": "Ada Lindqvist", "birth_date": BORN, "issued_on": TODAY}
    return Passport(**{**told, **changed}, treatments=(Given(**{**treated, **own}),))  # type: ignore[arg-type]


@pytest.fixture
def by(clinic: Clinic, actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def test_passport_says_the_same_after_the_way_through_its_code() -> None:
    told = passport(clinic="Clínica Ñandú", patient="山田 太郎")

    read = unsealed(f"]Q1{sealed(told).lower()}\n")

    assert read.passport == told
    assert read.is_own
    assert len(read.fingerprint) == 19


@given(
    place=some.floats(0, 1, exclude_max=True), letter=some.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
)
def test_no_letter_of_a_code_can_be_changed_unseen(place: float, letter: str) -> None:
    text = sealed(passport())
    at = int(place * len(text))
    changed = text[:at] + letter + text[at + 1 :]

    if changed == text:
        return
    try:
        read = unsealed(changed)
    except NoPassport:
        return
    # The last letter has bits that carry nothing.
    assert at == len(text) - 1
    assert read.passport == passport()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not the code of an injection passport"),
        ("01003002339210291728010110C1234C3", "not the code of an injection passport"),
        ("MASSETER1:", "not whole"),
        ("MASSETER1:A1B0C9", "not whole"),
        ("MASSETER1:" + "A" * 5000, "not the code"),
        ("MASSETER1:" + "B" * 400, "was changed"),
    ],
)
def test_text_that_is_no_passport_says_what_is_wrong(text: str, words: str) -> None:
    with pytest.raises(NoPassport, match=words):
        unsealed(text)


@pytest.mark.parametrize("told", [b"[]", b'{"v":1}', b"\xff\xfe", b'{"c":"' + b"x" * 60_000 + b'"}'])
def test_signed_nonsense_is_no_passport(told: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal.Passport, "model_dump_json", lambda *_a, **_o: told.decode("latin-1"))

    with pytest.raises(NoPassport, match="no injection passport"):
        unsealed(sealed(passport()))


@pytest.mark.parametrize("name", ["Ada\u202eLindqvist", "Ada\x00", "A" * 201])
def test_words_that_cannot_be_seen_are_in_no_passport(name: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be seen|200 characters"):
        passport(patient=name)
    assert seen(name).isprintable()


def test_treatment_three_weeks_ago_at_another_clinic_stops_a_plan(by: Actor) -> None:
    patient = make_patient(by, given_names="Ada", family_name="Lindqvist")
    today = clock.today(by.zone)
    known = {**healthy(), **MIGRAINE}
    case = make_ready_case(
        by, condition="chronic_migraine", diagnosis="chronic_migraine", patient=patient, **known
    )
    other = propose_plan(by=by, plan=write_reasons(by, make_plan(by, case)))
    assert "interval-too-short" not in codes(by, other)

    (row,) = take_passport(by=by, patient=patient, passport=sealed(passport(today - timedelta(days=21))))

    assert (row.product, row.units, row.where) == ("botox", Decimal(155), "South Clinic")
    assert "interval-too-short" in codes(by, other)
    with pytest.raises(Refused):
        approve_plan(by=by, plan=other)


def codes(by: Actor, plan: object) -> set[str]:
    return {found.code for found in check(by, plan, today=clock.today(by.zone)).findings}  # type: ignore[arg-type]


def test_nothing_counts_twice_and_what_was_taken_back_can_come_again(by: Actor) -> None:
    patient = make_patient(by, given_names="Ada", family_name="Lindqvist")
    text = sealed(passport(product="newtoxin", brand="New Toxin"))
    (row,) = take_passport(by=by, patient=patient, passport=text)
    assert (row.product, row.units, row.reason) == ("", None, "New Toxin, 155 units. Chronic migraine")

    with pytest.raises(Refused, match="on record already"):
        take_passport(by=by, patient=patient, passport=text)
    withdraw_elsewhere_treatment(by=by, elsewhere=row, reason="Somebody else's.")
    take_passport(by=by, patient=patient, passport=text)

    assert elsewhere_of(patient).count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"birth_date": date(1950, 1, 1)}, "born on 1 January 1950"),
        ({"patient": "Ada Smith"}, "The passport says Ada Smith"),
        ({"birth_date": None}, "missing in the passport"),
        ({"given_on": TODAY + timedelta(days=3000)}, "lies in the future"),
    ],
)
def test_passport_of_somebody_else_is_not_taken_over(
    by: Actor, changed: dict[str, object], words: str
) -> None:
    patient = make_patient(by, given_names="Ada", family_name="Lindqvist")
    text = sealed(passport(**changed))  # type: ignore[arg-type]

    with pytest.raises(Refused, match=words):
        take_passport(by=by, patient=patient, passport=text)

    assert not elsewhere_of(patient)


def test_doubt_about_a_name_is_settled_by_a_person(by: Actor) -> None:
    patient = make_patient(by, given_names="Ada", family_name="Married-Name")

    take_passport(by=by, patient=patient, passport=sealed(passport()), is_same_person=True)

    assert elsewhere_of(patient).count() == 1


def test_own_passport_is_issued_and_not_taken_over(
    by: Actor, other_clinic: Clinic, actor: ActorMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    treatment = make_treatment(by)
    patient = treatment.patient
    assert issue_passport(by, make_patient(by)) is None
    issued = issue_passport(by, patient)
    assert issued is not None
    told = issued.passport

    (one,) = told.treatments
    assert (one.units, one.lots) == (Decimal(155), ("C1234C3",))
    assert sum(site.units for site in one.sites) == one.units
    assert told.earliest_next is not None
    assert told.earliest_next >= one.given_on + timedelta(days=84)
    assert segno.make(issued.text, error="m").version <= 25
    with pytest.raises(Refused, match="issued by this clinic"):
        take_passport(by=by, patient=patient, passport=issued.text)

    # Another clinic takes it, of this installation or of another.
    monkeypatch.setattr(settings, "PASSPORT_KEY", "the key of another installation")
    with clinic_scope(other_clinic.pk):
        there = actor(*DOCTOR, of=other_clinic)
        same = make_patient(there, given_names=patient.given_names, family_name=patient.family_name)
        (row,) = take_passport(by=there, patient=same, passport=issued.text)
    assert (row.units, row.where) == (Decimal(155), told.clinic)


def test_packed_bomb_is_not_unpacked() -> None:
    assert (
        len(zlib.decompressobj().decompress(zlib.compress(b"0" * 10**7), seal.MOST_BYTES)) == seal.MOST_BYTES
    )
