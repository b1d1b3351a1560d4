"""The guide of the days after a treatment: what may happen when, with dates, and where today stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from masseter.core.recover.course import PhaseCode, phases_of
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.queries import given_on
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, Evidence, Source
from masseter.portal.follow_up.presenters import Standing
from masseter.ui.symptoms import sources_of

ICONS: Mapping[str, str] = {
    "given": "vaccine",
    "early": "clock",
    "onset": "leaf",
    "rising": "chart-line",
    "best": "check",
    "lasting": "check",
    "fading": "trending-down",
    "review": "users",
    "next": "calendar-due",
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the guide: its days, dates and words."""

    code: str
    title: str
    text: str
    begins: date
    ends: date
    from_day: int
    to_day: int
    state: Literal["past", "now", "ahead"]
    sources: list[Source] = field(default_factory=list)
    sure: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.code]

    @property
    def days(self) -> str:
        """'Day 3', 'Days 7 to 13'."""
        if self.from_day == self.to_day:
            return _("Day %(day)s") % {"day": self.from_day}
        return _("Days %(first)s to %(last)s") % {"first": self.from_day, "last": self.to_day}


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The guide of one treatment; `words` where no course was published."""

    name: str
    case_id: int
    steps: list[Step]
    words: str

    @property
    def now(self) -> Step | None:
        """Where today stands in the course itself."""
        return next((one for one in self.steps if one.state == "now" and one.code not in DATES), None)


DATES = frozenset({"review", "next"})


def guides(
    by: Actor, treatments: Iterable[Treatment], standings: Iterable[Standing], today: date
) -> list[Guide]:
    """The guide of each treatment, in the order given."""
    standing = {one.case_id: one for one in standings}
    return [_guide(by, one, standing.get(one.case_id), today) for one in treatments]


def _guide(by: Actor, treatment: Treatment, standing: Standing | None, today: date) -> Guide:
    condition = load().conditions[treatment.case.condition]
    given = given_on(by, treatment)
    course = _course(condition, given, today)
    first = _step("given", given, today, 0, 0)
    steps = [first, *course, *(_dates(standing, given, today) if standing is not None else ())]
    told = condition.story.how_long
    return Guide(
        name=condition.plain_name,
        case_id=treatment.case_id,
        steps=sorted(steps, key=lambda one: (one.from_day, one.code in DATES)),
        words="" if course or not told else told[0].text,
    )


def _course(condition: Condition, given: date, today: date) -> list[Step]:
    bands = [one for one in load().response_bands.values() if one.condition == condition.code]
    if not bands:
        return []
    band = bands[0]
    of: Mapping[str, Evidence] = {
        "onset": band.onset_days.evidence,
        "best": band.peak_days.evidence,
        "fading": band.wear_off_days.evidence,
    }
    return [
        _step(phase.code, given, today, phase.from_day, phase.to_day, of.get(phase.code))
        for phase in phases_of(band)
    ]


def _dates(standing: Standing, given: date, today: date) -> Iterable[Step]:
    """The review and the first day of a next treatment, where they may be named."""
    if standing.review_from is not None and standing.review_until is not None:
        first, last = (standing.review_from - given).days, (standing.review_until - given).days
        yield _step("review", given, today, first, last)
    coming = standing.next_day
    may_be_named = not (standing.talk_first or standing.is_over or standing.look_again_on)
    if coming is not None and may_be_named:
        day = (coming.day - given).days
        yield _step("next", given, today, day, day)


def _step(
    code: str, given: date, today: date, first: int, last: int, evidence: Evidence | None = None
) -> Step:
    title, text = _words(code)
    begins, ends = given + timedelta(days=first), given + timedelta(days=last)
    return Step(
        code=code,
        title=title,
        text=text,
        begins=begins,
        ends=ends,
        from_day=first,
        to_day=last,
        state="past" if ends < today else "ahead" if today < begins else "now",
        sources=sources_of(evidence.sources) if evidence is not None else [],
        sure=evidence.sure if evidence is not None else "",
    )


def _words(code: str | PhaseCode) -> tuple[str, str]:
    return {
        "given": (_("Your treatment"), _("The medicine is in place. It takes days to work.")),
        "early": (_("Nothing yet"), _("Most people feel no change. That is normal.")),
        "onset": (
            _("It may begin to work"),
            _("Some people feel the first change now. Others feel it later."),
        ),
        "rising": (_("It may still grow"), _("The effect can become stronger from week to week.")),
        "best": (
            _("The best weeks"),
            _("If it helps you, it helps most about now. It does not help everybody."),
        ),
        "lasting": (_("It lasts"), _("If it helps you, the effect goes on. Keep your diary.")),
        "fading": (
            _("It may wear off"),
            _("The effect fades bit by bit. Note in your diary when you feel it."),
        ),
        "review": (
            _("We look back together"),
            _("Between these days we ask how it went. Call us if you have no date."),
        ),
        "next": (
            _("The first day of a next treatment"),
            _("Not before this day, and only if you still need it."),
        ),
    }[code]
