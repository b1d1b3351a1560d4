"""The pages of need, levels and balance, the reasons why a vial is not offered, and the command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.clinic.inject.vials import first_choice, offered
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Role
from masseter.journey.people.actions.merging import merge_patients
from masseter.journey.stock.actions import change_lot_state, open_vial, quarantine_vial, set_level
from masseter.journey.stock.models import Lot
from masseter.journey.stock.queries import usable_vials, vials_for_correction, vials_not_offered
from tests.clinic.inject.test_flow import fields
from tests.conftest import ActorMaker
from tests.factories import make_patient
from tests.journey.given import DOCTOR, approved_plan, make_lot, make_treatment, vials_of

SignIn = Callable[..., Client]


def test_level_is_set_and_what_is_below_it_runs_low(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    make_lot(actor(*DOCTOR), count=4)
    browser = signed_in(Role.MANAGER)
    url = reverse("stock_needs")
    form = {**fields(browser.get(url).content.decode()), "size": "botox|botox-200"}

    wrong = browser.post(url, {**form, "least": "9999"})
    shown = browser.post(url, {**form, "least": "5"}, follow=True).content.decode()

    assert "from 0 to" in wrong.content.decode()
    assert "4 left, at least 5 wanted" in shown
    set_level(by=actor(Role.MANAGER), product="botox", presentation="botox-200", least=2)
    assert "Nothing runs low" in browser.get(url).content.decode()


def test_each_vial_that_is_not_offered_has_its_reason(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    today, now, patient = clock.today(by.zone), clock.now(), make_patient(by)
    lot = make_lot(by, count=4)
    kept_back, anothers, old, free = vials_of(lot)
    quarantine_vial(by=by, vial=kept_back, reason="Dropped.")
    for vial, owner, hours in ((anothers, make_patient(by), 1), (old, make_patient(by), 30)):
        opened = now - timedelta(hours=hours)
        open_vial(by=by, vial=vial, patient=owner, opened_at=opened, diluent_ml=Decimal(4))
    recalled, expired = make_lot(by, number="R1", count=1), make_lot(by, number="E1", count=1)
    change_lot_state(by=by, lot=recalled, state="recalled", reason="Letter 9.")
    Lot.objects.filter(pk=expired.pk).update(expires_on=today - timedelta(days=1))

    told = {vial.pk: why for vial, why in vials_not_offered(by, "botox", today, now, patient)}

    assert told[kept_back.pk] == "in quarantine: Dropped."
    assert told[anothers.pk] == "opened for another patient"
    assert told[old.pk] == "past its in-use time: throw it away"
    assert told[vials_of(recalled)[0].pk] == "its lot is recalled: Letter 9."
    assert told[vials_of(expired)[0].pk].startswith("expired on")
    assert free.pk not in told


def test_no_vial_is_offered_and_said_not_to_be(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    today, now, patient, double = clock.today(by.zone), clock.now(), make_patient(by), make_patient(by)
    vials = vials_of(make_lot(by, count=3))
    for vial, owner, hours in ((vials[0], patient, 30), (vials[1], double, 1)):
        opened = now - timedelta(hours=hours)
        open_vial(by=by, vial=vial, patient=owner, opened_at=opened, diluent_ml=Decimal(4))
    merge_patients(by=by, keep=patient, duplicate=double, reason="Same person.")

    may = usable_vials(by, "botox", today, patient)

    assert vials_not_offered(by, "botox", today, now, patient) == []
    assert {vial.pk for vial in may} == {vial.pk for vial in vials}
    assert set(vials_for_correction(by, "botox", patient)) == set(may)


def test_prepare_page_offers_a_vial_past_its_time_last_and_does_not_choose_it(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by = actor(*DOCTOR)
    plan = approved_plan(by)
    (old,) = vials_of(make_lot(by, count=1))
    opened = clock.now() - timedelta(hours=30)
    open_vial(by=by, vial=old, patient=plan.case.patient, opened_at=opened, diluent_ml=Decimal(4))

    make_lot(by, number="NEW", count=1)
    vials = offered(by, plan, clock.now())

    assert [vial.lot.number for vial in vials] == ["NEW", "C1234C3"]
    assert old.pk not in first_choice(vials, plan, Decimal(9999), clock.now())
    page = signed_in(*DOCTOR).get(reverse("treatment_prepare", args=[plan.pk])).content.decode()
    assert "Past its in-use time: throw it away" in page


def test_prepare_page_says_why_another_vial_is_not_offered(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by = actor(*DOCTOR)
    make_lot(by)
    recalled = make_lot(by, number="R1")
    change_lot_state(by=by, lot=recalled, state="recalled", reason="Letter 9.")
    plan = approved_plan(by)

    page = signed_in(*DOCTOR).get(reverse("treatment_prepare", args=[plan.pk])).content.decode()

    assert "Lot R1 (2 vials): its lot is recalled: Letter 9." in page


def test_balance_is_shown_and_a_fault_is_a_stop(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    treatment = make_treatment(actor(*DOCTOR))
    browser = signed_in(Role.MANAGER)
    assert "to the last unit" in browser.get(reverse("stock_balance")).content.decode()
    assert CliRunner().invoke(app, ["stock", "balance", "--clinic", clinic.slug]).exit_code == 0

    with connection.cursor() as cursor:
        vial = treatment.vial_uses.get().vial_id
        cursor.execute("UPDATE stock_vial SET given_units = 1, discarded_units = 199 WHERE id = %s", [vial])

    assert "Not balanced" in browser.get(reverse("stock_balance")).content.decode()
    told = CliRunner().invoke(app, ["stock", "balance", "--clinic", clinic.slug])
    assert (told.exit_code, "NOT balanced" in told.output) == (1, True)
    assert CliRunner().invoke(app, ["stock", "balance", "--clinic", "nowhere"]).exit_code == 2
