"""The pages of alerts: entering, what is touched, who was told, the list and the letters."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from masseter.journey.stock.alert_actions import enter_alert
from masseter.journey.stock.models import Alert, Lot
from tests.clinic.inject.test_flow import fields
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, make_treatment, vials_of

SignIn = Callable[..., Client]


def sent(browser: Client, **changed: object) -> dict[str, object]:
    """What a browser would send to enter an alert."""
    typed = {"kind": "recall", "title": "Recall 12", "source": "The maker", "text": "Do not use it."}
    return {**fields(browser.get(reverse("alert_add")).content.decode()), **typed, **changed}


def test_file_of_lots_is_entered_and_blocks(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    make_lot(actor(*DOCTOR))
    browser = signed_in(Role.MANAGER)
    file = SimpleUploadedFile("lots.csv", "Lot;Verfall\r\nC1234-C3;\r\n".encode("utf-16"))

    page = browser.post(reverse("alert_add"), sent(browser, file=file), follow=True)

    assert Lot.objects.get().state == "recalled"
    assert "C1234C3" in page.content.decode()


def test_expiry_that_cannot_be_read_is_for_the_eye(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    make_lot(actor(*DOCTOR))
    browser = signed_in(Role.MANAGER)

    page = browser.post(reverse("alert_add"), sent(browser, lots="C1234C3,,,see carton"), follow=True)

    assert "see carton <" in page.content.decode()
    assert "could not be read: compare by eye" in page.content.decode()
    assert "not in the alert" in page.content.decode()


def test_wrong_lists_come_back_with_what_was_typed(clinic: Clinic, signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)
    wrong = (
        ({"lots": "C1,Wonderbrand"}, "Line 1: the product “Wonderbrand”"),
        ({"lots": ""}, "one a line"),
        ({"lots": "C1", "file": SimpleUploadedFile("a.csv", b"C2")}, "not both"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04\x00\x00")}, "no text file"),
        ({"lots": "C1", "kind": ""}, "Choose what it is"),
    )

    for changed, words in wrong:
        page = browser.post(reverse("alert_add"), sent(browser, **changed))

        assert page.status_code == 422
        assert words in page.content.decode()
        assert "Recall 12" in page.content.decode()
    assert not Alert.objects.exists()


def touched_alert(actor: ActorMaker) -> tuple[Alert, Patient]:
    """An alert on a lot that one patient, with an ugly name, was given."""
    by = actor(*DOCTOR)
    treatment = make_treatment(by, vials=vials_of(make_lot(by))[:1])
    patient = Patient.objects.get(pk=treatment.patient_id)
    Patient.objects.filter(pk=patient.pk).update(family_name="=HYPERLINK(1)", given_names="Zoë")
    entered = enter_alert(
        by=by, kind="recall", title="Recall 12", source="The maker", text="Call us.", lots="C1234C3"
    )
    return entered, patient


def test_front_desk_tells_the_patient_and_it_is_shown(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    entered, patient = touched_alert(actor)
    browser = signed_in(Role.FRONT_DESK)
    page = browser.get(reverse("alert", args=[entered.pk])).content.decode()
    assert "1 to tell" in page
    url = reverse("alert_contact", args=[entered.pk, patient.pk])

    typed = {
        **fields(browser.get(url).content.decode()),
        "how": "phone",
        "reached": "yes",
        "note": "Is well.",
    }
    shown = browser.post(url, typed, follow=True).content.decode()

    assert "0 to tell" in shown
    assert "Told by telephone" in shown
    assert Event.objects.filter(what="stock.alert_contact", patient_id=patient.pk).exists()


def test_patient_whom_the_alert_does_not_touch_is_told_so(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    entered, _ = touched_alert(actor)
    make_treatment(actor(*DOCTOR), vials=vials_of(make_lot(actor(*DOCTOR), number="D9"))[:1])
    other = Patient.objects.latest("id")

    page = signed_in(Role.FRONT_DESK).get(reverse("alert_contact", args=[entered.pk, other.pk]))

    assert "Nothing of these lots is on record for this patient" in page.content.decode()


def test_contact_list_holds_everybody_and_no_formula(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    entered, patient = touched_alert(actor)

    answer = signed_in(Role.FRONT_DESK).get(reverse("alert_list", args=[entered.pk]))

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["number"] == patient.number
    assert row["family name"] == "'=HYPERLINK(1)"
    assert (row["lot"], row["units given"], row["told"]) == ("C1234C3", "155", "no")
    assert Event.objects.filter(what="chart.opened", data__page="Contact list of an alert (CSV)").exists()


def test_letter_is_in_the_language_of_its_reader(actor: ActorMaker, signed_in: SignIn) -> None:
    entered, patient = touched_alert(actor)
    Patient.objects.filter(pk=patient.pk).update(language="de")

    pdf = PdfReader(
        io.BytesIO(signed_in(Role.MANAGER).get(reverse("alert_letters", args=[entered.pk])).content)
    )

    text = " ".join("\n".join(page.extract_text() for page in pdf.pages).split())
    for words in ("Bitte rufen Sie uns an", "Charge C1234C3", "020 7946 0100"):
        assert words in text, text
    for words in ("Get help", "Please", "Dear", "treated at"):
        assert words not in text


def test_letters_name_the_lot_the_day_and_when_to_get_help(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    entered, patient = touched_alert(actor)
    browser = signed_in(Role.MANAGER)
    url = reverse("alert_letters", args=[entered.pk])

    pdf = PdfReader(io.BytesIO(browser.get(url).content))

    text = "\n".join(page.extract_text() for page in pdf.pages)
    for words in ("Zoë", patient.number, "lot C1234C3", "Recall 12", "Call us.", "999", "020 7946 0100"):
        assert words in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_manager_closes_the_alert_with_the_reason(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    entered, _ = touched_alert(actor)
    browser = signed_in(Role.MANAGER)
    url = reverse("alert", args=[entered.pk])
    form = fields(browser.get(url).content.decode())

    refused = browser.post(url, {**form, "reason": ""})
    closed = browser.post(url, {**form, "reason": "Maker’s letter of today."}, follow=True)

    assert "Write why the alert is closed" in refused.content.decode()
    assert "Maker’s letter of today." in closed.content.decode()
