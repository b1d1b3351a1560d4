"""Parts of a questionnaire with a score of their own, and answers that need a person at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from masseter.core.answers import evaluate
from masseter.core.facts import fact
from masseter.core.findings import Finding, order_findings
from masseter.core.results.score import AnswerValue, band_in, round_to_step, total_by, values_of
from masseter.core.rules import met_finding
from masseter.knowledge.model import Alarm, Instrument, Knowledge, Part


@dataclass(frozen=True, kw_only=True)
class PartScore:
    """The score of one part; None where too many of its items are missing."""

    part: Part
    total: Decimal | None
    band: str


def parts_of(instrument: Instrument, answers: Mapping[str, AnswerValue]) -> tuple[PartScore, ...]:
    """The score of every part, whether or not the whole has one.

    Raises: InvalidAnswer.
    """
    if not instrument.parts:
        return ()
    values = values_of(instrument, answers)
    return tuple(_score(instrument, part, values) for part in instrument.parts)


def raised_alarms(instrument: Instrument, answers: Mapping[str, AnswerValue]) -> tuple[Alarm, ...]:
    """The alarms that the answers raise, however many of the other questions are open.

    Raises: InvalidAnswer.
    """
    if not instrument.alarms:
        return ()
    values = values_of(instrument, answers)
    return tuple(alarm for alarm in instrument.alarms if (values[alarm.item] or 0) >= alarm.at_least)


def alarm_findings(
    instrument: Instrument, answers: Mapping[str, AnswerValue], knowledge: Knowledge
) -> tuple[Finding, ...]:
    """The warning signs that the alarms stand for, the most urgent first.

    Raises: InvalidAnswer.
    """
    codes = [alarm.observation for alarm in raised_alarms(instrument, answers)]
    facts = {code: fact(code, True) for code in codes}
    return order_findings(
        met_finding(rule, facts)
        for rule in knowledge.precautions
        if rule.is_red_flag and evaluate(rule.when, facts).is_met
    )


def _score(instrument: Instrument, part: Part, values: Mapping[str, Decimal | None]) -> PartScore:
    given = [value for code in part.items if (value := values[code]) is not None]
    if not given or len(part.items) - len(given) > part.max_missing:
        return PartScore(part=part, total=None, band="")
    total = round_to_step(total_by(part.method, given, len(part.items)), instrument.step)
    return PartScore(part=part, total=total, band=band_in(part.bands, total))
