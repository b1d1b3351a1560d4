"""The check before signing: person, consent, approval, vials, sums, departures; limits again as given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from masseter.core.findings import Finding
from masseter.core.inject.check import check_treatment, plan_as_given
from masseter.core.inject.rules.vials import UnknownDiluent
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import (
    Approval,
    ApprovedPlan,
    Consent,
    GivenPoint,
    LeftOut,
    TimeOut,
    VialState,
)
from masseter.core.plan.fingerprint import plan_fingerprint
from masseter.core.plan.types import PlanDraft, PlannedPoint
from masseter.core.quantities import InvalidQuantity
from masseter.knowledge.load import load
from masseter.knowledge.model import AlertLot
from tests.core.builders import EVIDENCE, TODAY, D, condition
from tests.core.plan.builders import earlier, knowledge, licence, limit, patient, plan, point, product, size

NOTHING_NEW = TodayAnswers(infection=False, pregnancy=False, news=False)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
Loose = Any  # the builders pass on whichever field of the dataclass a test wants different


def given(planned: PlannedPoint, **fields: Loose) -> GivenPoint:
    same = {
        name: getattr(planned, name)
        for name in ["id", "site", "side", "number", "view", "x", "y", "units", "depth", "route"]
    }
    return GivenPoint(**{**same, "vial": "v1", "planned_id": planned.id, **fields})


def vial(**fields: Loose) -> VialState:
    return VialState(
        **{
            "id": "v1",
            "product": "alfa",
            "presentation": "alfa-100",
            "label_units": D(100),
            "lot": "C1",
            "expires_on": TODAY,
            "status": "reconstituted",
            "units_left": D(100),
            "diluent_ml": D(2),
            "reconstituted_at": NOW - timedelta(hours=24),
            "discarded": D(60),
            **fields,
        }
    )


def consent(**fields: Loose) -> Consent:
    return Consent(
        **{
            "condition": "tmd",
            "product": "alfa",
            "diagnosis": "myalgia",
            "says_licensed": True,
            "signed_on": TODAY,
            **fields,
        }
    )


def treated(draft: PlanDraft | None = None, **fields: Loose) -> tuple[Finding, ...]:
    """All findings about a treatment that is by the book but for what the test says."""
    draft = draft or plan()
    approval = Approval(fingerprint=plan_fingerprint(draft), by="Dr A", on=TODAY)
    return check_treatment(
        **{
            "timeout": TimeOut(
                identifiers=("name", "birth_date"),
                consent_confirmed=True,
                plan_confirmed=True,
                allergies_confirmed=True,
                today=NOTHING_NEW,
            ),
            "approved": ApprovedPlan(plan=draft, approval=approval),
            "given": tuple(given(each) for each in draft.points),
            "vials": (vial(),),
            "consent": consent(),
            "patient": patient(),
            "knowledge": knowledge(),
            "jurisdiction": "UK",
            "today": TODAY,
            "now": NOW,
            **fields,
        }
    )


def stops(**fields: Loose) -> set[str]:
    return {each.code for each in treated(**fields) if each.severity == "stop"}


def test_treatment_by_the_book_has_no_finding() -> None:
    assert treated() == ()


def test_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        treated(now=NOW.replace(tzinfo=None))


def test_start_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^The moment of a treatment needs its time zone\.$"):
        treated(began=NOW.replace(tzinfo=None))


def test_plan_as_given_is_the_plan_with_everything_that_was_done_at_each_point() -> None:
    """Nothing of the plan's own points is left, not even where they were deep or flat."""
    draft = plan()
    other = {
        "site": "orbicularis_oculi",
        "side": "right",
        "number": "9",
        "view": "left",
        "x": D(1),
        "y": D(2),
        "units": D(3),
        "depth": "shallow",
        "route": "intradermal",
    }
    doses = tuple(given(each, **other) for each in draft.points)

    done = plan_as_given(draft, doses)

    assert done == replace(draft, points=tuple(replace(each, **other) for each in draft.points))


