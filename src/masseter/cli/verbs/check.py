"""`masseter check`: every finding about a plan, or about a treatment where the file has one."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console

from masseter.cli.answers.shape import CheckOut
from masseter.cli.case.planning import Planned, read_plan
from masseter.cli.case.reading import Case
from masseter.cli.case.treating import read_treatment
from masseter.cli.verbs.convert import findings_out
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading, show_findings
from masseter.core.findings import Finding, still_blocking
from masseter.core.inject.check import check_treatment
from masseter.core.plan.check import check_plan


def check(file: FileArgument, as_json: JsonOption = False, batch: BatchOption = False) -> None:
    """Every finding about a plan or a treatment, all at once; exit code 1 where one stops."""
    run(VERB, file, as_json=as_json, is_batch=batch)


def plan_findings(case: Case, planned: Planned) -> tuple[Finding, ...]:
    """What the page, the action and the command line alike say about a plan."""
    return check_plan(
        plan=planned.draft,
        patient=planned.safety,
        knowledge=case.knowledge,
        jurisdiction=case.file.jurisdiction,
        today=case.today,
        earlier=planned.earlier,
        stock=planned.stock,
        overrides=planned.overrides,
    )


def treatment_findings(case: Case, planned: Planned) -> tuple[Finding, ...]:
    """What is said about a treatment before it is signed."""
    given = read_treatment(case, planned)
    ended: datetime = given.ended
    return check_treatment(
        timeout=given.timeout,
        approved=given.approved,
        given=given.given,
        left_out=given.left_out,
        vials=given.vials,
        consent=given.consent,
        patient=planned.safety,
        knowledge=case.knowledge,
        jurisdiction=case.file.jurisdiction,
        today=case.today,
        now=ended,
        began=given.began,
        earlier=planned.earlier,
    )


def _ask(case: Case) -> CheckOut:
    planned = read_plan(case)
    is_treatment = case.file.treatment is not None
    findings = treatment_findings(case, planned) if is_treatment else plan_findings(case, planned)
    blocking = still_blocking(findings, planned.overrides)
    return CheckOut(
        knowledge=case.knowledge.version,
        checked="treatment" if is_treatment else "plan",
        findings=findings_out(findings),
        blocking=tuple(f"{found.code} {found.subject}".strip() for found in blocking),
        may_go_on=not blocking,
    )


def _show(answer: CheckOut, console: Console) -> None:
    show_findings(answer.findings, console)
    heading("Nothing blocks." if answer.may_go_on else f"{len(answer.blocking)} findings block.", console)


VERB = Verb(
    ask=_ask,
    show=_show,
    stops=lambda answer: any(found.severity == "stop" for found in answer.findings),
)
