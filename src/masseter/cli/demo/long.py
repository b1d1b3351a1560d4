"""One long course in the demo: six treatments of one person, a little changed, with what each brought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from masseter.cli.demo import acting, aftermath, marks, storage
from masseter.cli.demo.acting import Company, moment
from masseter.cli.demo.cast import Character
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.inject.models import Treatment
from masseter.journey.stock.actions import receive_lot
from masseter.journey.stock.models import StorageUnit

CONDITION = "bruxism"
FILE = Path(__file__).with_name("long.yaml")
APART = 98  # days between two treatments
LAST = 98  # days before today on which the last was given
RECEIVED = 30  # days before the first treatment
GOOD_AFTER = 60  # days for which its vials could still be used after the last treatment


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One cycle: units at each point of a site, and the scores by day after the treatment."""

    doses: dict[str, Decimal]
    scores: dict[int, Decimal]


def turns() -> list[Turn]:
    """The cycles, first to last."""
    told: list[dict[str, Any]] = YAML(typ="safe").load(FILE)  # Any: as the file has it
    return [
        Turn(
            doses={site: Decimal(str(units)) for site, units in one["doses"].items()},
            scores={day: Decimal(str(score)) for day, score in one["scores"].items()},
        )
        for one in told
    ]


def character(cast: list[Character]) -> Character:
    """The person: what others with the condition have, under a name of their own."""
    other = next(one for one in cast if one.part.condition == CONDITION and not one.is_published)
    return replace(
        other,
        step="follow_up",
        part=replace(other.part, effect=None),
        given_names="Rosalind",
        family_name="Hartmann-Okonkwo",
        birth_date=date(1979, 3, 8),
        sex="female",
    )


def founded_days() -> int:
    """How many days before today the clinic must have been there."""
    return LAST + APART * (len(turns()) - 1) + RECEIVED + 5


def play(character: Character, company: Company) -> None:
    """Take one person through all cycles; a review after each but the last."""
    told = turns()
    first = LAST + APART * (len(told) - 1)
    expires_on = moment(LAST).date() + timedelta(days=GOOD_AFTER)
    with clock.travel(moment(first + RECEIVED)):
        _stock(company, expires_on)
    with clock.travel(moment(first + 3)):
        patient = acting.add(character, company)
        case = acting.consult(patient, company, character.part)
    with clock.travel(moment(first + 3, 10)):
        aftermath.baseline(case, character, company)
        acting.conclude(case, company, character)
    part, ago = character.part, first
    for turn in told:
        part = replace(part, doses=turn.doses, scores=turn.scores)
        last = _cycle(case, replace(character, part=part), company, ago, is_last=turn is told[-1])
        part, ago = acting.after_toxin(part, last), ago - APART


def _cycle(case: Case, character: Character, company: Company, ago: int, *, is_last: bool) -> Treatment:
    part = character.part
    with clock.travel(moment(ago, 9)):
        acting.ask_again(case, company, part)
    with clock.travel(moment(ago, 10)):
        plan = acting.draft(case, company, part)
    with clock.travel(moment(ago, 11)):
        plan = acting.approve(plan, company)
    with clock.travel(moment(ago, 12)):
        treatment = acting.treat(plan, company)
    with clock.travel(moment(ago - 3, 15)):
        aftermath.symptoms(treatment, company, sore=not is_last)
    aftermath.scores(case, treatment, character, company)
    with clock.travel(moment(ago - 30, 18)):
        marks.felt(treatment, with_droop=False)
    if not is_last:
        with clock.travel(moment(ago - aftermath.REVIEW_DAY, 10)):
            aftermath.review(case, company, character)
    return treatment


def _stock(company: Company, expires_on: date) -> None:
    """Vials of that time, used up by the last treatment."""
    by = company.manager
    receive_lot(
        by=by,
        product="botox",
        presentation="botox-100",
        number="DEMO-B100-OLD",
        expires_on=expires_on,
        count=len(turns()),
        unit=StorageUnit.objects.get(clinic_id=by.clinic_id, name=storage.MAIN),
    )
