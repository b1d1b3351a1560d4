"""The treatments that a patient may still feel, and the advice for each, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from masseter.core.recover.aftercare import advice_for
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.queries import given_on
from masseter.knowledge.load import load
from masseter.knowledge.model import Aftercare
from masseter.ui.languages.told import told

UNSURE = "unsure"
UNSURE_WORDS = _("I am not sure")


@dataclass(frozen=True, kw_only=True)
class After:
    """One treatment, the days since, today's advice and what comes later."""

    name: str
    day: int
    advice: list[Aftercare]
    later: list[Aftercare]

    @property
    def words(self) -> str:
        """How long ago it was."""
        return gettext("given today") if self.day == 0 else gettext("day %(day)s") % {"day": self.day}


def day_of(by: Actor, treatment: Treatment, today: date) -> int:
    """Days since a treatment."""
    return max((today - given_on(by, treatment)).days, 0)


def name_of(treatment: Treatment) -> str:
    """What the treatment was for, in plain words."""
    return load().conditions[treatment.case.condition].plain_name


def after(by: Actor, treatments: Iterable[Treatment], today: date) -> list[After]:
    """The advice for each treatment, in the order given; what stood under one is not said again."""
    knowledge, found = load(), list[After]()
    said, announced = set[str](), set[str]()
    for treatment in treatments:
        condition = knowledge.conditions[treatment.case.condition]
        day = day_of(by, treatment, today)
        now = advice_for(knowledge=knowledge, condition=condition, day=day)
        later = [
            one
            for one in sorted(knowledge.aftercare, key=lambda each: each.from_day)
            if one.from_day > day and (not one.conditions or condition.code in one.conditions)
        ]
        found.append(
            After(
                name=condition.plain_name,
                day=day,
                advice=[one for one in now if one.code not in said],
                later=[one for one in later if one.code not in said | announced],
            )
        )
        said |= {one.code for one in now}
        announced |= {one.code for one in later}
    return found


def choices(by: Actor, treatments: Iterable[Treatment], today: date) -> list[tuple[str, str | Promise]]:
    """The treatments to choose from, each with its day, and a way to say that one does not know."""
    named = [
        (str(one.pk), f"{capfirst(told(name_of(one)))}: {_ago(day_of(by, one, today))}") for one in treatments
    ]
    return [*named, (UNSURE, UNSURE_WORDS)]


def _ago(day: int) -> str:
    if day == 0:
        return gettext("treated today")
    words = ngettext("treated %(days)s day ago", "treated %(days)s days ago", day)
    return words % {"days": day}