def test_impossible_amounts_cannot_be_built() -> None:
    with pytest.raises(InvalidQuantity):
        given(point(), units=D(-1))
    with pytest.raises(InvalidQuantity):
        vial(units_left=D("NaN"))
    with pytest.raises(InvalidQuantity):
        vial(diluent_ml=D(-2))


@pytest.mark.parametrize(
    "identifiers",
    [
        (),
        ("name",),
        ("name", "name"),
        ("name", " name "),
        ("name", " "),
        ("birth_date", "Birth-date"),
        ("birth_date", "birth  date."),
    ],
)
def test_identity_needs_two_different_identifiers(identifiers: tuple[str, ...]) -> None:
    timeout = TimeOut(
        identifiers=identifiers,
        consent_confirmed=True,
        plan_confirmed=True,
        allergies_confirmed=True,
        today=NOTHING_NEW,
    )

    assert stops(timeout=timeout) == {"identity-unconfirmed"}


@pytest.mark.parametrize("left_open", ["consent_confirmed", "plan_confirmed", "allergies_confirmed"])
def test_time_out_must_be_complete(left_open: str) -> None:
    done = dict.fromkeys(("consent_confirmed", "plan_confirmed", "allergies_confirmed"), True)
    timeout = TimeOut(identifiers=("name", "birth_date"), **{**done, left_open: False}, today=NOTHING_NEW)

    assert stops(timeout=timeout) == {"time-out-incomplete"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"signed_on": None}, "consent-missing"),
        ({"signed_on": TODAY + timedelta(days=1)}, "consent-in-future"),
        ({"withdrawn_on": TODAY}, "consent-withdrawn"),
        ({"waits_for_visit": True}, "consent-not-confirmed"),
        ({"condition": "bruxism"}, "consent-other-condition"),
        ({"product": "beta"}, "consent-other-product"),
        ({"diagnosis": "arthralgia"}, "consent-other-diagnosis"),
        ({"says_licensed": False}, "consent-other-diagnosis"),
        ({"diagnosis": "", "says_licensed": False}, "consent-other-diagnosis"),
    ],
)
def test_consent_must_be_signed_standing_and_for_this(fields: dict[str, Loose], code: str) -> None:
    assert stops(consent=consent(**fields)) == {code}


def test_consent_that_calls_an_off_label_use_licensed_stops() -> None:
    place = knowledge(conditions={"tmd": condition(licences=())})

    assert "consent-other-diagnosis" in stops(knowledge=place)
    assert "consent-other-diagnosis" not in stops(knowledge=place, consent=consent(says_licensed=False))


def test_consent_to_the_whole_condition_and_any_product_holds_where_its_words_are_true() -> None:
    assert stops(consent=consent(diagnosis="", product="")) == set()


def test_consent_is_held_against_the_licence_of_this_diagnosis_and_this_product() -> None:
    """One product is licensed, for one diagnosis: the text must say so there, and the opposite elsewhere."""
    place = knowledge(
        conditions={"tmd": condition(licences=(licence(product="alfa", diagnoses=("myalgia",)),))}
    )
    beta = plan(product="beta", presentation="beta-100")
    other = plan(diagnosis="disc")

    assert stops(knowledge=place) == set()
    for draft in (beta, other):
        told = consent(product=draft.product, diagnosis=draft.diagnosis)
        assert "consent-other-diagnosis" in stops(knowledge=place, draft=draft, consent=told)
        true = replace(told, says_licensed=False)
        assert "consent-other-diagnosis" not in stops(knowledge=place, draft=draft, consent=true)


def test_consent_that_does_not_exist_stops() -> None:
    assert stops(consent=None) == {"consent-missing"}


