"""How many verdicts core gives in a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal

from benchmarks.figure import Figure

SECONDS = 2.0


def measure() -> list[Figure]:
    """Candidacy of chronic migraine with every boolean answered, and the self-check before it."""
    from masseter.core.consult.candidacy import assess_candidacy
    from masseter.core.facts import fact
    from masseter.core.screen.self_check import run_self_check
    from masseter.knowledge.load import load

    begun = time.perf_counter()
    knowledge = load()
    loading = time.perf_counter() - begun
    condition = knowledge.conditions["chronic_migraine"]
    facts = {
        code: fact(code, False) for code, type_ in knowledge.observations.items() if type_.kind == "boolean"
    }
    facts["headache_days"] = fact("headache_days", Decimal(20))

    def verdict() -> object:
        return assess_candidacy(condition=condition, knowledge=knowledge, facts=facts, jurisdiction="UK")

    def self_check() -> object:
        return run_self_check(condition=condition, knowledge=knowledge, facts=facts, jurisdiction="UK")

    return [
        Figure("Loading the knowledge", f"{loading:.1f} s", "once a process"),
        Figure("Verdicts of candidacy in a second", f"{_rate(verdict):.0f}", "one core"),
        Figure("Self-checks in a second", f"{_rate(self_check):.0f}", "one core"),
    ]


def _rate(work: Callable[[], object]) -> float:
    work()
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        work()
        count += 1
    return count / (time.perf_counter() - begun)
