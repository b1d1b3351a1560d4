"""Appointment, DocumentReference, Communication, Provenance, AuditEvent: visits, papers, and who did what."""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid5

from django.db.models import Model

from masseter.fhir.parts import (
    TERMINOLOGY,
    Part,
    Resource,
    Told,
    attachment,
    concept,
    home,
    identity,
    identity_of,
    links,
    note,
    reference,
    resource,
)
from masseter.journey.audit.models import OPENED
from masseter.journey.calendar.models import Appointment, Waiting
from masseter.journey.consult.models import ConsentQuestion, ConsentRelease
from masseter.journey.follow_up.models import PayerLetter
from masseter.journey.ground import vault
from masseter.journey.inject.models import Treatment
from masseter.journey.people.queries import Look
from masseter.journey.record.models import Asked, Statement
from masseter.journey.record.plainly import told as told_plainly
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.queries import picture_of
from masseter.journey.stock.models import AlertContact
from masseter.ui.events import look_words

STATES = {
    "asked": "proposed",
    "offered": "pending",
    "booked": "booked",
    "arrived": "arrived",
    "done": "fulfilled",
    "cancelled": "cancelled",
    "missed": "noshow",
}


def appointment(told: Told, row: Appointment) -> Resource:
    """A visit or a call at a time."""
    others = [told.practitioner(str(row.with_user))] if row.with_user else []
    return resource(
        "Appointment",
        identity(row),
        status=STATES.get(row.state, "pending"),
        appointmentType=concept("appointment", row.kind, row.get_kind_display()),
        start=told.at(row.starts_at),
        end=told.at(row.ends_at),
        basedOn=links("ServiceRequest", Waiting, row.waiting_id),
        minutesDuration=row.minutes,
        comment=" ".join([row.note, row.reason]).strip(),
        participant=[{"actor": one, "status": "accepted"} for one in (told.patient, *others)],
    )


def waiting(told: Told, row: Waiting) -> Resource:
    """Somebody who waits for a visit, and the times that suit."""
    states = {"waiting": "active", "booked": "completed", "withdrawn": "revoked"}
    times = ", ".join(str(each) for each in [*row.days, *row.parts])
    return resource(
        "ServiceRequest",
        identity(row),
        status=states[row.state],
        intent="proposal",
        code=concept("appointment", row.kind, row.get_kind_display()),
        subject=told.patient,
        authoredOn=told.at(row.created_at),
        requester=told.patient if row.is_by_patient else told.organization,
        note=note(times, row.words, row.reason),
    )


def asked(told: Told, row: Asked) -> Resource:
    """What the patient asked about the record, and the answer."""
    states = {"open": "requested", "accepted": "completed", "refused": "rejected", "taken_back": "cancelled"}
    return resource(
        "Task",
        identity(row),
        status=states[row.state],
        statusReason={"text": row.answer} if row.answer else None,
        intent="proposal",
        code=concept("asked", row.kind, row.get_kind_display()),
        description=row.words,
        for_=told.patient,
        authoredOn=told.at(row.created_at),
        lastModified=told.at(row.answered_at or row.created_at),
        requester=told.patient,
        owner=told.organization,
        note=note(row.about, row.kept, row.answered_by_name),
    )


def consent_question(told: Told, row: ConsentQuestion) -> Resource:
    """What the patient asked about a consent, and the written answer."""
    return resource(
        "Communication",
        identity(row),
        status="completed",
        category=[concept("communication", "consent-question", "Question about a consent")],
        subject=told.patient,
        sent=told.at(row.asked_at),
        sender=told.patient,
        payload=[{"contentString": words} for words in (row.words, row.answer) if words],
        note=note(" ".join([row.answered_by_name, told.at(row.answered_at) or ""]).strip()),
    )


def consent_release(told: Told, row: ConsentRelease) -> Resource:
    """That the clinic let the patient sign a consent at home."""
    return resource(
        "Task",
        identity(row),
        status="cancelled" if row.ended_at is not None else "requested",
        intent="proposal",
        code=concept("task", "consent-at-home", "Consent to sign at home"),
        for_=told.patient,
        authoredOn=told.at(row.released_at),
        requester=told.practitioner(row.by_name),
        owner=told.patient,
        note=note(f"Text version {row.text_version}", row.talked_about, row.ended_reason),
    )