def test_plan_must_be_approved_as_it_is() -> None:
    approval = Approval(fingerprint=plan_fingerprint(plan()), by="Dr A", on=TODAY)
    changed = plan(*plan().points[:3], point("MASS-R-2", "11"))

    assert stops(approved=ApprovedPlan(plan=plan(), approval=None)) == {"plan-not-approved"}
    unnamed = replace(approval, by=" ")
    assert stops(approved=ApprovedPlan(plan=plan(), approval=unnamed)) == {"plan-not-approved"}
    assert "plan-changed" in stops(approved=ApprovedPlan(plan=changed, approval=approval))
    future = replace(approval, on=TODAY + timedelta(days=1))
    assert stops(approved=ApprovedPlan(plan=plan(), approval=future)) == {"approval-in-future"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"expires_on": TODAY - timedelta(days=1)}, "vial-expired"),
        ({"expires_on": None}, "expiry-missing"),
        ({"status": "recalled"}, "vial-recalled"),
        ({"status": "quarantined"}, "vial-quarantined"),
        ({"status": "used"}, "vial-finished"),
        ({"status": "discarded"}, "vial-finished"),
        ({"used_for_other_patient": True}, "vial-of-other-patient"),
        ({"reconstituted_at": NOW - timedelta(hours=24, seconds=1)}, "vial-past-use"),
        ({"reconstituted_at": NOW + timedelta(seconds=1)}, "reconstituted-in-future"),
        ({"reconstituted_at": None}, "reconstitution-missing"),
        ({"diluent_ml": None}, "diluent-missing"),
        ({"diluent_ml": D("2.5")}, "concentration-differs"),
        ({"product": "beta", "presentation": "beta-100"}, "vial-other-product"),
        ({"presentation": "alfa-150"}, "vial-unknown-size"),
        ({"label_units": D(200), "units_left": D(100)}, "vial-units-wrong"),
        ({"lot": " "}, "lot-missing"),
        ({"units_left": D(101), "discarded": D(61)}, "vial-overfull"),
        ({"units_left": D("39.9"), "discarded": D(0)}, "vial-overdrawn"),
        ({"discarded": D("59.9")}, "vial-sum-wrong"),
        ({"discarded": D("60.1")}, "vial-sum-wrong"),
    ],
)
def test_vial_that_must_not_be_used_stops(fields: dict[str, Loose], code: str) -> None:
    assert stops(vials=(vial(**fields),)) == {code}


def test_vial_of_another_size_at_the_same_concentration_is_a_caution() -> None:
    other = vial(
        presentation="alfa-200", label_units=D(200), units_left=D(200), diluent_ml=D(4), discarded=D(160)
    )

    findings = treated(vials=(other,))

    assert {(each.code, each.severity) for each in findings} == {("vial-other-size", "caution")}


def test_discarded_units_not_counted_yet_are_a_caution_that_says_how_many_are_left() -> None:
    (found,) = treated(vials=(vial(discarded=None),))

    assert (found.code, found.severity) == ("discarded-missing", "caution")
    assert "60 units Alfa" in found.sentence


def test_strength_of_a_vial_of_another_product_is_not_reckoned() -> None:
    other = vial(product="beta", presentation="alfa-100", diluent_ml=D("2.5"))

    assert stops(vials=(other,)) == {"vial-other-product"}


def test_vial_recorded_twice_or_not_at_all_stops() -> None:
    assert "vial-twice" in stops(vials=(vial(), vial()))
    assert stops(vials=()) == {"vial-missing"}


def test_two_vials_add_up_each_for_itself() -> None:
    draft = plan()
    first, *others = draft.points
    doses = (given(first, vial="v2"), *(given(each) for each in others))
    second = vial(id="v2", lot="C2", units_left=D(10), discarded=D(0))

    assert treated(given=doses, vials=(vial(discarded=D(70)), second)) == ()
    assert stops(given=doses, vials=(vial(discarded=D(70)), replace(second, units_left=D(9)))) == {
        "vial-overdrawn"
    }


def test_ready_solution_needs_no_reconstitution() -> None:
    toxin = product(form="solution", presentations=(size("alfa-100", 100, "1"),))
    draft = plan(diluent_ml=None)
    ready = vial(diluent_ml=None, reconstituted_at=None)

    assert stops(draft=draft, vials=(ready,), knowledge=knowledge(products={"alfa": toxin})) == set()


def test_plan_without_dilution_leaves_the_vial_to_itself() -> None:
    assert "concentration-differs" not in stops(draft=plan(diluent_ml=None))


