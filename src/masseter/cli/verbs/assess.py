"""`masseter assess`: diagnosis and candidacy, for one condition or for all."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from masseter.cli.answers.shape import AssessOut, BecauseOut, DiagnosisOut, VerdictOut
from masseter.cli.case.reading import Case
from masseter.cli.verbs.assess_many import ManyAssessments
from masseter.cli.verbs.convert import because_out, verdict_out
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading, show_findings
from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.consult.diagnose import place_of
from masseter.core.consult.why import explain_candidacy
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition

_SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?"}


WhyOption = Annotated[bool, typer.Option("--why", help="Print the tree of reasons behind each verdict")]


def assess(
    file: FileArgument, as_json: JsonOption = False, batch: BatchOption = False, why: WhyOption = False
) -> None:
    """Diagnosis and candidacy with all findings; exit code 1 where a finding stops."""
    run(WITH_REASONS if why else VERB, file, as_json=as_json, is_batch=batch)


def _ask(case: Case) -> AssessOut:
    return _answer(case, has_reasons=False)


def _ask_why(case: Case) -> AssessOut:
    return _answer(case, has_reasons=True)


def _answer(case: Case, *, has_reasons: bool) -> AssessOut:
    verdicts = [(condition, _assess(case, condition)) for condition in case.conditions]
    return AssessOut(
        knowledge=case.knowledge.version,
        today=case.today,
        jurisdiction=case.file.jurisdiction,
        verdicts=tuple(verdict_out(verdict) for _, verdict in verdicts),
        why=tuple(
            because_out(
                explain_candidacy(verdict, condition=condition, knowledge=case.knowledge, facts=case.standing)
            )
            for condition, verdict in verdicts
            if has_reasons
        ),
    )


def _assess(case: Case, condition: Condition) -> Candidacy:
    plan = case.file.plan
    return assess_candidacy(
        condition=condition,
        knowledge=case.knowledge,
        facts=case.standing,
        jurisdiction=case.file.jurisdiction,
        product=plan.product if plan is not None else None,
    )


def _show_why(answer: AssessOut, console: Console) -> None:
    for reason in answer.why:
        console.print(_grow(reason, None))


def _grow(reason: BecauseOut, above: Tree | None) -> Tree:
    words = Text(f"{_SIGNS[reason.answer]} " if reason.answer else "")
    words.append(reason.says, style="" if above else "bold")
    if reason.fact:
        words.append(f"  [{reason.fact}]", style="cyan")
    if reason.sources:
        words.append(f"  {', '.join(reason.sources)}", style="dim")
    branch = Tree(words) if above is None else above.add(words)
    for part in reason.parts:
        _grow(part, branch)
    return branch


def _show(answer: AssessOut, console: Console) -> None:
    for verdict in answer.verdicts:
        _show_verdict(verdict, console)
    heading(
        f"Knowledge {answer.knowledge}, judged on {answer.today} ({answer.jurisdiction}).", console, "dim"
    )


def _show_verdict(verdict: VerdictOut, console: Console) -> None:
    condition = load().conditions[verdict.condition]
    heading(f"{condition.name}: {verdict.verdict.replace('_', ' ')}", console)
    told = {each.code: place_of(each) for each in condition.diagnoses}
    for diagnosis in verdict.diagnoses:
        _show_diagnosis(diagnosis, told[diagnosis.code], console)
    show_findings(verdict.findings, console)
    if verdict.questions:
        heading("Ask next, what could change most first:", console)
        for code in verdict.questions:
            type_ = load().observations[code]
            console.print(Text(f"  {code}: {type_.question or type_.label}"))
    console.print()


def _show_diagnosis(diagnosis: DiagnosisOut, place: str, console: Console) -> None:
    kind = f" ({place})" if place else ""
    console.print(Text(f"{_SIGNS[diagnosis.answer]} {diagnosis.name}{kind}"))
    for each in diagnosis.criteria:
        told = each.decided_by if each.answer != "unknown" else each.missing
        words = Text(f"    {_SIGNS[each.answer]} {each.label}")
        words.append(f"  {', '.join(told)}", style="dim")
        console.print(words)


def _stops(answer: AssessOut) -> bool:
    return any(found.severity == "stop" for verdict in answer.verdicts for found in verdict.findings)


VERB = Verb(ask=_ask, show=_show, stops=_stops, many=ManyAssessments)
WITH_REASONS = Verb(ask=_ask_why, show=_show_why, stops=_stops)
