"""Writing alerts: enter one with its lots, tell the patients, close it. What it names is blocked at once."""

from __future__ import annotations

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.stock.alerted import hits_of
from masseter.journey.stock.blocking import block_lot
from masseter.journey.stock.lot_list import read_lot_list
from masseter.journey.stock.models import Alert, AlertContact, AlertedLot


@action(Right.KEEP_STOCK, Right.INJECT)
def enter_alert(*, by: Actor, kind: str, title: str, source: str, text: str, lots: str) -> Alert:
    """Enter an alert with its list of lots; what it names in the stock is blocked in the same moment."""
    if kind not in Alert.Kind.values:
        raise Refused("Choose what kind of alert it is.", field="kind")
    for name, words, asked in (("title", title, "a title"), ("source", source, "who gave the alert")):
        if not words.strip():
            raise Refused(f"Write {asked}.", field=name)
    listed = read_lot_list(lots)
    alert = Alert.objects.create(
        clinic_id=by.clinic_id,
        kind=kind,
        title=title.strip(),
        source=source.strip(),
        text=text.strip(),
        entered_at=clock.now(),
        entered_by_name=by.name,
    )
    AlertedLot.objects.bulk_create(
        AlertedLot(
            clinic_id=by.clinic_id,
            alert=alert,
            product=each.product,
            number=each.number,
            normalised=each.normalised,
            pack=each.pack,
            expiry=each.expiry,
            note=each.note,
        )
        for each in listed
    )
    hits = hits_of(by, alert)
    told = {"kind": kind, "lots": len(listed), "in_stock": len(hits)}
    record(by=by, what="stock.alert_entered", on=alert, why=source.strip(), data=told)
    for hit in hits:
        block_lot(by, hit)
    return alert


@action(Right.KEEP_STOCK)
def close_alert(*, by: Actor, alert: Alert, reason: str) -> Alert:
    """Close an alert, with the reason. Lots that it blocked stay blocked until each is released."""
    if not reason.strip():
        raise Refused("Write why the alert is closed, for example what the maker answered.", field="reason")
    locked = Alert.objects.select_for_update().get(clinic_id=by.clinic_id, pk=alert.pk)
    if not locked.is_open:
        raise Refused("The alert is closed already.")
    locked.closed_at, locked.closed_by_name = clock.now(), by.name
    locked.closed_reason = reason.strip()
    locked.version += 1
    locked.save()
    record(by=by, what="stock.alert_closed", on=locked, why=reason.strip())
    return locked


@action(Right.KEEP_PEOPLE)
def record_contact(
    *, by: Actor, alert: Alert, patient: Patient, how: str, was_reached: bool, note: str
) -> AlertContact:
    """Write down that a patient was told of an alert, or that it was tried."""
    if how not in AlertContact.How.values:
        raise Refused("Choose how the patient was told.", field="how")
    if not was_reached and not note.strip():
        raise Refused("Write what was tried, such as ‘no answer’.", field="note")
    contact = AlertContact.objects.create(
        clinic_id=by.clinic_id,
        alert=alert,
        patient=patient,
        at=clock.now(),
        by_name=by.name,
        how=how,
        was_reached=was_reached,
        note=note.strip(),
    )
    told = {"how": how, "was_reached": was_reached, "alert": alert.pk}
    record(by=by, what="stock.alert_contact", on=contact, why=note.strip(), data=told)
    return contact
