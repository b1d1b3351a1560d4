"""Many case files: each read as `read_case` reads it, what many of them tell alike only once."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import repeat
from typing import cast

from pydantic import ValidationError

from masseter.cli.case.problems import BadCase
from masseter.cli.case.reading import Case, from_dates, read_answers, read_case, unknown_codes
from masseter.cli.case.shape import CaseFile
from masseter.cli.case.source import Source
from masseter.cli.case.values import as_day
from masseter.core.facts import HAD_TOXIN, LAST_TOXIN, Facts, Observation, age_in_years, mark_stale
from masseter.core.kept import Kept
from masseter.core.reading import InvalidObservation, read_observation
from masseter.knowledge.model import Knowledge

MOST_KEPT = 200_000  # answers; then they are read anew, so that memory stays bounded


class CaseReader:
    """Reads case after case from one knowledge; the answers to its questions are few and come again."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._followed: Kept[Hashable, Facts] = Kept(MOST_KEPT)
        self._read: Kept[Hashable, Observation | None] = Kept(MOST_KEPT)

    def read(self, source: Source) -> Case:
        """The case of a source, as `read_case` gives it. Raises: BadCase with every fault."""
        return self._fast(source) or read_case(source, self._knowledge)

    def _fast(self, source: Source) -> Case | None:
        """The case where nothing is at fault; else `read_case` says what is."""
        values = source.values
        if not isinstance(values, dict) or not isinstance(values.get("facts", {}), dict):
            return None
        today, told = values.get("today"), values.get("facts", {})
        plain, rest = self._facts(told, today)
        try:
            file = CaseFile.model_validate({**values, "facts": rest})
            facts = {**plain, **self._rest(file, source)}
        except (ValidationError, BadCase):
            return None
        born = file.patient.birth_date
        if (born is not None and born > file.today) or unknown_codes(file, source, self._knowledge):
            return None
        known = {**facts, **self._from_dates(file, facts)}
        # What is told without a day is of this day, and so is what follows from the dates.
        standing = mark_stale(known, self._knowledge.observations, file.today) if rest else known
        return Case(file=file, facts=known, standing=standing, knowledge=self._knowledge, source=source)

    def _from_dates(self, file: CaseFile, told: Facts) -> Facts:
        """What follows from the dates; the same for all who are of one age and have one history."""
        had, last = told.get(HAD_TOXIN), told.get(LAST_TOXIN)
        born, cycles = file.patient.birth_date, file.course.cycles if file.course is not None else None
        key = (
            file.today,
            age_in_years(born, file.today) if born is not None else None,
            tuple([each.given_on for each in file.earlier]) if file.earlier is not None else None,
            tuple([each.given_on for each in cycles]) if cycles is not None else None,
            had.value if had is not None else None,
            last.value if last is not None else None,
        )
        return self._followed.get(key) or self._followed.keep(key, from_dates(file, told))

    def _rest(self, file: CaseFile, source: Source) -> Facts:
        """The answers that are told in a block or hang on the person. Raises: BadCase."""
        if not file.facts:
            return {}
        bare = Case(file=file, facts={}, standing={}, knowledge=self._knowledge, source=source)
        return read_answers(bare, file.facts, ("facts",))

    def _facts(
        self, told: dict[str, object], today: object
    ) -> tuple[dict[str, Observation], dict[str, object]]:
        """The answers without a day of their own that are right whoever the person is; and the others."""
        values = [tuple(each) if each.__class__ is list else each for each in told.values()]
        # The type, since in Python `True == 1`.
        keys = list(zip(told, map(type, values), values, repeat(today)))
        try:
            read = dict(zip(told, map(self._read.get, keys), strict=True))
        except TypeError:  # a block, or a list of such
            read = dict.fromkeys(told)
        if all(read.values()):
            return cast(dict[str, Observation], read), {}
        asked = {code: self._plain(key) for code, key in zip(told, keys, strict=True)}
        plain = {code: each for code, each in asked.items() if each is not None}
        return plain, {code: value for code, value in told.items() if code not in plain}

    def _plain(self, key: tuple[str, type, object, object]) -> Observation | None:
        code, _, value, today = key
        try:
            return self._read[key]
        except KeyError:
            return self._read.keep(key, self._observation(code, value, today))
        except TypeError:  # a block, or a list of such
            return None

    def _observation(self, code: str, value: object, today: object) -> Observation | None:
        type_ = self._knowledge.observations.get(code)
        if type_ is None or type_.kind == "date":  # a day is held against the day of birth
            return None
        try:
            return read_observation(type_, value, today=as_day(today), reported_by="")
        except (InvalidObservation, ValueError):
            return None
