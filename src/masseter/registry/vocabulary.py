"""The words that a mapping names: which of them no line has, and which cells nearly have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from masseter.registry.cells import Cells
from masseter.registry.mapping import Mapping
from masseter.registry.problems import Refusal
from masseter.registry.table import Line

KEPT = 10_000  # cells of which is kept what they say
NEAR = 0.85  # how alike two words are, of 1: 'VAS-rest' and 'VAS rest', but not 'female' and 'male'


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words that the mapping names for some columns. `place`: the column, or of the mapping.

    `is_choice`: lines or scores that have none of them are passed over.
    """

    place: str
    columns: tuple[str, ...]
    names: tuple[str, ...]
    is_choice: bool = False
    where: str = "file"


class Vocabulary:
    """Notes the words of lines as they are read."""

    def __init__(self, mapping: Mapping, cells: Cells) -> None:
        self._cells = cells
        self._only = list(_chosen(mapping.only))
        self._others = list(_others(mapping))
        self._found: dict[tuple[str, str], str | None] = {}
        self._seen: set[tuple[str, str]] = set()
        self._missed: Counter[tuple[str, str]] = Counter()

    def note_choice(self, line: Line) -> None:
        """Note the words of `only`, of every line."""
        for words in self._only:
            self._note(words, line)

    def note(self, line: Line) -> None:
        """Note all other words, of a line that is read."""
        for words in self._others:
            self._note(words, line)

    def reports(self) -> list[Refusal]:
        """What the mapping names and no line has, and what is nearly one of the words that choose lines."""
        return list(dict.fromkeys([*self._unused(), *self._near()]))

    def _note(self, words: Words, line: Line) -> None:
        for column in words.columns:
            key = (words.place, line.cells[column])
            if key not in self._found:
                if len(self._found) > KEPT:
                    self._found.clear()
                self._found[key] = self._cells.find(line.cells[column], words.names)
            name = self._found[key]
            if name is not None:
                self._seen.add((words.place, name))
            elif words.is_choice and (key in self._missed or len(self._missed) < KEPT):
                self._missed[key] += 1

    def _unused(self) -> Iterator[Refusal]:
        for words in (*self._only, *self._others):
            for name in words.names:
                if (words.place, name) not in self._seen:
                    why = f"no line has '{name}', which the mapping names"
                    yield Refusal(line=0, column=words.place, why=why, where=words.where)

    def _near(self) -> Iterator[Refusal]:
        for words in (*self._only, *self._others):
            plain = {_plain(name): name for name in words.names if words.is_choice}
            for (place, text), many in self._missed.items():
                near = get_close_matches(_plain(text), plain, 1, NEAR) if place == words.place else []
                if near and _digits(near[0]) == _digits(text):
                    lines = "1 line has" if many == 1 else f"{many} lines have"
                    why = f"{lines} '{text[:40]}', which is nearly '{plain[near[0]]}': meant, too?"
                    yield Refusal(line=0, column=place, why=why)


def _plain(text: str) -> str:
    """A word without what people write now so, now so."""
    return re.sub(r"\W+", "", text.casefold())


def _digits(text: str) -> str:
    return re.sub(r"\D+", "", text)


def _chosen(asked: dict[str, list[str]]) -> Iterator[Words]:
    for column, names in asked.items():
        yield Words(place=column, columns=(column,), names=tuple(names), is_choice=True)


def _of(column: str, names: Iterable[str]) -> Words:
    return Words(place=column, columns=(column,), names=tuple(names))


def _others(mapping: Mapping) -> Iterator[Words]:
    arms, visits = mapping.arms, mapping.visits
    scores = [one.column for one in mapping.visit_columns]
    if visits is not None:
        scores.append(visits.score)
        yield from _chosen(visits.when)
        if visits.days:
            yield _of(visits.time, visits.days)
        if visits.unit_column:
            yield _of(visits.unit_column, visits.units)
    for column in mapping.visit_columns:
        yield from _chosen(column.when)
    if arms is not None:
        yield from _chosen(arms.when)
        yield _of(arms.column, arms.arms)
    for given in mapping.given:
        yield from _chosen(given.when)
        if given.products:
            yield _of(given.product, given.products)
    if mapping.measure.words:
        names = tuple(mapping.measure.words)
        yield Words(place="measure.words", columns=tuple(scores), names=names, where="mapping")
