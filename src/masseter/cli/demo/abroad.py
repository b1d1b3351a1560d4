"""The demo's clinic in the United States: one patient, so that claims and letters to a payer can be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from masseter.cli.demo import acting, aftermath, storage
from masseter.cli.demo.acting import Company, moment
from masseter.cli.demo.cast import Character, Part
from masseter.core.follow_up.authorisation import RequestKind
from masseter.journey.accounts.actions import found_clinic
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.payer import payer_request
from masseter.journey.follow_up.payer_actions import keep_payer_letter
from masseter.journey.ground import clock
from masseter.journey.inject.models import Treatment
from masseter.journey.stock.actions import receive_lot
from masseter.journey.stock.storage_actions import add_unit
from masseter.ui.paper.typst import render
from masseter.ui.payer import CLOSING, OPENING, payer_paper

SLUG = "demo-us"
CONDITION = "chronic_migraine"
FIRST, SECOND, ASKED, THIRD = 206, 108, 10, 2  # days before today: treatments, and the request to go on
SEEN = 5  # days before the first treatment
RECEIVED = 10  # days before the first treatment
# The first one uses up its vial (JZ), with syringes that hold no rest; the others leave one (JW).
LOW = {site: Decimal("2.5") for site in ("frontalis", "temporalis", "occipitalis", "cervical_paraspinal")}
LOW_ML = Decimal(2)
SCORES = ({0: 21, 28: 16, 56: 13, 84: 15}, {28: 10, 56: 9, 84: 11})
# No anti-CGRP medicine was tried: one criterion of the payers is not met.
TRIED = {"preventives_tried": ["topiramate", "beta_blocker"], "preventives_short": ["none"]}
# Invented: no such payer exists.
PAYER = {
    "payer": "Example Health Plan (invented)",
    "address": "Utilization Management\nPO Box 100\nAlbany, NY",
    "member": "EX-000-DEMO",
    "opening": OPENING,
    "closing": CLOSING,
}
LOTS = (("botox-100", "DEMO-US-100", 2), ("botox-200", "DEMO-US-200", 4))


def found() -> Clinic:
    """The clinic, founded before its first patient came."""
    with clock.travel(moment(FIRST + RECEIVED + 1)):
        return found_clinic(
            slug=SLUG,
            name="Lakeside Headache Center (demo)",
            jurisdiction="US",
            zone="America/New_York",
            phone="(212) 555-0142",
            emergency_number="911",
            is_demo=True,
        )


def patient_of(cast: list[Character]) -> Character:
    """The person: what others with the condition have, and what payers in the US ask for."""
    other = next(one for one in cast if one.part.condition == CONDITION and not one.is_published)
    part = replace(other.part, facts={**other.part.facts, **TRIED}, effect=None)
    return replace(
        other,
        step="follow_up",
        part=part,
        given_names="Dana",
        family_name="Whitaker",
        birth_date=date(1986, 5, 21),
        sex="female",
        phone="(212) 555-0158",
    )


def play(character: Character, company: Company) -> None:
    """A first request, two treatments with their reviews, the request to go on, and a third treatment."""
    low = replace(character.part, doses=LOW, diluent_ml=LOW_ML, syringes=0, scores=_scored(0))
    character = replace(character, part=low)
    with clock.travel(moment(FIRST + RECEIVED)):
        _stock(company)
    with clock.travel(moment(FIRST + SEEN, 14)):
        patient = acting.add(character, company)
        case = acting.consult(patient, company, low)
    with clock.travel(moment(FIRST + SEEN, 15)):
        aftermath.baseline(case, character, company)
        acting.conclude(case, company, character)
        plan = acting.draft(case, company, low)
        _write(case, company, "start")
    with clock.travel(moment(FIRST, 16)):
        plan = acting.approve(plan, company)
    with clock.travel(moment(FIRST, 17)):
        first = acting.treat(plan, company)
    _afterwards(case, character, company, first, FIRST)
    usual = replace(low, doses={}, diluent_ml=None, syringes=None, scores=_scored(1))
    second = _again(case, company, acting.after_toxin(usual, first), SECOND)
    _afterwards(case, replace(character, part=usual), company, second, SECOND)
    with clock.travel(moment(ASKED, 15)):
        _write(case, company, "renewal")
    _again(case, company, acting.after_toxin(usual, second), THIRD)


def _again(case: Case, company: Company, part: Part, ago: int) -> Treatment:
    with clock.travel(moment(ago, 14)):
        acting.ask_again(case, company, part)
    with clock.travel(moment(ago, 15)):
        plan = acting.approve(acting.draft(case, company, part), company)
    with clock.travel(moment(ago, 17)):
        return acting.treat(plan, company)


def _afterwards(case: Case, character: Character, company: Company, treatment: Treatment, ago: int) -> None:
    with clock.travel(moment(ago - 3, 19)):
        aftermath.symptoms(treatment, company, sore=True)
    aftermath.scores(case, treatment, character, company)
    with clock.travel(moment(ago - aftermath.REVIEW_DAY, 15)):
        aftermath.review(case, company, character)


def _scored(cycle: int) -> dict[int, Decimal]:
    return {day: Decimal(score) for day, score in SCORES[cycle].items()}


def _write(case: Case, company: Company, kind: RequestKind) -> None:
    """Keep a letter as the page does: what the record says on the day, and the paper."""
    by, today = company.injector, clock.today(company.injector.zone)
    request = payer_request(by, case, kind, today=today)
    told = payer_paper(request, case, case.clinic, PAYER, by=by.name, today=today)
    keep_payer_letter(
        by=by,
        case=case,
        kind=kind,
        payer=PAYER["payer"],
        seen=request.seen,
        told=told,
        pdf=render("payer", told),
    )


def _stock(company: Company) -> None:
    by = company.manager
    place, minutes = storage.UNITS[storage.MAIN]
    unit = add_unit(by=by, name="Refrigerator", place=place, longest_minutes=minutes)
    for presentation, number, count in LOTS:
        receive_lot(
            by=by,
            product="botox",
            presentation=presentation,
            number=number,
            expires_on=moment(0).date() + timedelta(days=400),
            count=count,
            unit=unit,
        )
