"""`masseter follow-up`: repeat, adjust, pause, stop or refer, and the earliest next day."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console

from masseter.cli.answers.shape import DueOut, FollowUpOut, ReasonOut
from masseter.cli.case.reading import Case
from masseter.cli.case.shape import Course
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading, show_reasons
from masseter.core.facts import Observation, day_told
from masseter.core.follow_up.due import Due, next_due
from masseter.core.follow_up.looks import review_days
from masseter.core.follow_up.recommend import Recommendation, recommend
from masseter.core.follow_up.safety import findings_at_review
from masseter.core.intervals import longest_interval
from masseter.core.results.cycles import Cycle, derive_cycle_facts
from masseter.core.results.response import DayScore, InvalidScoreDay
from masseter.core.results.score import InvalidAnswer
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument

_ENDS = ("stop", "refer")


def follow_up(file: FileArgument, as_json: JsonOption = False, batch: BatchOption = False) -> None:
    """What to do next, with all reasons; exit code 1 where it is stop or refer."""
    run(VERB, file, as_json=as_json, is_batch=batch)


def _ask(case: Case) -> FollowUpOut:
    course = case.file.course
    if course is None:
        raise case.need("course")
    if not case.file.condition:
        raise case.need("condition")
    derived = _derived(case, course)
    advice = _advice(case, derived)
    return FollowUpOut(
        knowledge=case.knowledge.version,
        recommends=advice.recommends,
        so_far=advice.so_far or "",
        reasons=tuple(
            ReasonOut(
                code=each.code,
                says=each.recommends,
                sentence=each.sentence,
                sources=each.sources,
                sure=each.sure,
            )
            for each in advice.reasons
        ),
        questions=advice.questions,
        derived={code: str(found.value) for code, found in sorted(derived.items())},
        due=_due_out(_due(case, course)),
    )


def _derived(case: Case, course: Course) -> dict[str, Observation]:
    condition = case.conditions[0]
    try:
        return derive_cycle_facts(
            condition=condition,
            instrument=_instrument(case, course),
            cycles=_cycles(case, course),
            today=case.today,
            monthly_headache_days=course.months,
            had_adverse_event=course.had_adverse_event,
            serious_adverse_event=course.serious_adverse_event,
            wants_more=course.wants_more,
        )
    except (InvalidAnswer, InvalidScoreDay) as error:
        raise case.fault(("course",), str(error)) from None


def _instrument(case: Case, course: Course) -> Instrument:
    return case.knowledge.instruments[course.instrument or case.conditions[0].main_measure]


def _cycles(case: Case, course: Course) -> tuple[Cycle, ...]:
    """The cycles, oldest first; each but the last is closed, and each is judged as its scheme says."""
    ordered = sorted(course.cycles, key=lambda cycle: cycle.given_on)
    return tuple(
        Cycle(
            baseline=course.baseline,
            scores=tuple(DayScore(day=each.day, total=Decimal(each.total)) for each in cycle.scores),
            is_closed=cycle is not ordered[-1],
            review_from=_judged_from(case, cycle.protocol),
        )
        for cycle in ordered
    )


def _judged_from(case: Case, protocol: str) -> Decimal:
    days, _ = review_days(case.conditions[0], case.knowledge.protocols.get(protocol))
    return days.low


def _advice(case: Case, derived: dict[str, Observation]) -> Recommendation:
    """The advice; the plan stands for the last treatment, as some rules hold for one product alone."""
    condition, jurisdiction, plan = case.conditions[0], case.file.jurisdiction, case.file.plan
    product = plan.product if plan else ""
    findings = findings_at_review(
        condition=condition,
        knowledge=case.knowledge,
        facts=case.facts,
        jurisdiction=jurisdiction,
        product=product,
    )
    return recommend(
        condition=condition,
        knowledge=case.knowledge,
        facts={**case.facts, **derived},
        jurisdiction=jurisdiction,
        findings=findings,
        diagnosis=plan.diagnosis if plan else "",
        product=product,
    )


def _due(case: Case, course: Course) -> Due | None:
    """The earliest next day, outside the window of every toxin in the file; None where there is none.

    Without a plan the condition's own interval counts.
    """
    plan, told = case.file.plan, day_told(case.facts)
    days = [cycle.given_on for cycle in course.cycles]
    days += [each.given_on for each in case.file.earlier or ()]
    days += [told] if told is not None else []
    if not days:
        return None
    product = case.knowledge.products[plan.product] if plan is not None else None
    protocol = case.knowledge.protocols[plan.protocol] if plan is not None and plan.protocol else None
    asked = longest_interval(condition=case.conditions[0], product=product, protocol=protocol)
    return next_due(
        given_on=max(days),
        interval_days=asked.days,
        interval_months=product.interval_months if product is not None else None,
        all_toxin_dates=days,
    )


def _due_out(due: Due | None) -> DueOut | None:
    if due is None:
        return None
    return DueOut(
        earliest=due.earliest,
        days_window_ends=due.days_window_ends,
        months_window_ends=due.months_window_ends,
    )


def _show(answer: FollowUpOut, console: Console) -> None:
    so_far = f" (so far: {answer.so_far})" if answer.recommends == "ask" and answer.so_far else ""
    heading(f"{answer.recommends.capitalize()}{so_far}", console)
    show_reasons(answer.reasons, console)
    for code in answer.questions:
        type_ = load().observations[code]
        console.print(f"Ask: {code}: {type_.question or type_.label}", markup=False)
    if answer.due:
        console.print(f"Not before {answer.due.earliest}.")


VERB = Verb(ask=_ask, show=_show, stops=lambda answer: answer.recommends in _ENDS)
