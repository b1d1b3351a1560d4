"""Before and now in the person's own days, and their goals, beside the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from masseter.core.results.good_days import DayCount
from masseter.journey.consult.models import Case
from masseter.journey.results.goal_actions import goals_of
from masseter.journey.results.good_days import good_days_of, good_limits
from masseter.journey.results.models import DiaryEntry
from masseter.knowledge.load import load
from masseter.portal.results.presenters import STANDINGS
from masseter.ui.languages.lists import listed


@dataclass(frozen=True, kw_only=True)
class OwnRow:
    """One line of the table: what, before the treatment, and now."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class OwnDays:
    """The table of days, what counts as a good one, and the goals."""

    rows: list[OwnRow]
    good_words: str
    goals: list[dict[str, object]]


def own_days(case: Case, diary: list[DiaryEntry], treatments: Sequence[date], today: date) -> OwnDays:
    """What the person's own days say; rows only of what was written."""
    condition = load().conditions[case.condition]
    found = good_days_of(condition, diary, treatments, today)
    told = [one for one in (found.before, found.now) if one is not None]
    rows = []
    if any(one.written for one in told):
        rows.append(OwnRow(what=_("Good days"), before=_good(found.before), now=_good(found.now)))
    if any(one.medicine_told for one in told):
        rows.append(
            OwnRow(what=_("Days with medicine"), before=_medicine(found.before), now=_medicine(found.now))
        )
    words = dict(STANDINGS)
    goals = [{"goal": one, "words": words[one.standing]} for one in goals_of(case)]
    has_good = any(one.written for one in told)
    return OwnDays(rows=rows, good_words=_good_words(case) if has_good else "", goals=goals)


def _good(count: DayCount | None) -> str:
    return _of(count.good, count.written) if count is not None and count.written else "–"


def _medicine(count: DayCount | None) -> str:
    told = count is not None and count.medicine_told
    return _of(count.with_medicine, count.medicine_told) if count is not None and told else "–"


def _of(part: int, whole: int) -> str:
    return _("%(part)d of %(whole)d written") % {"part": part, "whole": whole}


def _good_words(case: Case) -> str:
    """What makes a day good, by the symptoms that count."""
    said = {
        "pain": _("pain of %(most)s or less"),
        "headache": _("no headache"),
        "attacks": _("no attack"),
        "clenching": _("no clenching noticed"),
    }
    limits = good_limits(load().conditions[case.condition])
    parts = [said[code] % {"most": most} for code, most in limits.items() if code in said]
    return _("A good day here is a day with %(what)s.") % {"what": listed(parts)}
