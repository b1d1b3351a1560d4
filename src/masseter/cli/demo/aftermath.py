"""What follows a treatment in the demo: scores, diary, symptoms, an unwanted effect, a review."""

from __future__ import annotations

from datetime import date, timedelta

from masseter.cli.demo.acting import Company, moment
from masseter.cli.demo.cast import Character
from masseter.core.facts import Observation
from masseter.core.follow_up.decide import DATED
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.actions import hold_review
from masseter.journey.follow_up.queries import Asked, at_review
from masseter.journey.ground import clock
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.actions import add_adverse_event, check_symptoms
from masseter.journey.results.actions import add_score, write_diary
from masseter.journey.results.diary import Value, fields_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument

DIARY_DAYS = 28
REVIEW_DAY = 90
EFFECT = "Clearly better for about ten weeks, then slowly back."
WISH_ASSUMED = "The wish for another treatment is assumed for the demo."
LARGEST = {"attacks": 40}


def baseline(case: Case, character: Character, company: Company) -> None:
    """The score before the first treatment, and what the diary said before it."""
    instrument = _main(case)
    today = clock.today(company.injector.zone)
    value = character.part.scores.get(0)
    if value is None:
        # Not told: the review asks for it.
        return
    add_score(
        by=company.injector,
        case=case,
        instrument=instrument.code,
        day=today,
        answers={_key(instrument): value},
        is_baseline=True,
        note=character.part.scores_note,
    )


def scores(case: Case, treatment: Treatment, character: Character, company: Company) -> None:
    """The later scores, each on its day, as far as the character has come."""
    instrument = _main(case)
    given = treatment.given_at.date()
    for after, value in character.part.scores.items():
        day = given + timedelta(days=after)
        ago = (moment(0).date() - day).days
        if after == 0 or ago < 0:
            continue
        with clock.travel(moment(ago, 16)):
            add_score(
                by=company.injector,
                case=case,
                instrument=instrument.code,
                day=clock.today(company.injector.zone),
                answers={_key(instrument): value},
                note=character.part.scores_note,
            )


def diary(case: Case, company: Company, worst: int) -> None:
    """Four weeks of diary up to today, two days left out."""
    for ago in range(DIARY_DAYS, 0, -1):
        if ago in {9, 17}:
            continue
        with clock.travel(moment(ago, 20)):
            day = clock.today(company.injector.zone)
            write_diary(by=company.injector, case=case, day=day, values=_values(case, day, worst))


def symptoms(treatment: Treatment, company: Company, *, sore: bool) -> None:
    """A symptom check by telephone: everything asked, at most one thing found."""
    known = load().observations
    asked = [code for code, type_ in known.items() if "symptom_check" in type_.asked_in]
    today = clock.today(company.injector.zone)
    facts = {
        code: Observation(
            code=code,
            value=sore and code == "sore_where_treated",
            observed_on=today,
            reported_by="patient",
        )
        for code in asked
        if known[code].kind == "boolean"
    }
    check_symptoms(by=company.injector, treatment=treatment, facts=facts)


def unwanted(treatment: Treatment, character: Character, company: Company) -> None:
    """An unwanted effect that came and went, where there was one."""
    effect = character.part.effect
    if effect is None:
        return
    given = treatment.given_at.date()
    started = given + timedelta(days=effect.from_day)
    add_adverse_event(
        by=company.injector,
        treatment=treatment,
        effect=effect.code,
        started_on=started,
        severity="mild",
        outcome="resolved",
        resolved_on=given + timedelta(days=effect.to_day),
        words="Went away by itself.",
    )


def review(case: Case, company: Company, character: Character) -> None:
    """A review visit that follows the advice, or repeats where no rule decides."""
    by = company.injector
    today = clock.today(by.zone)
    asked: Asked = "recorded" if character.part.effect else "none"
    seen = at_review(by, case, today=today, wish="yes", asked=asked)
    advised = seen.recommendation.recommends
    decision = advised if advised in {"repeat", "adjust", "pause", "stop", "refer"} else "repeat"
    has_day = decision in DATED
    due = seen.due.earliest if seen.due is not None and has_day else None
    hold_review(
        by=by,
        case=case,
        effect=f"{character.told} {WISH_ASSUMED}" if character.is_published else EFFECT,
        asked=asked,
        wish="yes",
        decision=decision,
        reason="" if decision == advised else "Benefit as hoped for, no lasting unwanted effect.",
        next_due_on=max(due, today) if due is not None else None,
    )


def _values(case: Case, day: date, worst: int) -> dict[str, Value]:
    """Values that rise and fall a little, the same each time the demo is loaded."""
    wave = (day.toordinal() * 7 + case.pk * 3) % 5
    values: dict[str, Value] = {}
    for field in fields_of(load().conditions[case.condition]):
        if field.kind == "yes_no":
            values[field.code] = wave == 0 if field.code == "migraine" else wave < 2
        else:
            values[field.code] = max(0, min(LARGEST.get(field.code, 10), worst - 2 + wave))
    return values


def _main(case: Case) -> Instrument:
    known = load()
    return known.instruments[known.conditions[case.condition].main_measure]


def _key(instrument: Instrument) -> str:
    return "total" if instrument.total_only else instrument.items[0].code
