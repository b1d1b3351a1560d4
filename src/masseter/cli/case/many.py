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
from masseter.core.facts import Facts, Observation
from masseter.core.kept import Kept
from masseter.core.reading import InvalidObservation, read_observation
from masseter.knowledge.model import Knowledge

MOST_KEPT = 200_000  # answers; then they are read anew, so that memory stays bounded


class CaseReader:
    """Reads case after case from one knowledge; the answers to its questions are few and come again."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._derived: Kept[Hashable, Observation] = Kept(MOST_KEPT)
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
        known = {**facts, **self._shared(from_dates(file, facts))}
        return Case(file=file, facts=known, knowledge=self._knowledge, source=source)

    def _shared(self, derived: Facts) -> Facts:
        """The same facts; two people with the same one share it, as they do what they were asked."""
        return {code: self._share(known) for code, known in derived.items()}

    def _share(self, known: Observation) -> Observation:
        key = (known.code, known.value.__class__, known.value, known.observed_on)
        return self._derived.get(key) or self._derived.keep(key, known)

    def _rest(self, file: CaseFile, source: Source) -> Facts:
        """The answers that are told in a block or hang on the person. Raises: BadCase."""
        if not file.facts:
            return {}
        bare = Case(file=file, facts={}, knowledge=self._knowledge, source=source)
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
