"""From a case file to what `core` asks for; every fault with its line and field, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from masseter.cli.case.problems import BadCase, Path, Problem
from masseter.cli.case.shape import CaseFile, Course, Plan, Told
from masseter.cli.case.source import Source
from masseter.core.facts import HAD_TOXIN, Facts, Observation, derive_facts, fact, known_history, mark_stale
from masseter.core.questions import UnknownObservation, type_of
from masseter.core.reading import InvalidObservation, read_observation
from masseter.knowledge.model import Condition, Knowledge

_FROM_SHAPE: Mapping[str, str] = {
    "missing": "this is missing",
    "extra_forbidden": "there is no such field here",
    "string_type": "write a text",
    "bool_type": "write true or false",
    "int_type": "write a whole number",
    "list_type": "write a list",
    "dict_type": "write a block of fields",
    "model_type": "write a block of fields",
}


Named = tuple[str, str, Path]  # the kind of a code, the code, and its place


class Case(NamedTuple):
    """A case file that holds: its shape, the facts in it, and where each field stands.

    `standing` are the facts for judging a treatment on `today`: those marked that are too old to hold.
    """

    file: CaseFile
    facts: Facts
    standing: Facts
    knowledge: Knowledge
    source: Source

    @property
    def today(self) -> date:
        """The day on which everything is judged."""
        return self.file.today

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The file's condition, or all where it names none."""
        if self.file.condition:
            return (self.knowledge.conditions[self.file.condition],)
        return tuple(self.knowledge.conditions.values())

    def fault(self, path: Path, sentence: str) -> BadCase:
        """A fault of one field, to be raised."""
        return BadCase([_problem(self.source, path, sentence)])

    def need(self, part: str) -> BadCase:
        """The fault that a part is not there which this command needs."""
        return self.fault((), f"this command needs the field {part!r}")


def read_case(source: Source, knowledge: Knowledge) -> Case:
    """The case of a source. Raises: BadCase with every fault."""
    if not isinstance(source.values, dict):
        raise BadCase([_problem(source, (), "a case is a block of fields, such as: case: 1")])
    try:
        file = CaseFile.model_validate(source.values)
    except ValidationError as error:
        raise BadCase(_from_shape(source, each) for each in error.errors()) from None
    facts, problems = _facts(file, source, knowledge)
    problems += unknown_codes(file, source, knowledge)
    if problems:
        raise BadCase(problems)
    known = {**facts, **from_dates(file, facts)}
    standing = mark_stale(known, knowledge.observations, file.today)
    return Case(file=file, facts=known, standing=standing, knowledge=knowledge, source=source)


def read_answers(
    case: Case, answers: Mapping[str, Told], place: Path, observed_on: date | None = None
) -> dict[str, Observation]:
    """Observations from a block of answers. Raises: BadCase."""
    found, problems = _observations(case.file, answers, case.source, case.knowledge, place, observed_on)
    if problems:
        raise BadCase(problems)
    return found


def _facts(
    file: CaseFile, source: Source, knowledge: Knowledge
) -> tuple[dict[str, Observation], list[Problem]]:
    return _observations(file, file.facts, source, knowledge, ("facts",), None)


def _observations(
    file: CaseFile,
    answers: Mapping[str, Told],
    source: Source,
    knowledge: Knowledge,
    place: Path,
    observed_on: date | None,
) -> tuple[dict[str, Observation], list[Problem]]:
    found: dict[str, Observation] = {}
    problems: list[Problem] = []
    for code, told in answers.items():
        try:
            found[code] = read_observation(
                type_of(code, knowledge.observations),
                told.value,
                today=file.today,
                reported_by=told.by,
                observed_on=told.on or observed_on,
                birth_date=file.patient.birth_date,
            )
        except UnknownObservation as error:
            problems.append(_problem(source, (*place, code), str(error)))
        except InvalidObservation as error:
            problems.append(_problem(source, (*place, code), error.sentence))
    return found, problems


def from_dates(file: CaseFile, told: Facts) -> dict[str, Observation]:
    """What follows from the dates: age, days since toxin, and that there was one or none."""
    had, toxin = told.get(HAD_TOXIN), known_history((each.given_on for each in file.earlier or ()), told)
    if toxin is None and file.earlier is not None and not (had is not None and had.value is True):
        toxin = []
    cycles = None if file.course is None else [each.given_on for each in file.course.cycles]
    derived = derive_facts(
        today=file.today,
        birth_date=file.patient.birth_date,
        toxin_dates=toxin,
        treatment_dates=cycles,
    )
    if toxin is not None and HAD_TOXIN not in told:
        derived.setdefault(HAD_TOXIN, fact(HAD_TOXIN, bool(toxin), observed_on=file.today))
    return derived


def unknown_codes(file: CaseFile, source: Source, knowledge: Knowledge) -> list[Problem]:
    """Each code of the knowledge that the file names and that is not there."""
    return [
        _problem(source, path, f"there is no {kind} called {code!r}{_near(code, _of_kind(kind, knowledge))}")
        for kind, code, path in _codes(file)
        if code and code not in _of_kind(kind, knowledge)
    ]


def _of_kind(kind: str, knowledge: Knowledge) -> Mapping[str, object]:
    found: Mapping[str, object] = getattr(knowledge, f"{kind}s")
    return found


def _codes(file: CaseFile) -> list[Named]:
    """Each code that the file names, with its kind and its place."""
    named: list[Named] = [("condition", file.condition, ("condition",))]
    if file.plan is not None:
        named += _plan_codes(file.plan)
    if file.earlier:
        named += (
            ("product", each.product or "", ("earlier", number, "product"))
            for number, each in enumerate(file.earlier)
        )
    if file.questionnaire is not None:
        named.append(("instrument", file.questionnaire.instrument, ("questionnaire", "instrument")))
    if file.course is not None:
        named += _course_codes(file.course)
    if file.treatment is not None:
        named += (
            ("product", vial.product, ("treatment", "vials", number, "product"))
            for number, vial in enumerate(file.treatment.vials)
        )
    return named


def _plan_codes(plan: Plan) -> Iterable[Named]:
    yield "product", plan.product, ("plan", "product")
    yield "protocol", plan.protocol, ("plan", "protocol")
    for number, hurt in enumerate(plan.painful_sites):
        yield "site", hurt.site, ("plan", "painful_sites", number, "site")
    for number, code in enumerate(plan.include_optional):
        yield "site", code, ("plan", "include_optional", number)
    for number, point in enumerate(plan.points or ()):
        yield "site", point.site, ("plan", "points", number, "site")
        yield "product", point.product, ("plan", "points", number, "product")


def _course_codes(course: Course) -> Iterable[Named]:
    yield "instrument", course.instrument, ("course", "instrument")
    for number, cycle in enumerate(course.cycles):
        yield "protocol", cycle.protocol, ("course", "cycles", number, "protocol")


def _near(code: str, known: Iterable[str]) -> str:
    """The known codes that begin alike, to help with a slip of the pen."""
    alike = [each for each in known if each[:3] == code[:3]]
    return f"; near it: {', '.join(sorted(alike))}" if alike else ""


def _from_shape(source: Source, error: ErrorDetails) -> Problem:
    sentence = _FROM_SHAPE.get(error["type"], error["msg"].removeprefix("Value error, "))
    return _problem(source, tuple(error["loc"]), sentence)


def _problem(source: Source, path: Path, sentence: str) -> Problem:
    return Problem(file=source.file, line=source.line_of(path), path=path, sentence=sentence)
