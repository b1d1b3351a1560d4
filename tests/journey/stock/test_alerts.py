"""Alerts on lots: what they name is blocked at once and whenever it comes; only a person ends that."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.stock.actions import change_lot_state, open_vial
from masseter.journey.stock.alert_actions import close_alert, enter_alert, record_contact
from masseter.journey.stock.alerted import alert_of, alerts_of, contacts_of, hits_of
from masseter.journey.stock.models import Alert, AlertedLot, Lot
from masseter.journey.stock.queries import history_of, usable_vials
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient
from tests.journey.given import DOCTOR, make_lot, vials_of


def alert(by: Actor, lots: str = "C1234-C3", kind: str = "recall", **changed: str) -> Alert:
    """A recall of one lot."""
    typed = {"title": "Recall 12", "source": "The maker", "text": "", **changed}
    return enter_alert(by=by, kind=kind, lots=lots, **typed)


def open_first(by: Actor, lot: Lot) -> object:
    """Try to open the first vial of a lot."""
    return open_vial(
        by=by,
        vial=vials_of(lot)[0],
        patient=make_patient(by),
        opened_at=clock.now(),
        diluent_ml=Decimal(4),
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"title": " "}, "title"),
        ({"source": ""}, "source"),
        ({"lots": ""}, "lots"),
    ],
)
def test_alert_that_is_not_whole_is_refused_at_its_field(
    clinic: Clinic, actor: ActorMaker, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        alert(actor(*DOCTOR), **changed)

    assert refusal.value.field == field
    assert not Alert.objects.exists()


def test_front_desk_enters_and_closes_no_alert(clinic: Clinic, actor: ActorMaker) -> None:
    with pytest.raises(NotPermitted):
        alert(actor(Role.FRONT_DESK))
    entered = alert(actor(Role.MANAGER))
    with pytest.raises(NotPermitted):
        close_alert(by=actor(Role.INJECTOR), alert=entered, reason="Tired of it.")


def test_lot_that_a_recall_names_is_recalled_and_cannot_be_opened(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    lot, other = make_lot(by), make_lot(by, number="D9")

    entered = alert(by, "c1234 c3")

    lot.refresh_from_db()
    assert (lot.state, lot.reason) == ("recalled", "Lot C1234C3 is on the alert “Recall 12” (The maker).")
    assert [hit.lot for hit in hits_of(by, entered)] == [lot]
    assert {vial.lot_id for vial in usable_vials(by, "botox", clock.today(by.zone))} == {other.pk}
    with pytest.raises(Refused, match="Recall 12"):
        open_first(by, lot)
    open_first(by, other)


def test_lot_that_comes_after_the_alert_arrives_blocked(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    alert(by)

    lot = make_lot(by)

    assert (lot.state, Lot.objects.get().state) == ("recalled", "recalled")
    assert lot.reason == "Lot C1234C3 is on the alert “Recall 12” (The maker)."
    assert [each.what for each in history_of(by, lot)] == ["stock.lot_recalled", "stock.lot_received"]
    with pytest.raises(Refused, match="Recall 12"):
        open_first(by, lot)


def test_same_lot_with_another_expiry_or_pack_may_be_a_fake_and_is_blocked_too(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    lot = make_lot(by)

    entered = alert(by, "C1234C3,Botox,150 units,01/2020")

    lot.refresh_from_db()
    (hit,) = hits_of(by, entered)
    assert (hit.match.pack, hit.match.expiry, hit.match.may_be_fake) == ("other", "other", True)
    assert lot.state == Lot.State.QUARANTINED
    assert (
        "another expiry (01/2020) and another pack (150 units): same lot, so it may be a fake" in lot.reason
    )


def test_pack_and_expiry_that_agree_are_said_to_agree(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    lot = make_lot(by, expires_on=date(clock.today(by.zone).year + 1, 6, 30))
    words = f"{lot.expires_on:%m/%Y}"

    (hit,) = hits_of(by, alert(by, f"C1234C3,,200 units,{words}\nC1234C3,,100 units,01/2020"))

    assert (hit.match.pack, hit.match.expiry) == ("same", "same")


def test_alert_on_another_product_leaves_the_lot_alone(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    lot = make_lot(by)

    entered = alert(by, "C1234C3,Xeomin")

    lot.refresh_from_db()
    assert hits_of(by, entered) == []
    assert lot.state == Lot.State.AVAILABLE
    open_first(by, lot)


def test_lot_is_released_only_when_the_alert_is_closed_and_then_only_by_a_person(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    lot = make_lot(by)
    entered = alert(by, kind="counterfeit")
    with pytest.raises(Refused, match="while the alert is open"):
        change_lot_state(by=by, lot=lot, state="available", reason="Looks fine.")
    with pytest.raises(Refused, match="why the alert is closed"):
        close_alert(by=by, alert=entered, reason=" ")

    closed = close_alert(by=by, alert=entered, reason="The maker confirmed our delivery in writing.")

    lot.refresh_from_db()
    assert (closed.is_open, lot.state) == (False, Lot.State.QUARANTINED)
    with pytest.raises(Refused, match="closed already"):
        close_alert(by=by, alert=entered, reason="Again.")
    change_lot_state(by=by, lot=lot, state="available", reason="The maker's letter of today.")
    open_first(by, lot)


def test_lot_in_quarantine_keeps_its_first_reason_beside_the_alert(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    lot = make_lot(by)
    change_lot_state(by=by, lot=lot, state="quarantined", reason="Too warm.")

    alert(by, kind="counterfeit")

    lot.refresh_from_db()
    assert lot.reason.startswith("Too warm. Lot C1234C3 is on the alert")


def test_contact_says_by_whom_when_how_and_whether_it_worked(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.FRONT_DESK)
    entered, patient = alert(actor(*DOCTOR)), make_patient(actor(*DOCTOR))
    with pytest.raises(Refused, match="how the patient"):
        record_contact(by=by, alert=entered, patient=patient, how="pigeon", was_reached=True, note="")
    with pytest.raises(Refused, match="what was tried"):
        record_contact(by=by, alert=entered, patient=patient, how="phone", was_reached=False, note=" ")

    record_contact(by=by, alert=entered, patient=patient, how="phone", was_reached=False, note="No answer")
    record_contact(by=by, alert=entered, patient=patient, how="letter", was_reached=True, note="")

    tries = contacts_of(by, entered)
    assert [(each.how, each.was_reached, each.by_name) for each in tries] == [
        ("phone", False, by.name),
        ("letter", True, by.name),
    ]
    assert all(clock.now() - each.at < timedelta(minutes=1) for each in tries)


def test_database_never_changes_what_an_alert_named_or_who_was_told(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    entered = alert(by)
    record_contact(by=by, alert=entered, patient=make_patient(by), how="phone", was_reached=True, note="")

    for table in ("stock_alertedlot", "stock_alertcontact"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET created_at = now()")


def test_alert_of_one_clinic_touches_and_shows_nothing_of_another(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    entered = alert(actor(*DOCTOR))
    with clinic_scope(other_clinic.pk):
        by = make_actor(other_clinic, *DOCTOR)

        lot = make_lot(by)

        assert lot.state == Lot.State.AVAILABLE
        assert alerts_of(by) == []
        assert not AlertedLot.objects.exists()
        with pytest.raises(NotHere):
            alert_of(by, entered.pk)
