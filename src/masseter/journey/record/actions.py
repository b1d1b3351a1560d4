"""Asking about the record, and answering. What was signed is never changed: a statement is added."""

from __future__ import annotations

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.actions.devices import erase_devices
from masseter.journey.people.actions import close_portal
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import LookFilter, looks_at
from masseter.journey.record.letters import tell_answered
from masseter.journey.record.models import Asked, Retention, Statement
from masseter.journey.record.retention import kept_words

MOST_OPEN = 20
DELETED = "Contact data were deleted, as the patient asked."


@action(Right.OWN_CARE)
def ask_about_record(
    *, by: Actor, patient: Patient, kind: str, words: str, about: str = "", look: int | None = None
) -> Asked:
    """Ask the clinic to correct or delete something, or why somebody looked.

    Raises: Refused without words, or with too many requests open; NotHere for a look at another record.
    """
    if not words.strip():
        raise Refused("Write what you would like.", field="words")
    if kind not in Asked.Kind.values:
        raise Refused("Choose what you would like to ask.", field="kind")
    if Asked.objects.filter(patient=patient, state=Asked.State.OPEN).count() >= MOST_OPEN:
        raise Refused("Many of your requests are still open. Call the clinic, or wait for the answers.")
    if look is not None and not looks_at(by, patient, 1, LookFilter(number=look)):
        raise NotHere("There is no such entry.")
    asked = Asked.objects.create(
        clinic_id=by.clinic_id,
        patient=patient,
        kind=kind,
        about=about.strip(),
        words=words.strip(),
        look=look,
        asked_by_name=by.name,
    )
    record(by=by, what="record.asked", on=asked, data={"kind": kind})
    return asked


@action(Right.OWN_CARE)
def take_back_asked(*, by: Actor, asked: Asked) -> Asked:
    """Take back what was asked, as long as nobody has answered.

    Raises: Refused where it was answered.
    """
    _lock_open(asked)
    asked.state = Asked.State.TAKEN_BACK
    asked.save(update_fields=["state"])
    record(by=by, what="record.asked_taken_back", on=asked)
    return asked


@action(Right.ANSWER_ABOUT_RECORDS)
def answer_asked(
    *,
    by: Actor,
    asked: Asked,
    accepts: bool,
    answer: str,
    adds_statement: bool = False,
    deletes_contact: bool = False,
) -> Asked:
    """Accept or refuse what a patient asked, in words that the patient reads.

    `adds_statement` puts the patient's own words into the record for good, beside what they speak of.
    `deletes_contact` empties the contact data and closes the portal, where a deletion is accepted.
    What has to be kept is written down with the answer.
    Raises: Refused without words, or where it was answered before.
    """
    if not answer.strip():
        raise Refused("Write the answer. A refusal needs its reason.", field="answer")
    if deletes_contact and not (accepts and asked.kind == Asked.Kind.DELETION):
        raise Refused("Contact data are deleted only where a deletion is accepted.", field="deletes_contact")
    _lock_open(asked)
    asked.state = Asked.State.ACCEPTED if accepts else Asked.State.REFUSED
    asked.answer = answer.strip()
    asked.kept = kept_words(by, asked.patient) if asked.kind == Asked.Kind.DELETION else ""
    asked.answered_at, asked.answered_by_name = clock.now(), by.name
    asked.save(update_fields=["state", "answer", "kept", "answered_at", "answered_by_name"])
    data = {"state": asked.state, "statement": adds_statement, "contact_deleted": deletes_contact}
    record(by=by, what="record.answered", on=asked, why=asked.answer, data=data)
    tell_answered(by, asked, with_portal=not deletes_contact)
    if adds_statement:
        _add_statement(by, asked)
    if deletes_contact:
        _delete_contact(by, asked.patient)
    return asked


@action(Right.KEEP_RETENTION)
def set_retention(*, by: Actor, years: int, law: str, words: str = "") -> Retention:
    """Say how many years after the last visit records are kept, and by which law.

    Raises: Refused for no law, or years out of reach.
    """
    if not law.strip():
        raise Refused("Name the law or rule that says so.", field="law")
    if not 1 <= years <= 100:
        raise Refused("Enter 1 to 100 years.", field="years")
    row = Retention.objects.filter(clinic_id=by.clinic_id).first() or Retention(clinic_id=by.clinic_id)
    before = {"years": row.years, "law": row.law} if row.pk else {}
    row.years, row.law, row.words, row.changed_by_name = years, law.strip(), words.strip(), by.name
    row.save()
    data = {"before": before, "years": years, "law": row.law}
    record(by=by, what="retention.set", on=row, data=data)
    return row


def _lock_open(asked: Asked) -> None:
    row = Asked.objects.select_for_update().get(pk=asked.pk)
    if not row.is_open:
        raise Refused("This was answered or taken back already. Open it again to see the answer.")


def _add_statement(by: Actor, asked: Asked) -> None:
    statement = Statement.objects.create(
        clinic_id=by.clinic_id,
        patient=asked.patient,
        asked=asked,
        about=asked.about,
        words=asked.words,
        added_by_name=by.name,
    )
    record(by=by, what="record.statement_added", on=statement)


def _delete_contact(by: Actor, patient: Patient) -> None:
    if patient.user_id is not None:
        close_portal(by=by, patient=patient, reason=DELETED)
    patient.address = patient.phone = patient.email = patient.access_needs = ""
    patient.save(update_fields=["address", "phone", "email", "access_needs"])
    erase_devices(patient, DELETED)
    # What stood there is not written into the trail again: it was asked to be gone.
    record(by=by, what="contact.deleted", on=patient)
