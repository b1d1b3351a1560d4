"""Medicines that were named, with what the safety rules say about them, for the clinician."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from masseter.core.consult.medicines import groups_of, lines_of, named_in
from masseter.core.consult.standing import Standing
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import rules_of
from masseter.knowledge.load import load
from masseter.knowledge.model import FindingRule, MedicineGroup, OneOf, Source, singles_in

MEDICINES = "medicines"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Why a named medicine matters: the kind it belongs to, what the rules say, and whether it is ticked."""

    kind: str
    sentences: tuple[str, ...]
    sources: tuple[Source, ...]
    sure: str
    is_ticked: bool


@dataclass(frozen=True, kw_only=True)
class Named:
    """One line of the list: as it was told, the medicines of the list in it, and their marks."""

    line: str
    names: tuple[str, ...]
    marks: tuple[Mark, ...]


def named_medicines(case: Case, standing: dict[str, Standing]) -> list[Named]:
    """The medicines that were told last, those that matter first."""
    one = standing.get(MEDICINES)
    newest = (one.waits or one.stands) if one is not None else None
    knowledge, rules = load(), rules_of(case)
    lines = lines_of(str(newest.value)) if newest is not None and newest.value else ()
    told = []
    for line in lines:
        found = named_in(line, knowledge.medicines)
        groups = {
            group.code: group
            for medicine in found
            for group in groups_of(medicine, knowledge.medicine_groups)
        }
        marks = tuple(mark for group in groups.values() if (mark := _mark(group, rules, standing)))
        told.append(Named(line=line, names=tuple(each.name for each in found), marks=marks))
    return sorted(told, key=lambda each: not each.marks)


def _mark(group: MedicineGroup, rules: Iterable[FindingRule], standing: dict[str, Standing]) -> Mark | None:
    """What the rules say of a group; None where none of this case asks for it."""
    knowledge = load()
    fitting = [rule for rule in rules if _asks(rule, group)]
    if not fitting:
        return None
    choices = knowledge.observations[group.observation].choices
    keys = dict.fromkeys(
        [*(key for rule in fitting for key in rule.evidence.sources), *group.evidence.sources]
    )
    known = standing.get(group.observation)
    newest = (known.waits or known.stands) if known is not None else None
    value = newest.value if newest is not None else None
    return Mark(
        kind=next(choice.label for choice in choices if choice.code == group.choice),
        sentences=tuple(rule.sentence for rule in fitting),
        sources=tuple(knowledge.sources[key] for key in keys),
        sure=group.evidence.sure,
        is_ticked=isinstance(value, tuple) and group.choice in value,
    )


def _asks(rule: FindingRule, group: MedicineGroup) -> bool:
    return any(
        isinstance(single, OneOf)
        and single.observation == group.observation
        and group.choice in single.one_of
        for single in singles_in(rule.when)
    )
