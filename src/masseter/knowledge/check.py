"""Checks all of knowledge across its files, and lists what has to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from masseter.knowledge.checks.curves import check_curves
from masseter.knowledge.checks.evidence import check_evidence
from masseter.knowledge.checks.instruments import check_instruments
from masseter.knowledge.checks.ranges import check_ranges
from masseter.knowledge.checks.references import check_references
from masseter.knowledge.checks.rules import check_rules
from masseter.knowledge.checks.sites import check_sites
from masseter.knowledge.checks.walk import blocks
from masseter.knowledge.load import DATA, load, read
from masseter.knowledge.model import Evidence, Knowledge
from masseter.knowledge.problems import KnowledgeError, Problem

_SURE = {"verified": "verified", "from_memory": "from memory", "design": "our own choice"}
_CHECKS = (
    check_evidence,
    check_rules,
    check_references,
    check_ranges,
    check_sites,
    check_instruments,
    check_curves,
)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One value or rule whose evidence has to be looked at again, and why."""

    file: str
    path: str
    evidence: Evidence
    is_old: bool
    is_unverified: bool

    def __str__(self) -> str:
        age = ", too long ago" if self.is_old else ""
        sure, sources = _SURE[self.evidence.sure], ", ".join(self.evidence.sources)
        return f"{self.file} {self.path}: {sure}, checked {self.evidence.checked}{age} ({sources})"


def check_all(path: Path | None = None) -> list[Problem]:
    """Every problem of the files at `path`, or of those shipped: shapes first, then between files."""
    try:
        knowledge, problems = read(path or DATA)
    except KnowledgeError as error:
        return list(error.problems)
    return problems + check_knowledge(knowledge)


def check_knowledge(knowledge: Knowledge) -> list[Problem]:
    """Every problem between the parts of knowledge that has been read."""
    return [problem for check in _CHECKS for problem in check(knowledge)]


def due(today: date, after_days: int, knowledge: Knowledge | None = None) -> list[Due]:
    """All evidence last checked more than `after_days` ago or not verified, the oldest first."""
    evidence = _shipped(load().version) if knowledge is None else _evidence(knowledge)
    found = _due(today - timedelta(days=after_days), evidence)
    return sorted(found, key=lambda each: (each.evidence.checked, each.file, each.path))


@cache
def _shipped(_version: str) -> tuple[tuple[str, Evidence], ...]:
    """All evidence of one version of what is shipped: the home page asks on every opening."""
    return tuple(_evidence(load()))


def _evidence(knowledge: Knowledge) -> Iterator[tuple[str, Evidence]]:
    return ((place, block) for place, block in blocks(knowledge) if isinstance(block, Evidence))


def _due(before: date, evidence: Iterable[tuple[str, Evidence]]) -> Iterator[Due]:
    for place, each in evidence:
        is_old, is_unverified = each.checked < before, each.sure != "verified"
        if is_old or is_unverified:
            file, _, path = place.partition("#")
            yield Due(file=file, path=path, evidence=each, is_old=is_old, is_unverified=is_unverified)
