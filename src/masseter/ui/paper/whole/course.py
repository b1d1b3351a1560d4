"""The course: diary, questionnaires, photographs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.consult.models import Case
from masseter.journey.results.diary import FIELDS
from masseter.journey.results.models import DiaryEntry, Goal, Photograph, Score, WearOffTold
from masseter.knowledge.load import load
from masseter.ui.languages.told import told as knowledge_told
from masseter.ui.paper.whole import pictures
from masseter.ui.paper.whole.blocks import Told, condition_words, day, number, section, table, yes_no


def diary(told: Told) -> dict[str, object]:
    """Every day that was written."""
    cases = {case.pk: condition_words(case.condition) for case in told.record.of(Case)}
    rows = [
        (
            day(one.day) + ("" if one.covers_days == 1 else f" ({_('the seven days up to it')})"),
            cases.get(one.case_id, ""),
            "; ".join(_value(code, value) for code, value in one.values.items()),
            one.note,
            one.by_name,
        )
        for one in told.record.of(DiaryEntry)
    ]
    head = (_("Day"), _("About"), _("Written"), _("Note"), _("By"))
    return section(_("Diary"), table(head, rows))


def _value(code: str, value: object) -> str:
    label = _(FIELDS[code].label) if code in FIELDS else code
    return f"{label}: {yes_no(value) if isinstance(value, bool) else value}"


def scores(told: Told) -> dict[str, object]:
    """Every result of a questionnaire."""
    known = load().instruments
    rows = []
    for one in told.record.of(Score):
        instrument = known.get(one.instrument)
        rows.append(
            (
                day(one.day),
                knowledge_told(instrument.name) if instrument else one.instrument,
                f"{number(one.value)} {knowledge_told(instrument.unit) if instrument else ''}".strip(),
                yes_no(True) if one.is_baseline else "",
                "; ".join(f"{code}: {value}" for code, value in one.items.items()),
                one.note,
                one.by_name,
                one.withdrawn_reason,
            )
        )
    head = (
        _("Day"),
        _("Questionnaire"),
        _("Result"),
        _("Before treatment"),
        _("Answers"),
        _("Note"),
        _("By"),
        _("Taken back because"),
    )
    return section(_("Questionnaires"), table(head, rows))


def photographs(told: Told) -> dict[str, object]:
    """Which photographs there are, and those that may be shown."""
    rows = [
        (
            told.at(one.taken_at),
            one.get_pose_display(),
            one.taken_by_name,
            one.withdrawn_reason,
        )
        for one in told.record.of(Photograph)
    ]
    head = (_("Taken"), _("Pose"), _("By"), _("Taken out because"))
    return section(_("Photographs"), table(head, rows), pictures.photographs(told))


def goals(told: Told) -> dict[str, object]:
    """What the patient wants to be able to do again, and when the effect was told to have ended."""
    set_ = [
        (day(one.set_on), one.words, one.get_standing_display(), day(one.looked_on), one.by_name)
        for one in told.record.of(Goal)
    ]
    said = [
        (day(one.day), one.get_answer_display(), day(one.worn_off_on), one.by_name)
        for one in told.record.of(WearOffTold)
    ]
    head = (_("Set on"), _("Goal"), _("How near"), _("Looked at on"), _("By"))
    ended = (_("Day"), _("Has it worn off?"), _("Since about"), _("By"))
    return section(_("Your goals, and when the effect ended"), table(head, set_), table(ended, said))
