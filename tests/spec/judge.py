"""Where an answer departs from what a worked case expects, each in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from masseter.cli.answers.block import Answer
from masseter.cli.answers.shape import (
    AssessOut,
    CheckOut,
    FollowUpOut,
    PlanOut,
    ReconstituteOut,
    ScoreOut,
    SymptomOut,
)
from masseter.cli.worked.shape import Ask, ExpectFollowUp, ExpectReconstitute, WithFindings


def departures(asked: Ask, answer: Answer) -> list[str]:
    """Every departure of an answer from what was expected; none is right."""
    expect: Any = asked.expect  # the verb says which of the shapes it is
    match answer:
        case AssessOut():
            return list(_assess(expect, answer))
        case PlanOut():
            return list(_plan(expect, answer))
        case CheckOut():
            return list(_check(expect, answer))
        case ReconstituteOut():
            return list(_reconstitute(expect, answer))
        case ScoreOut():
            return list(_score(expect, answer))
        case SymptomOut():
            return list(_symptom(expect, answer))
        case FollowUpOut():
            return list(_follow_up(expect, answer))
    raise AssertionError(f"no judge for {answer!r}")


def _same(name: str, wanted: object, found: object) -> Iterator[str]:
    if wanted is not None and wanted != found:
        yield f"{name}: expected {wanted}, found {found}"


def _holds(name: str, wanted: list[str], found: tuple[str, ...]) -> Iterator[str]:
    for each in wanted:
        if each not in found:
            yield f"{name}: {each} is not among {', '.join(found) or 'none'}"


def _lacks(name: str, unwanted: list[str], found: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{name}: {each} is there" for each in unwanted if each in found)


def _starts(name: str, wanted: list[str] | None, found: tuple[str, ...]) -> Iterator[str]:
    if wanted is not None and (list(found[: len(wanted)]) != wanted or (not wanted and found)):
        yield f"{name}: expected first {wanted}, found {list(found)}"


def _findings(expect: WithFindings, found: Any) -> Iterator[str]:
    for wanted in expect.findings:
        alike = [each for each in found if each.code == wanted.code]
        fits = [
            each
            for each in alike
            if each.severity == wanted.severity
            and wanted.subject in (None, each.subject)
            and wanted.says in each.sentence
        ]
        if not fits:
            have = [(each.severity, each.subject, each.sentence) for each in alike]
            yield f"finding {wanted.code} ({wanted.severity}) is not there; alike: {have}"
    yield from _lacks("findings", expect.no_findings, tuple(each.code for each in found))
    if expect.stops is not None:
        stops = sorted({each.code for each in found if each.severity == "stop"})
        yield from _same("stops", sorted(expect.stops), stops)


def _assess(expect: Any, answer: AssessOut) -> Iterator[str]:
    verdict = answer.verdicts[0]
    yield from _same("verdict", expect.verdict, verdict.verdict)
    answers = {each.code: each.answer for each in verdict.diagnoses}
    for code, wanted in expect.diagnoses.items():
        yield from _same(f"diagnosis {code}", wanted, answers.get(code))
    yield from _findings(expect, verdict.findings)
    yield from _starts("questions", expect.ask_first, verdict.questions)
    if expect.approvals is not None:
        yield from _same("approvals", sorted(expect.approvals), sorted(verdict.approvals))


def _plan(expect: Any, answer: PlanOut) -> Iterator[str]:
    yield from _same("points", expect.points, len(answer.points))
    totals = {each.of: each.units for each in answer.totals}
    for of, units in expect.totals.items():
        yield from _same(f"total of {of}", units, totals.get(of))
    if expect.skipped is not None:
        yield from _same(
            "skipped", sorted(expect.skipped), sorted(f"{s.site} {s.side}" for s in answer.skipped)
        )
    if expect.lowered is not None:
        yield from _same(
            "lowered", sorted(expect.lowered), sorted(f"{s.site} {s.side}" for s in answer.lowered)
        )
    if expect.could_lower is not None:
        yield from _same("could lower", sorted(expect.could_lower), sorted(answer.could_lower))
    yield from _same("may go on", expect.may_go_on, answer.may_go_on)
    yield from _findings(expect, answer.findings)


def _check(expect: Any, answer: CheckOut) -> Iterator[str]:
    yield from _same("checked", expect.checked, answer.checked)
    yield from _same("may go on", expect.may_go_on, answer.may_go_on)
    yield from _findings(expect, answer.findings)


def _reconstitute(expect: ExpectReconstitute, answer: ReconstituteOut) -> Iterator[str]:
    yield from _same("safe", expect.is_safe, answer.is_safe)
    chosen = answer.chosen
    if expect.opened:
        yield from _same("opened", expect.opened, {each.presentation: each.count for each in chosen.opened})
    yield from _same("units in 0.1 mL", expect.units_per_tenth_ml, chosen.units_per_tenth_ml)
    yield from _same("discarded", expect.discarded, chosen.discarded)
    yield from _same("cost", expect.cost, chosen.cost)
    draws = {each.point: each.draw_ml for each in answer.draws}
    for point, volume in expect.draws.items():
        yield from _same(f"volume of {point}", volume, draws.get(point))
    if expect.billing is not None:
        found = answer.billing and answer.billing.model_dump(exclude={"units_each"})
        yield from _same("billing", expect.billing.model_dump(), found)


def _score(expect: Any, answer: ScoreOut) -> Iterator[str]:
    for name in ("band", "change_points", "change_percent", "is_response"):
        yield from _same(name, getattr(expect, name), getattr(answer, name))
    if expect.total != answer.total:
        yield f"total: expected {expect.total}, found {answer.total}"
    if expect.missing is not None:
        yield from _same("missing", expect.missing, list(answer.missing))


def _symptom(expect: Any, answer: SymptomOut) -> Iterator[str]:
    yield from _same("grade", expect.grade, answer.grade)
    yield from _holds("reasons", expect.reasons, tuple(each.code for each in answer.reasons))
    if expect.unanswered is not None:
        yield from _same("unanswered", expect.unanswered, list(answer.unanswered))


def _follow_up(expect: ExpectFollowUp, answer: FollowUpOut) -> Iterator[str]:
    yield from _same("recommends", expect.recommends, answer.recommends)
    yield from _same("so far", expect.so_far, answer.so_far)
    reasons = tuple(each.code for each in answer.reasons)
    yield from _holds("reasons", expect.reasons, reasons)
    yield from _lacks("reasons", expect.no_reasons, reasons)
    yield from _starts("questions", expect.questions, answer.questions)
    for code, value in expect.derived.items():
        yield from _same(code, value, answer.derived.get(code))
    if expect.due is not None:
        yield from _same("due", expect.due, answer.due and answer.due.earliest)
