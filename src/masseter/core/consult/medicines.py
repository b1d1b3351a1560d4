"""Medicines by name: found as they are typed, and which answers of the rules' questions follow from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from masseter.core.facts import Observation
from masseter.knowledge.model import Medicine, MedicineGroup, ObservationType

NONE = "none"
SHORTEST_NEAR = 4  # of fewer letters nearly everything is near
_BREAK = re.compile(r"[;\n]+")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A medicine that fits what was typed, and by which of its names; `is_near`: by a misspelt one."""

    medicine: Medicine
    name: str
    is_near: bool


def folded(text: str) -> str:
    """A text for comparison: small letters without accents, words parted by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))


def groups_of(medicine: Medicine, groups: Iterable[MedicineGroup]) -> tuple[MedicineGroup, ...]:
    """The groups that a medicine belongs to, by its ATC codes or because it says so."""
    return tuple(
        group
        for group in groups
        if group.code in medicine.groups
        or any(code.startswith(start) for code in medicine.atc for start in group.atc)
    )


def find_medicines(typed: str, medicines: Iterable[Medicine], most: int = 8) -> tuple[Hit, ...]:
    """What fits a name as typed, best first: the name itself, its beginning, within it, and misspelt."""
    asked = folded(typed)
    if not asked:
        return ()
    ranked = [
        (rank, hit) for medicine in medicines if (found := _best(asked, medicine)) for rank, hit in [found]
    ]
    ranked.sort(key=lambda one: (one[0], one[1].medicine.name))
    sure = [hit for _, hit in ranked if not hit.is_near]
    # A misspelt name is offered only where few others fit.
    near = [hit for _, hit in ranked if hit.is_near] if len(sure) < most else []
    return tuple([*sure, *near][:most])


def named_in(line: str, medicines: Iterable[Medicine]) -> tuple[Medicine, ...]:
    """The medicines of the list whose name, or another name of theirs, stands in a line as whole words."""
    said = f" {folded(line)} "
    found = [
        (max(len(folded(name)) for name in fitting), medicine)
        for medicine in medicines
        if (fitting := [name for name in _names(medicine) if f" {folded(name)} " in said])
    ]
    # The longer name is meant where one stands within another: aspirin with other painkillers.
    names = [folded(name) for _, medicine in found for name in _names(medicine)]
    kept = [
        medicine
        for _, medicine in found
        if not any(_within(medicine, name, said) for name in names if name not in _folded_names(medicine))
    ]
    return tuple(kept)


def lines_of(text: str) -> tuple[str, ...]:
    """A text about medicines as single entries, each once."""
    parts = (" ".join(part.split()) for part in _BREAK.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def answers_from(
    lines: Sequence[str],
    medicines: Iterable[Medicine],
    groups: Sequence[MedicineGroup],
    types: Mapping[str, ObservationType],
    known: Mapping[str, Observation],
) -> dict[str, tuple[str, ...]]:
    """What follows for the questions that rules read: their answers so far with what was named ticked.

    A choice that was ticked stays ticked. `known` are the newest answers; an answer 'none' gives way.
    Only answers that change are told.
    """
    every = tuple(medicines)
    named = [medicine for line in lines for medicine in named_in(line, every)]
    wanted: dict[str, set[str]] = {}
    for medicine in named:
        for group in groups_of(medicine, groups):
            wanted.setdefault(group.observation, set()).add(group.choice)
    answers = {}
    for code, choices in wanted.items():
        before = _ticked(known.get(code))
        if not choices <= before:
            order = [choice.code for choice in types[code].choices]
            answers[code] = tuple(one for one in order if one in (before | choices) - {NONE})
    return answers


def _ticked(observation: Observation | None) -> set[str]:
    value = observation.value if observation is not None else None
    return set(value) if isinstance(value, tuple) else set()


def _names(medicine: Medicine) -> tuple[str, ...]:
    return (medicine.name, *medicine.also)


def _folded_names(medicine: Medicine) -> set[str]:
    return {folded(name) for name in _names(medicine)}


def _within(medicine: Medicine, longer: str, said: str) -> bool:
    """Every name by which a medicine stands in a line is part of a longer one that stands there too."""
    mine = [name for name in _folded_names(medicine) if f" {name} " in said]
    return f" {longer} " in said and all(f" {name} " in f" {longer} " and name != longer for name in mine)


def _best(asked: str, medicine: Medicine) -> tuple[int, Hit] | None:
    """The best of a medicine's names for what was typed, with its rank; None where none fits."""
    found: list[tuple[int, Hit]] = []
    for place, name in enumerate(_names(medicine)):
        said = folded(name)
        rank = _rank(asked, said)
        if rank is not None:
            hit = Hit(medicine=medicine, name=name, is_near=rank >= _NEAR)
            found.append((rank * 2 + (place > 0), hit))
    return min(found, key=lambda one: one[0], default=None)


_NEAR = 4


def _rank(asked: str, said: str) -> int | None:
    """0 the same, 1 begins so, 2 a word begins so, 3 within, 4 and above misspelt by so many letters."""
    if asked == said:
        return 0
    if said.startswith(asked):
        return 1
    if f" {asked}" in f" {said}":
        return 2
    if len(asked) >= SHORTEST_NEAR and asked in said:
        return 3
    allowed = max(1, len(asked) // 4)
    if len(asked) < SHORTEST_NEAR:
        return None
    # What is still being typed is compared with the beginning of the name.
    away = min(distance(asked, said, allowed), distance(asked, said[: len(asked)], allowed))
    return _NEAR + away if away <= allowed else None


def distance(one: str, other: str, most: int) -> int:
    """How many letters to change, add, leave out or swap; above `most` only that it is more.

    Source of the method: Damerau, Commun ACM 1964;7:171-6, with swaps of neighbours alone.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        now = [i]
        for j, b in enumerate(other, start=1):
            cost = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, row = row, now
    return row[-1]
