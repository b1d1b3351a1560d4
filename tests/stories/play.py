"""The stretches that every published story has in common; each story asserts what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.stories import (
    arriving,
    consulting,
    injecting,
    measuring,
    planning,
    recovering,
    reviewing,
    screening,
    stocking,
)
from tests.stories.reviewing import Advised
from tests.stories.screening import SelfCheck
from tests.stories.script import Stage
from tests.stories.walk import Answer

OFF_LABEL = "This use is off-label"


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """What a consultation said: before and after the questions that the publication leaves open."""

    before: str
    questions: list[str]
    after: str
    cautions: list[str]
    notes: list[str]
    consent: str


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What the plan said."""

    units: str
    points: int
    by_muscle: dict[str, str]
    cautions: list[str]


def come(stage: Stage) -> SelfCheck:
    """From the public page to a patient with an appointment and a case."""
    stage.on_day(-21)
    check = screening.check_oneself(stage)
    screening.ask_for_appointment(stage)
    stage.on_day(-20)
    arriving.accept(stage)
    stage.script.outcome.said.update(
        self_check={"with the published facts": check.first, "after the questions": check.last},
        self_check_reasons=check.reasons,
    )
    return check


def consult(stage: Stage, wish: str) -> Consultation:
    """Intake at home, confirmed; examination; verdict; questions answered; verdict; decision; consent."""
    script = stage.script
    stage.on_day(-8)
    consulting.fill_in_at_home(stage)
    stage.on_day(-7)
    consulting.confirm_intake(stage)
    consulting.examine(stage, script.told)
    before = consulting.verdict(stage)
    questions = consulting.questions_to_ask(stage)
    consulting.answer_what_is_asked(stage)
    after = consulting.verdict(stage)
    notes = stage.injector.sentences("Note")
    consulting.choose_diagnosis(stage)
    cautions = consulting.write_reasons(stage)
    consent = consulting.decide_and_consent(stage, wish)
    script.outcome.said.update(
        verdict={"with the published facts": before, "after the questions": after},
        diagnosis=script.diagnosis,
        cautions=cautions,
        asked_by_the_product=questions,
        consent_says_off_label=OFF_LABEL in consent,
    )
    return Consultation(
        before=before, questions=questions, after=after, cautions=cautions, notes=notes, consent=consent
    )


def plan(stage: Stage, size: str, units: Mapping[str, str] | None = None, *, diluent: str = "") -> Planned:
    """Vials in stock; the scheme drafted with the published units and dilution; reasons; approval."""
    stocking.receive(stage, size)
    planning.draft(stage)
    planning.dose(stage, units or {})
    planning.draw_up(stage, size, diluent)
    cautions = planning.give_reasons(stage)
    planning.propose(stage)
    text = planning.approve(stage)
    whole, points = planning.whole(text)
    by_muscle = planning.totals(stage)
    planning.picture(stage)
    stage.script.outcome.said.update(
        plan={"scheme": stage.script.scheme, "units": whole, "points": points, "by muscle": by_muscle},
        plan_cautions=cautions,
    )
    return Planned(units=whole, points=points, by_muscle=by_muscle, cautions=cautions)


def inject_and_recover(stage: Stage, symptoms: Mapping[str, Answer], *, day: int = 3) -> str:
    """Given as planned and signed; on a later day the patient checks the symptoms. Answers what it said."""
    stage.on_day(0)
    injecting.give_as_planned(stage)
    injecting.papers_are_there(stage)
    stage.on_day(day)
    recovering.read_aftercare(stage)
    grade = recovering.check_symptoms(stage, symptoms)
    stage.script.outcome.said.update(symptom_check={"day": day, "answer": grade})
    return grade


def ask_first(stage: Stage, effect: str) -> Advised:
    """A review without any score: the product asks and recommends nothing; the day to look again is kept."""
    advised = reviewing.look(stage, effect, wish="Yes")
    assert advised.advice == "Ask first"
    assert "a score of the main measure" in advised.asks
    assert advised.reasons == []
    look_again = max(advised.earliest or stage.today, stage.today)
    reviewing.decide(stage, "Pause", due=look_again)
    tell(stage, advised, "Pause", look_again)
    return advised


def measure(stage: Stage, instrument: str, course: Mapping[int, Decimal]) -> str:
    """The scores after the treatment on their days; answers the results page of the last day."""
    for day, value in sorted(course.items()):
        if day > 0:
            stage.on_day(day)
            measuring.enter_score(stage, instrument, value)
    text = measuring.read_results(stage)
    stage.script.outcome.said.update(
        scores={instrument: {str(day): str(value) for day, value in course.items()}}
    )
    return text


def review(stage: Stage, effect: str, *, unwanted: str = "Asked: there was none") -> Advised:
    """A review visit as recommended; where it goes on, a day inside the interval is refused."""
    advised = reviewing.look(stage, effect, wish="Yes", unwanted=unwanted)
    decision = reviewing.DECISIONS[advised.advice]
    if reviewing.goes_on(advised):
        assert advised.earliest is not None, "a treatment was given, so an interval runs"
        due = max(advised.earliest, stage.today)
        if advised.earliest > stage.today:
            reviewing.decide_too_early(stage, advised, decision)
        reviewing.decide(stage, decision, due=due)
        reviewing.recall_is_listed(stage, due)
        tell(stage, advised, decision, due)
    else:
        is_paused, earliest = decision == "Pause", advised.earliest or stage.today
        due = max(earliest, stage.today) if is_paused else None
        reviewing.decide(stage, decision, due=due)
        tell(stage, advised, decision, due)
    return advised


def tell(stage: Stage, advised: Advised, decision: str, due: date | None) -> None:
    """Write down what was recommended and what was decided."""
    stage.script.outcome.said.update(
        recommendation=advised.advice,
        recommendation_reasons=advised.reasons,
        recommendation_asks=advised.asks,
        earliest_day=advised.earliest,
        decided=decision,
        next_due_from=due,
    )
    stage.script.outcome.keep()
