"""`masseter symptom`: what is felt after a treatment: expected, call the clinic, or emergency."""

from __future__ import annotations

from rich.console import Console

from masseter.cli.answers.shape import ReasonOut, SymptomOut
from masseter.cli.case.reading import Case, read_answers
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading, show_reasons
from masseter.core.recover.aftercare import DayBeforeTreatment
from masseter.core.recover.grade import grade_symptoms

_WORDS = {"expected": "Expected", "call": "Call the clinic", "emergency": "Emergency: call for help now"}


def symptom(file: FileArgument, as_json: JsonOption = False, batch: BatchOption = False) -> None:
    """Expected, call or emergency, with every reason; exit code 1 for an emergency."""
    run(VERB, file, as_json=as_json, is_batch=batch)


def _ask(case: Case) -> SymptomOut:
    felt = case.file.symptoms
    if felt is None:
        raise case.need("symptoms")
    if not case.file.condition:
        raise case.need("condition")
    answers = read_answers(case, felt.answers, ("symptoms", "answers"))
    try:
        result = grade_symptoms(
            knowledge=case.knowledge, condition=case.conditions[0], facts=answers, day=felt.day
        )
    except DayBeforeTreatment as error:
        raise case.fault(("symptoms", "day"), str(error)) from None
    return SymptomOut(
        knowledge=case.knowledge.version,
        day=felt.day,
        grade=result.grade,
        reasons=tuple(
            ReasonOut(
                code=each.code,
                says=each.grade,
                sentence=each.sentence,
                sources=each.sources,
                sure=each.sure,
            )
            for each in result.reasons
        ),
        unanswered=result.unanswered,
    )


def _show(answer: SymptomOut, console: Console) -> None:
    heading(f"Day {answer.day}: {_WORDS[answer.grade]}", console)
    show_reasons(answer.reasons, console)
    if answer.unanswered:
        console.print(f"Not answered, so that nothing is reassured: {', '.join(answer.unanswered)}")


VERB = Verb(ask=_ask, show=_show, stops=lambda answer: answer.grade == "emergency")