def statement(told: Told, row: Statement) -> Resource:
    """The patient's own words, added to the record."""
    return resource(
        "Communication",
        identity(row),
        status="completed",
        category=[concept("communication", "statement", "Statement of the patient")],
        subject=told.patient,
        about=[told.patient],
        sent=told.at(row.added_at),
        sender=told.patient,
        recipient=[told.organization],
        payload=[{"contentString": row.words}],
        note=note(row.about),
    )


def plainly(told: Told, row: Model) -> Resource:
    """A row of a table that has no mapper of its own: each field as it stands."""
    meta = row._meta
    return resource(
        "Basic",
        identity(row),
        code=concept("table", meta.label_lower, str(meta.verbose_name)),
        subject=told.patient,
        extension=[
            {"url": f"urn:masseter:field:{meta.label_lower}:{quote(name)}", "valueString": words}
            for name, words in told_plainly(row).items()
            if words
        ],
    )


def letter(told: Told, row: PayerLetter) -> Resource:
    """A letter to a payer as it was sent."""
    return resource(
        "DocumentReference",
        identity(row),
        status="current",
        type=concept("document", f"payer-letter-{row.kind}", f"Letter to {row.payer}"),
        subject=told.patient,
        date=told.at(row.issued_at),
        author=[told.practitioner(row.issued_by_name)],
        custodian=told.organization,
        content=[{"attachment": attachment(bytes(row.pdf), "application/pdf", f"Letter to {row.payer}")}],
    )


def photograph(told: Told, row: Photograph, *, is_shown: bool) -> Resource:
    """A photograph. The picture goes along where its consent stands and it was not taken out."""
    return resource(
        "DocumentReference",
        identity(row),
        status="current" if is_shown else "entered-in-error",
        type=concept("photograph", row.pose, row.get_pose_display()),
        subject=told.patient,
        date=told.at(row.taken_at),
        author=[told.practitioner(row.taken_by_name)],
        custodian=told.organization,
        description=row.withdrawn_reason,
        content=[{"attachment": _picture(row, is_shown=is_shown)}],
    )


def _picture(row: Photograph, *, is_shown: bool) -> Part:
    title = f"{row.get_pose_display()}, {row.taken_at:%Y-%m-%d}"
    if is_shown:
        try:
            return attachment(picture_of(row), "image/jpeg", title)
        except vault.WillNotOpen:
            return {"contentType": "image/jpeg", "title": f"{title}: the file does not open"}
    return {"contentType": "image/jpeg", "title": f"{title}: kept and shown to nobody"}


def warning(told: Told, row: AlertContact) -> Resource:
    """A try to tell the patient of a warning about a lot."""
    return resource(
        "Communication",
        identity(row),
        status="completed" if row.was_reached else "not-done",
        category=[concept("communication", "lot-warning", "Warning about a lot")],
        medium=[concept("communication", row.how, row.get_how_display())],
        subject=told.patient,
        sent=told.at(row.at),
        recipient=[told.patient],
        sender=told.practitioner(row.by_name),
        note=note(row.note),
    )


def signature(told: Told, row: Treatment) -> Resource | None:
    """Who signed a treatment and when, with the digest that was taken then; nothing before it is signed."""
    if row.signed_at is None:
        return None
    older = []
    if row.supersedes_id is not None:
        superseded = reference("Procedure", identity_of(Treatment, row.supersedes_id))
        older = [{"role": "revision", "what": superseded}]
    return resource(
        "Provenance",
        identity(row, "signature"),
        target=[reference("Procedure", identity(row))],
        recorded=told.at(row.signed_at),
        reason=[{"text": row.amendment_reason}] if row.amendment_reason else [],
        agent=[{"who": told.practitioner(row.signed_by_name), "onBehalfOf": told.organization}],
        entity=[
            *older,
            {
                "role": "source",
                "what": {"identifier": {"system": "urn:masseter:sha256", "value": row.digest}},
            },
        ],
    )


def look(told: Told, number: int, row: Look) -> Resource:
    """Somebody looked at the record or changed it."""
    return resource(
        "AuditEvent",
        str(uuid5(home(), f"{identity(told.record.patient)}/{number}/{row.at.isoformat()}")),
        type={"system": f"{TERMINOLOGY}/audit-event-type", "code": "rest"},
        subtype=[{"system": "urn:masseter:event", "code": row.what, "display": look_words(row)}],
        action="R" if row.what == OPENED else "U",
        recorded=told.at(row.at),
        outcome="0",
        outcomeDesc=row.why,
        agent=[{"name": row.name, "requestor": True}],
        source={"observer": told.organization},
        entity=[{"what": told.patient}],
    )
