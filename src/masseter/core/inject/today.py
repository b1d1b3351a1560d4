"""What the patient says on the day of the injection, and what it means for what was known before.

Source: L1, P24b, P28d.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from masseter.core.facts import NOT_APPLICABLE, Facts, Observation, fact
from masseter.knowledge.model import ObservationType

INFECTION, PREGNANCY, PREGNANT = "infection_at_site", "pregnancy", "pregnant"
# What 'no new medicine, no new illness' says again of the answers before.
CONFIRMED_BY_NO_NEWS = ("medicine_classes", "illnesses", "neuromuscular", "swallowing_or_breathing")


@dataclass(frozen=True, kw_only=True)
class TodayAnswers:
    """The answers of the day; None where it was not asked.

    `infection`: at or near a planned site. `pregnancy`: pregnant, or possibly so. `news`: a medicine or an
    illness that is new since the plan.
    """

    infection: bool | None = None
    pregnancy: bool | None = None
    news: bool | None = None

    def is_whole(self, facts: Facts) -> bool:
        """Everything that applies to this person was asked."""
        known = facts.get(PREGNANCY)
        may_be_pregnant = known is None or known.value is not NOT_APPLICABLE
        return None not in (self.infection, self.news) and (self.pregnancy is not None or not may_be_pregnant)


NOT_ASKED = TodayAnswers()


def with_today(
    facts: Facts, answers: TodayAnswers, types: Mapping[str, ObservationType], today: date
) -> dict[str, Observation]:
    """The facts as they are on the day. A 'no' makes an older answer fresh; it takes no 'yes' back."""
    known = dict(facts)
    before = known.get(INFECTION)
    if answers.infection is not None and INFECTION in types and not (before and before.value is True):
        known[INFECTION] = fact(INFECTION, answers.infection, observed_on=today)
    if answers.pregnancy and PREGNANCY in types:
        known[PREGNANCY] = fact(PREGNANCY, (PREGNANT,), observed_on=today)
    elif answers.pregnancy is False:
        _confirm(known, (PREGNANCY,), today)
    if answers.news is False:
        _confirm(known, CONFIRMED_BY_NO_NEWS, today)
    return known


def _confirm(known: dict[str, Observation], codes: tuple[str, ...], today: date) -> None:
    for code in codes:
        if code in known and known[code].value is not None:
            known[code] = replace(known[code], observed_on=today)
