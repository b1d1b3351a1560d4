"""The self-check of somebody who has only asked for an appointment."""

from __future__ import annotations

from masseter.cli.demo.acting import Company
from masseter.cli.demo.answers import facts_from
from masseter.cli.demo.cast import Character
from masseter.core.screen.self_check import run_self_check
from masseter.journey.consult.rows import to_json
from masseter.journey.ground import clock
from masseter.journey.screen.actions import SentCheck
from masseter.knowledge.load import load

# condition → a warning sign that is there, and one that was left open: the inbox shows both.
THERE = {"tmd": "flag_deep_infection"}
LEFT_OPEN = {"facial_spasm": "flag_facial_nerve"}


def self_check(character: Character, company: Company) -> SentCheck:
    """What the character answered, run as on the public page."""
    known, code = load(), character.part.condition
    facts = facts_from(
        {**character.part.facts, **({THERE[code]: True} if code in THERE else {})},
        condition=code,
        knowledge=known,
        today=clock.today(company.desk.zone),
        asked_in=frozenset({"self_check"}),
        reported_by="patient",
    )
    facts = {one: fact for one, fact in facts.items() if one != LEFT_OPEN.get(code)}
    check = run_self_check(
        condition=known.conditions[code],
        knowledge=known,
        facts=facts,
        jurisdiction=company.desk.jurisdiction,
    )
    return SentCheck(
        condition=code,
        outcome=str(check.answer),
        answers={one: to_json(fact.value) for one, fact in facts.items()},
        red_flags_open=check.red_flags_open,
        knowledge_version=check.knowledge_version,
    )
