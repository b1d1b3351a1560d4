"""Many case files: each read as `read_case` reads it, what many of them tell alike only once."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import repeat
from typing import cast

from pydantic import ValidationError

from masseter.cli.case.members import Members, cut
from masseter.cli.case.problems import BadCase
from masseter.cli.case.reading import Case, from_dates, read_answers, read_case, unknown_codes
from masseter.cli.case.shape import CaseFile
from masseter.cli.case.source import Source, read_json_line, read_plainly
from masseter.cli.case.values import as_day
from masseter.core.consult.alike import Alike, Answered, Tokens
from masseter.core.facts import HAD_TOXIN, LAST_TOXIN, Facts, Observation, age_in_years, mark_stale
from masseter.core.kept import Kept
from masseter.core.reading import InvalidObservation, read_observation
from masseter.knowledge.model import Knowledge

MOST_KEPT = 200_000  # answers; then they are read anew, so that memory stays bounded


class CaseReader:
    """Reads case after case from one knowledge; the answers to its questions are few and come again."""

    def __init__(self, knowledge: Knowledge, alike: Alike | None = None) -> None:
        """`alike`: gives the answers the tokens by which they will be looked up."""
        self._knowledge = knowledge
        self._alike = alike or Alike(())
        self._followed: Kept[Hashable, tuple[Facts, Tokens]] = Kept(MOST_KEPT)
        self._read: Kept[Hashable, Observation | None] = Kept(MOST_KEPT)
        self._members = Members(self._observation, self._alike.token)

    def read_line(self, text: bytes, file: str, line: int) -> Case:
        """The case on one line of JSON. Raises: BadCase with every fault."""
        return self._plain_line(text, file, line) or self.read(read_json_line(text, file, line))

    def read(self, source: Source) -> Case:
        """The case of a source, as `read_case` gives it. Raises: BadCase with every fault."""
        return self._plain_source(source) or read_case(source, self._knowledge)

    def _plain_line(self, text: bytes, file: str, line: int) -> Case | None:
        """The case where its facts stand in the text one by one, and nothing is at fault."""
        parted = cut(text)
        values = read_plainly(parted[0]) if parted is not None else None
        today = values.get("today") if values is not None and values.get("facts") == {} else None
        if parted is None or values is None or not isinstance(today, str):
            return None
        told = self._members.told(parted[1], today)
        if told is None:
            return None
        codes, answers, tokens = zip(*told)  # noqa: B905
        known = Answered(zip(codes, answers), dict(zip(codes, tokens)), self._alike)  # noqa: B905
        if len(known) < len(told):  # one is told twice
            return None
        source = Source(file=file, values=values, lines={}, only_line=line)
        return self._case(source, values, known)

    def _plain_source(self, source: Source) -> Case | None:
        """The case where nothing is at fault; else `read_case` says what is."""
        values = source.values
        if not isinstance(values, dict) or not isinstance(values.get("facts", {}), dict):
            return None
        plain, rest = self._facts(values.get("facts", {}), values.get("today"))
        known = Answered(plain.items(), self._alike.tokens(plain), self._alike)
        return self._case(source, {**values, "facts": rest}, known)

    def _case(self, source: Source, values: dict[str, object], known: Answered) -> Case | None:
        """The case of the known facts, and of those that are still among the values."""
        try:
            file = CaseFile.model_validate(values)
            if file.facts:
                known.add(rest := self._rest(file, source), self._alike.tokens(rest))
        except (ValidationError, BadCase):
            return None
        born = file.patient.birth_date
        if (born is not None and born > file.today) or unknown_codes(file, source, self._knowledge):
            return None
        known.add(*self._from_dates(file, known))
        # What is told without a day is of this day, and so is what follows from the dates.
        standing = mark_stale(known, self._knowledge.observations, file.today) if file.facts else known
        return Case(file=file, facts=known, standing=standing, knowledge=self._knowledge, source=source)

    def _from_dates(self, file: CaseFile, told: Facts) -> tuple[Facts, Tokens]:
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
        followed = self._followed.get(key)
        if followed is None:
            facts = from_dates(file, told)
            followed = self._followed.keep(key, (facts, self._alike.tokens(facts)))
        return followed

    def _rest(self, file: CaseFile, source: Source) -> Facts:
        """The answers that are told in a block or hang on the person. Raises: BadCase."""
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
