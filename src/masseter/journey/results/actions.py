"""Writing the diary and the scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.core.results.course import may_be_baseline
from masseter.core.results.score import AnswerValue, InvalidAnswer, score
from masseter.core.sentences import said
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.results.diary import WEEK, Value, check_values, may_be_weekly
from masseter.journey.results.models import DiaryEntry, Score
from masseter.journey.results.queries import chosen_of, entry_of, treatment_days
from masseter.journey.results.telling import tell_record
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument

BACK_FILL_DAYS = 7  # what a person still knows of a day; the diary says so
REPLACED = "Replaced by a newer score of the same day."


@action(Right.OWN_CARE, Right.WRITE_OWN_DIARY, Right.RECORD_RESULTS)
def write_diary(
    *,
    by: Actor,
    case: Case,
    day: date,
    values: Mapping[str, Value],
    note: str = "",
    covers_days: int = 1,
) -> DiaryEntry:
    """Write one day of the diary, or the week that ends with it; what is there already is changed.

    Raises: Refused for a day to come or too long ago, an empty day, a value that cannot be, a week
    where the condition counts days.
    """
    check_day(by, case, day, clock.now())
    kept = checked_values(case, values, covers_days)
    Case.objects.select_for_update().get(pk=case.pk)
    before = entry_of(case, day, covers_days)
    # What this page did not ask stays.
    stay = {code: value for code, value in before.values.items() if code not in values} if before else {}
    return keep_entry(
        by,
        before or new_entry(by, case, day, covers_days),
        {**stay, **kept},
        note.strip(),
        written_at=clock.now(),
    )


def new_entry(by: Actor, case: Case, day: date, covers_days: int) -> DiaryEntry:
    """An entry that is not saved yet."""
    return DiaryEntry(
        clinic_id=by.clinic_id, case=case, patient_id=case.patient_id, day=day, covers_days=covers_days
    )


def keep_entry(
    by: Actor,
    entry: DiaryEntry,
    values: Mapping[str, Value],
    note: str,
    *,
    written_at: datetime,
    is_day_unsure: bool = False,
    sent: Mapping[str, object] | None = None,
) -> DiaryEntry:
    """Save an entry; inside an action, under the lock of the case.

    The trail keeps what was there before, and what was `sent` where it was joined with that.
    """
    is_new = entry.pk is None
    old = {"values": dict(entry.values), "note": entry.note}
    entry.values, entry.note = dict(values), note
    entry.entered_by, entry.by_name = who(by), by.name
    entry.written_at, entry.is_day_unsure = written_at, is_day_unsure
    entry.save()
    changed = {} if is_new else {"before": old, "after": {"values": entry.values, "note": note}}
    what = "diary.written" if is_new else "diary.changed"
    joined = {"sent": sent} if sent is not None else {}
    data = {"day": entry.day, "covers_days": entry.covers_days, **changed, **joined}
    record(by=by, what=what, on=entry, data=data)
    return entry


@action(Right.OWN_CARE, Right.RECORD_RESULTS)
def add_score(
    *,
    by: Actor,
    case: Case,
    instrument: str,
    day: date,
    answers: Mapping[str, AnswerValue],
    is_baseline: bool = False,
    note: str = "",
) -> Score:
    """Score an instrument from its answers, or from its total where the wording is licensed.

    A score of the same instrument and day is withdrawn and stays on record; see also `tell_record`.
    Raises: Refused for a day that cannot be, a baseline from after the first treatment, answers off
    their scale or too few; NotHere for an instrument that does not belong to the condition.
    """
    found = instrument_for(by, case, instrument)
    _check_score_day(by, case, day)
    is_baseline = is_baseline and not by.is_patient
    _check_baseline(case, day, is_baseline=is_baseline)
    total, prorated = _total(found, answers)
    _replace(by, case, instrument, day)
    row = Score.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        instrument=instrument,
        day=day,
        value=total,
        items={code: str(value) for code, value in answers.items() if value not in (None, "")},
        is_prorated=prorated,
        is_baseline=is_baseline,
        entered_by=who(by),
        by_name=by.name,
        note=note.strip(),
        knowledge_version=load().version,
    )
    record(by=by, what="score.added", on=row, data={"instrument": instrument, "day": day, "value": total})
    return tell_record(by=by, case=case, instrument=found, answers=answers, score=row)


@action(Right.RECORD_RESULTS)
def withdraw_score(*, by: Actor, score: Score, reason: str) -> Score:
    """Take back a score that is wrong; it stays on record as taken back.

    Raises: Refused without a reason, or when it was taken back already.
    """
    if score.withdrawn_at is not None:
        raise Refused("This score was taken back already.")
    if not reason.strip():
        raise Refused("Write why this score is wrong.", field="reason")
    return _withdraw(by, score, reason.strip())


def instrument_for(by: Actor, case: Case, code: str) -> Instrument:
    """An instrument of the condition that this person may fill in.

    Raises: NotHere.
    """
    condition = load().conditions[case.condition]
    found = load().instruments.get(code) if code in condition.instruments else None
    if found is None or (by.is_patient and found.asked_of != "patient"):
        raise NotHere("There is no such questionnaire for this condition.")
    return found


def checked_values(case: Case, values: Mapping[str, Value], covers_days: int) -> dict[str, Value]:
    """The values of an entry as they are kept.

    Raises: Refused for a week where days are counted, a value that cannot be, or nothing at all.
    """
    condition = load().conditions[case.condition]
    if covers_days != 1 and (covers_days != WEEK or not may_be_weekly(condition)):
        raise Refused("Here single days are counted: write the diary day by day.")
    try:
        kept = check_values(condition, values, chosen_of(case) or ())
    except InvalidAnswer as error:
        raise Refused(error.sentence, field=error.code) from error
    if not kept:
        raise Refused("Answer at least one question.")
    return kept


def _total(instrument: Instrument, answers: Mapping[str, AnswerValue]) -> tuple[Decimal, bool]:
    try:
        result = score(instrument, answers)
    except InvalidAnswer as error:
        raise Refused(error.sentence, field=error.code) from error
    if result.total is None:
        first = result.missing[0] if result.missing else None
        raise Refused(said("Answer the open questions. %(why)s", why=result.reason), field=first)
    return result.total, result.is_prorated


def _replace(by: Actor, case: Case, instrument: str, day: date) -> None:
    """Withdraw the score of that day, under the lock of the case."""
    Case.objects.select_for_update().get(pk=case.pk)
    for old in Score.objects.filter(case=case, instrument=instrument, day=day, withdrawn_at=None):
        _withdraw(by, old, REPLACED)


def _withdraw(by: Actor, row: Score, reason: str) -> Score:
    row.withdrawn_at, row.withdrawn_by_name, row.withdrawn_reason = clock.now(), by.name, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_reason"])
    record(by=by, what="score.withdrawn", on=row, why=reason)
    return row


def _check_score_day(by: Actor, case: Case, day: date) -> None:
    if day > clock.today(by.zone):
        raise Refused("This date lies in the future.", field="day")
    if case.patient.birth_date is not None and day < case.patient.birth_date:
        raise Refused("This date lies before the date of birth.", field="day")


def _check_baseline(case: Case, day: date, *, is_baseline: bool) -> None:
    given = treatment_days(case) if is_baseline else ()
    if given and not may_be_baseline(day, given[0]):
        first = f"{given[0].day} {given[0]:%B %Y}"
        raise Refused(
            f"This day lies after the first treatment of {first}: a baseline is taken before it.",
            field="is_baseline",
        )


def check_day(by: Actor, case: Case, day: date, written_at: datetime) -> None:
    """Raises: Refused for a day that was to come, or too long ago, when the entry was written."""
    today = written_at.astimezone(ZoneInfo(by.zone)).date()
    if day > today:
        raise Refused("This day is still to come.", field="day")
    if by.is_patient and day < today - timedelta(days=BACK_FILL_DAYS):
        raise Refused(
            said(
                "This day is more than %(days)s days ago. What is remembered so late does not count.",
                days=BACK_FILL_DAYS,
            ),
            field="day",
        )
    if case.patient.birth_date is not None and day < case.patient.birth_date:
        raise Refused("This day lies before the date of birth.", field="day")


def who(by: Actor) -> str:
    """Whether the patient or staff enters something."""
    return "patient" if by.is_patient else "staff"