def test_nothing_given_and_points_without_units_stop() -> None:
    draft = plan()
    reasons = tuple(LeftOut(planned_id=each.id, reason="Unwell.") for each in draft.points)
    first, *others = draft.points
    nothing = (given(first, units=D(0), reason="Bent needle."), *(given(each) for each in others))

    assert stops(given=(), left_out=reasons, vials=(vial(discarded=D(100)),)) == {"nothing-given"}
    assert stops(given=nothing, vials=(vial(discarded=D(70)),)) == {"given-nothing"}


def test_departure_without_reason_stops_and_with_reason_does_not() -> None:
    first, *others = plan().points
    more = (given(first, units=D(11)), *(given(each) for each in others))
    told = (given(first, units=D(11), reason="Bulky."), *(given(each) for each in others))
    ledger = (vial(discarded=D(59)),)

    assert stops(given=more, vials=ledger) == {"deviation-reason-missing"}
    assert treated(given=told, vials=ledger) == ()


def test_limits_are_checked_again_on_what_was_given() -> None:
    known = knowledge(products={"alfa": product(limits=(limit(scope="per_session", units=D(40)),))})
    first, *others = plan().points
    more = (given(first, units=D("10.1"), reason="Bulky."), *(given(each) for each in others))

    assert stops(given=more, vials=(vial(discarded=D("59.9")),), knowledge=known) == {"over-limit-cap"}


def test_rounding_by_the_syringe_needs_no_reason() -> None:
    draft = plan(point(units="5"), diluent_ml=D("2.5"))
    rounded = given(draft.points[0], units=D("4.8"))
    bottle = vial(diluent_ml=D("2.5"), discarded=D("95.2"))

    assert stops(draft=draft, given=(rounded,), vials=(bottle,)) == set()
    other = given(draft.points[0], units=D("4.7"))
    assert stops(draft=draft, given=(other,), vials=(replace(bottle, discarded=D("95.3")),)) == {
        "deviation-reason-missing"
    }


def test_person_and_history_are_checked_again() -> None:
    assert stops(patient=patient(allergies=("human_albumin",))) == {"allergy"}
    assert stops(earlier=(earlier(0, "5", "beta"),)) == {"two-products"}


def test_point_given_twice_stops() -> None:
    doses = tuple(given(each) for each in plan().points)

    assert "duplicate-point" in stops(given=(*doses, doses[0]))


def test_lot_of_an_alert_is_a_caution_whatever_the_writing() -> None:
    alert = AlertLot(number="C-3709 C3", expiry="2023", told="An authority", evidence=EVIDENCE)
    known = replace(knowledge(), alert_lots=(alert,))

    findings = treated(vials=(vial(lot="c3709c3"),), knowledge=known)

    found = next(each for each in findings if each.code == "lot-on-alert")
    assert (found.severity, found.subject) == ("caution", "v1")
    assert "An authority (expiry 2023)" in found.sentence
    assert "lot-on-alert" not in {each.code for each in treated(knowledge=known)}
    assert "lot-on-alert" not in {each.code for each in treated(vials=(vial(lot=" "),), knowledge=known)}


def test_diluent_that_no_label_names_asks_for_a_reason_and_who_may_decide() -> None:
    known = replace(knowledge(), practice=load().practice)
    told = {
        code: [
            each
            for each in treated(vials=(vial(diluent=code),), knowledge=known)
            if each.code == "diluent-outside-label"
        ]
        for code in ("", "saline", "preserved_saline", "other")
    }

    assert [code for code, found in told.items() if found] == ["preserved_saline", "other"]
    assert told["preserved_saline"][0].severity == "caution"
    assert "named prescriber" in told["preserved_saline"][0].sentence


def test_diluent_that_is_not_on_the_list_is_an_error() -> None:
    with pytest.raises(UnknownDiluent, match=r"^There is no diluent called 'water'\.$"):
        treated(vials=(vial(diluent="water"),))


def test_solution_that_comes_ready_has_no_diluent_to_judge() -> None:
    ready = replace(knowledge(), practice=load().practice)
    alfa = replace(ready.products["alfa"], form="solution")
    known = replace(ready, products={**ready.products, "alfa": alfa})

    found = treated(vials=(vial(diluent="other"),), knowledge=known)

    assert "diluent-outside-label" not in {each.code for each in found}
