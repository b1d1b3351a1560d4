"""`masseter score`: the total of one instrument, and the change against a baseline."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console

from masseter.cli.answers.shape import PartOut, ScoreOut
from masseter.cli.case.problems import BadCase
from masseter.cli.case.reading import Case
from masseter.cli.verbs.convert import findings_out
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading, show_findings
from masseter.core.quantities import plain
from masseter.core.results.parts import PartScore, alarm_findings, parts_of
from masseter.core.results.response import DayScore, Response, respond
from masseter.core.results.score import AnswerValue, InvalidAnswer
from masseter.core.results.score import score as score_of
from masseter.knowledge.load import load


def score(file: FileArgument, as_json: JsonOption = False, batch: BatchOption = False) -> None:
    """The total of a questionnaire, with the change against a baseline where one is given."""
    run(VERB, file, as_json=as_json, is_batch=batch)


def _ask(case: Case) -> ScoreOut:
    asked = case.file.questionnaire
    if asked is None:
        raise case.need("questionnaire")
    instrument = case.knowledge.instruments[asked.instrument]
    answers = {code: _answer(case, code, value) for code, value in asked.answers.items()}
    try:
        found = score_of(instrument, answers)
        change = None if found.total is None else _change(case, asked.baseline, found.total)
        parts, alarms = parts_of(instrument, answers), alarm_findings(instrument, answers, case.knowledge)
    except InvalidAnswer as error:
        raise _at_item(case, error) from None
    best = change.best if change else None
    return ScoreOut(
        knowledge=case.knowledge.version,
        instrument=instrument.code,
        total=found.total,
        band=found.band,
        missing=found.missing,
        is_prorated=found.is_prorated,
        reason=found.reason,
        change_points=best.points if best else None,
        change_percent=best.percent if best else None,
        is_response=best.is_response if best else None,
        thresholds_met=tuple(limit.meaning for limit in change.thresholds_met) if change else (),
        parts=tuple(_part(each) for each in parts),
        alarms=findings_out(alarms),
    )


def _part(told: PartScore) -> PartOut:
    return PartOut(code=told.part.code, name=told.part.name, total=told.total, band=told.band)


def _answer(case: Case, code: str, value: object) -> AnswerValue:
    if value is None or (isinstance(value, str | int | Decimal) and not isinstance(value, bool)):
        return value
    raise case.fault(("questionnaire", "answers", code), "write a number or the code of an answer")


def _change(case: Case, baseline: Decimal | None, total: Decimal) -> Response | None:
    """The change, where there is a baseline and a condition that says what a response is."""
    asked = case.file.questionnaire
    if baseline is None or asked is None or not case.file.condition:
        return None
    return respond(
        instrument=case.knowledge.instruments[asked.instrument],
        baseline=baseline,
        scores=[DayScore(day=0, total=total)],
        condition=case.conditions[0],
    )


def _at_item(case: Case, error: InvalidAnswer) -> BadCase:
    asked = case.file.questionnaire
    is_answer = asked is not None and error.code in asked.answers
    place = ("questionnaire", "answers", error.code) if is_answer else ("questionnaire", "baseline")
    return case.fault(place, error.sentence)


def _show(answer: ScoreOut, console: Console) -> None:
    instrument = load().instruments[answer.instrument]
    if answer.alarms:
        show_findings(answer.alarms, console)
    if answer.total is None:
        heading(f"{instrument.name}: no score. {answer.reason}", console)
        return
    band = f", {answer.band}" if answer.band else ""
    heading(f"{instrument.name}: {plain(answer.total)} {instrument.unit}{band}", console)
    if answer.is_prorated:
        console.print(f"Missing, taken as the mean of the others: {', '.join(answer.missing)}")
    for part in answer.parts:
        shown = "no score" if part.total is None else plain(part.total)
        console.print(f"{part.name}: {shown}{f', {part.band}' if part.band else ''}")
    if answer.change_points is not None:
        share = "" if answer.change_percent is None else f" ({plain(answer.change_percent)} %)"
        console.print(f"Better by {plain(answer.change_points)} points{share} than the baseline.")
    for meaning in answer.thresholds_met:
        console.print(f"Reached: {meaning}")


VERB = Verb(ask=_ask, show=_show, stops=lambda answer: bool(answer.alarms))
