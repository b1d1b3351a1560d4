"""Choosing what the diary asks, and taking what a device wrote without a connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from masseter.core.results.score import InvalidAnswer
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.results.actions import check_day, checked_values, keep_entry, new_entry
from masseter.journey.results.diary import Value, check_symptoms_chosen, check_values
from masseter.journey.results.models import DiaryChoice, DiaryEntry, DiarySent
from masseter.journey.results.queries import entry_of
from masseter.knowledge.load import load


@action(Right.OWN_CARE, Right.RECORD_RESULTS)
def choose_symptoms(*, by: Actor, case: Case, symptoms: Sequence[str]) -> DiaryChoice:
    """Choose the symptoms that the diary of a case asks, at most three.

    Raises: Refused for one that there is not, too many, or one left out that the results are counted from.
    """
    try:
        kept = check_symptoms_chosen(load().conditions[case.condition], symptoms)
    except InvalidAnswer as error:
        raise Refused(error.sentence, field=error.code) from error
    Case.objects.select_for_update().get(pk=case.pk)
    row = DiaryChoice.objects.filter(case=case).first() or DiaryChoice(
        clinic_id=by.clinic_id, case=case, patient_id=case.patient_id
    )
    before = list(row.symptoms)
    row.symptoms, row.by_name = kept, by.name
    row.save()
    record(by=by, what="diary.chosen", on=row, data={"before": before, "after": kept})
    return row


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One entry from a device. `key`: the device's own; `written_at`: when it was written, as found here.

    `is_sure`: the device's clock leaves no doubt about that.
    """

    key: UUID
    day: date
    covers_days: int
    values: Mapping[str, Value]
    note: str
    written_at: datetime
    is_sure: bool


@action(Right.OWN_CARE)
def deliver_entry(*, by: Actor, case: Case, sent: Sent) -> DiaryEntry:
    """Take an entry that was written on a device without a connection; the same key changes nothing again.

    Where the day has an entry already, the one that was written later wins where both answer; an entry whose
    day is not sure only fills what is open. Two different notes are both kept.
    Raises: Refused as for an entry that is written here.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    row = DiarySent.objects.filter(clinic_id=by.clinic_id, key=sent.key).select_related("entry").first()
    if row is not None:
        record(by=by, what="diary.sent_again", on=row.entry, data={"key": str(sent.key)})
        return row.entry
    check_day(by, case, sent.day, sent.written_at)
    fresh = checked_values(case, sent.values, sent.covers_days)
    before = entry_of(case, sent.day, sent.covers_days)
    entry = before or new_entry(by, case, sent.day, sent.covers_days)
    is_later = before is None or (
        sent.is_sure and sent.written_at >= (before.written_at or before.created_at)
    )
    told = keep_entry(
        by,
        entry,
        _joined(case, entry.values, fresh, is_later=is_later),
        _both_notes(entry.note, sent.note.strip(), is_later=is_later),
        written_at=sent.written_at if is_later else (entry.written_at or entry.created_at),
        is_day_unsure=entry.is_day_unsure or not sent.is_sure,
        sent={"key": str(sent.key), "values": fresh, "note": sent.note, "written_at": sent.written_at},
    )
    DiarySent.objects.create(
        clinic_id=by.clinic_id, key=sent.key, case=case, patient_id=case.patient_id, entry=told
    )
    return told


def _joined(
    case: Case, old: Mapping[str, Value], fresh: Mapping[str, Value], *, is_later: bool
) -> Mapping[str, Value]:
    """Both together; where they contradict each other as a whole, the later one alone."""
    first, then = (old, fresh) if is_later else (fresh, old)
    both = {**first, **then}
    try:
        check_values(load().conditions[case.condition], both, list(both))
    except InvalidAnswer:
        return then
    return both


def _both_notes(old: str, fresh: str, *, is_later: bool) -> str:
    if not fresh or fresh in old:
        return old
    return "\n".join(each for each in ((fresh, old) if is_later else (old, fresh)) if each)
