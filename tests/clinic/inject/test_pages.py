"""The pages of the treatment with bad input, in two tabs, and for those who may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.stock.actions import change_lot_state
from masseter.journey.stock.models import Vial
from tests.clinic.inject.test_flow import fields
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, approved_plan, make_lot, make_treatment, vials_of

SignIn = Callable[..., Client]
TICKS = {
    "identifiers": ["name", "birth_date"],
    "consent_confirmed": "1",
    "plan_confirmed": "1",
    "allergies_confirmed": "1",
    "nothing_new": "1",
    "mixed": "now",
    "do": "sign",
}


@pytest.fixture
def ready(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> tuple[Client, str, dict[str, object]]:
    """A browser on the prepare page of an approved plan, with what it would send."""
    by = actor(*DOCTOR)
    make_lot(by)
    plan = approved_plan(by)
    browser = signed_in(*DOCTOR)
    url = reverse("treatment_prepare", args=[plan.pk])
    return browser, url, {**fields(browser.get(url).content.decode()), **TICKS}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"identifiers": ["name"]}, "two identifiers"),
        ({"consent_confirmed": ""}, "confirm consent"),
        ({"nothing_new": ""}, "ask today about infection"),
        ({"new_today": ["news"]}, "Either nothing is new today"),
        ({"nothing_new": "", "new_today": ["infection"]}, "Infection at a planned site"),
        ({"nothing_new": "", "new_today": ["news"]}, "is new since the plan"),
        ({"mixed": ""}, "Compare lot and expiry"),
        ({"mixed": "", "vial_confirmed": "1"}, "Say when the vial was reconstituted"),
        ({"mixed": "earlier"}, "Enter day and time of the reconstitution"),
        ({"opened_at": "2026-01-01T08:00"}, "clear this time"),
        ({"mixed": "earlier", "opened_at": "2020-01-01T08:00"}, "past its in-use time"),
        ({"vials": []}, "Choose the vial"),
        ({"DISCARDED": "40"}, "given and discarded together are 195"),
        ({"DISCARDED": "4O"}, "Thrown away: Enter a number"),
        ({"DISCARDED": ""}, "Record what was discarded"),
        ({"vial_code": "rubbish"}, "Scan the square code"),
        ({"vial_code": "0100302591610010" + "17280300" + "10X1"}, "stop and check"),
        ({"vial_code": "0100300233921029" + "17280300" + "10NOTHERE"}, "No vial of lot NOTHERE"),
        ({"point-0-units": "5,5,5"}, "Write units"),
        ({"point-0-units": "6"}, "write the reason"),
        ({"point-0-remove": "1"}, "write the reason"),
        ({"point-0-x": "99999"}, "outside the drawing"),
        ({"minutes": "0"}, "1 to 600"),
        ({"minutes": "5.5"}, "whole number"),
        ({"started_at": "yesterday"}, "Enter day and time"),
        ({"started_at": ""}, "required"),
        ({"started_at": "2020-01-01T10:00"}, "before the plan was approved"),
        ({"diluent_ml": "-1"}, "digits 0 to 9"),
        ({"diluent_ml": "2"}, "concentration"),
        ({"points-total": "0"}, "Nothing is recorded as given"),
    ],
)
def test_sign_keeps_what_was_typed_and_says_what_is_wrong(
    ready: tuple[Client, str, dict[str, object]], changed: dict[str, object], words: str
) -> None:
    browser, url, sent = ready
    rest = next(name for name in sent if name.startswith("discarded-") and name.endswith("-was"))
    changed = {name.replace("DISCARDED", rest.removesuffix("-was")): typed for name, typed in changed.items()}

    page = browser.post(url, {**sent, "note": "Kept as typed", **changed})

    html = page.content.decode()
    assert page.status_code == 422
    assert words in html
    assert "<title>Error:" in html
    assert "Kept as typed" in html
    assert not Treatment.objects.exists()


def test_sign_by_scanned_vial_needs_no_other_tick(ready: tuple[Client, str, dict[str, object]]) -> None:
    browser, url, sent = ready

    lot = Vial.objects.earliest("pk").lot
    code = "0100300233921029" + f"17{lot.expires_on:%y%m%d}" + "10c1234-c3"
    browser.post(url, {**sent, "vials": [], "vial_code": code})

    assert Treatment.objects.count() == 1


def test_second_click_signs_nothing_twice(ready: tuple[Client, str, dict[str, object]]) -> None:
    browser, url, sent = ready

    first = browser.post(url, sent)
    second = browser.post(url, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert Treatment.objects.count() == 1


def test_second_tab_is_told_that_the_plan_was_given(ready: tuple[Client, str, dict[str, object]]) -> None:
    browser, url, sent = ready
    other = {**fields(browser.get(url).content.decode()), **TICKS}
    browser.post(url, sent)

    page = browser.post(url, other)

    assert page.status_code == 422
    assert "changed by someone else" in page.content.decode()
    assert Treatment.objects.count() == 1


def test_lot_recalled_while_the_page_was_open_stops_the_signature(
    ready: tuple[Client, str, dict[str, object]], actor: ActorMaker
) -> None:
    browser, url, sent = ready
    lot = Vial.objects.earliest("pk").lot
    change_lot_state(by=actor(*DOCTOR), lot=lot, state="recalled", reason="Letter of the maker.")

    page = browser.post(url, sent)

    assert page.status_code == 422
    assert "is recalled" in page.content.decode()
    assert not Treatment.objects.exists()


def test_vial_that_is_not_here_is_not_found(ready: tuple[Client, str, dict[str, object]]) -> None:
    browser, url, sent = ready

    assert browser.post(url, {**sent, "vials": ["999999"]}).status_code == 404


@pytest.mark.parametrize("name", ["treatment", "treatment_amend", "treatment_pdf", "aftercare_pdf"])
def test_treatment_of_another_clinic_is_not_there(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker, signed_in: SignIn, name: str
) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    page = signed_in(*DOCTOR, of=other_clinic).get(reverse(name, args=[treatment.pk]))

    assert page.status_code == 404


@pytest.mark.parametrize("name", ["treatment", "treatment_amend", "treatment_pdf", "aftercare_pdf"])
def test_treatment_is_closed_to_the_front_desk(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn, name: str
) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    page = signed_in(Role.FRONT_DESK).get(reverse(name, args=[treatment.pk]))

    assert page.status_code == 403


def test_correction_without_reason_is_refused(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    treatment = make_treatment(actor(*DOCTOR))
    browser = signed_in(*DOCTOR)
    url = reverse("treatment_amend", args=[treatment.pk])
    sent = fields(browser.get(url).content.decode())

    page = browser.post(url, {**sent, "point-0-units": "7"})

    assert page.status_code == 422
    assert "Write why the record is corrected." in page.content.decode()


def test_corrected_treatment_shows_both_versions(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    old = make_treatment(actor(*DOCTOR))
    browser = signed_in(*DOCTOR)
    url = reverse("treatment_amend", args=[old.pk])
    sent = fields(browser.get(url).content.decode())
    changed = {"point-0-units": "7", "point-0-reason": "Really given.", "amendment_reason": "Mistyped."}

    proposed = browser.post(url, {**sent, **changed}).content.decode()
    assert "given and discarded together are 202" in proposed
    page = browser.post(url, {**fields(proposed), **changed}, follow=True)

    newer = Treatment.objects.get(supersedes=old)
    assert page.redirect_chain[-1][0] == reverse("treatment", args=[newer.pk])
    assert "157 units Botox" in page.content.decode()
    before = browser.get(reverse("treatment", args=[old.pk])).content.decode()
    assert "Open the newest version" in before
    assert "155 units Botox" in before


def test_record_paper_names_patient_lot_and_totals(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    answer = signed_in(*DOCTOR).get(reverse("treatment_pdf", args=[treatment.pk]))

    reader = PdfReader(BytesIO(answer.content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    assert answer.headers["Content-Type"] == "application/pdf"
    for words in (str(treatment.patient), "C1234C3", "155 units Botox in 31 points", treatment.digest[:16]):
        assert words in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a dictionary of the PDF


def test_aftercare_paper_says_when_to_get_help(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    answer = signed_in(*DOCTOR).get(reverse("aftercare_pdf", args=[treatment.pk]))

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for words in ("Get help at once", clinic.emergency_number, clinic.phone, "Difficulty breathing"):
        assert words in text


def test_paper_of_a_name_in_another_script_is_made(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    treatment = make_treatment(actor(*DOCTOR))
    type(treatment.patient).objects.filter(pk=treatment.patient_id).update(family_name="山田")

    answer = signed_in(*DOCTOR).get(reverse("treatment_pdf", args=[treatment.pk]))

    assert answer.content.startswith(b"%PDF")


def test_vial_is_opened_beforehand_for_the_patient(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by = actor(*DOCTOR)
    vial = vials_of(make_lot(by))[1]
    plan = approved_plan(by)
    browser = signed_in(*DOCTOR)
    url = reverse("vial_open", args=[plan.pk])
    page = browser.get(url).content.decode()
    sent = fields(page)

    browser.post(url, {**sent, "vial": str(vial.pk)})

    assert all(f'data-scan="{name}"' in page for name in ("id_carton_code", "id_label_code"))
    vial.refresh_from_db()
    assert (vial.state, vial.patient_id, vial.diluent_ml) == ("opened", plan.patient_id, 4)
    prepare = browser.get(reverse("treatment_prepare", args=[plan.pk])).content.decode()
    assert fields(prepare)["vials"] == str(vial.pk)
    assert "May be used for another" in prepare
