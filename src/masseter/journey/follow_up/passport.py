"""Issuing an injection passport from the signed treatments of a patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from masseter.core.plan.totals import add_up
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.consult.passport.passport import MOST_TREATMENTS, Given, Passport, Site
from masseter.journey.consult.passport.seal import sealed
from masseter.journey.consult.queries import toxin_dates
from masseter.journey.follow_up.due_days import due_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points, treatments_of
from masseter.journey.people.models import Patient
from masseter.journey.recover.queries import given_on
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A passport with the text of its code, and the newest treatment in it."""

    passport: Passport
    text: str
    newest: Treatment


def issue_passport(by: Actor, patient: Patient) -> Issued | None:
    """The passport of a patient as of today, signed; None where nothing was given yet."""
    treatments = treatments_of(by, patient)
    if not treatments:
        return None
    clinic, newest = clinic_of(by), treatments[-1]
    passport = Passport(
        clinic=seen(clinic.name),
        phone=seen(clinic.phone),
        patient=seen(str(patient)),
        birth_date=patient.birth_date,
        issued_on=clock.today(by.zone),
        earliest_next=_earliest(by, patient, treatments),
        treatments=tuple(_given(by, one) for one in reversed(treatments[-MOST_TREATMENTS:])),
    )
    return Issued(passport=passport, text=sealed(passport), newest=newest)


def _earliest(by: Actor, patient: Patient, treatments: Sequence[Treatment]) -> date | None:
    """Outside the window of every toxin on record, whichever case it was for."""
    dates = toxin_dates(patient)
    last = {one.case_id: one for one in treatments}
    found = [due_of(by, one.case, one, dates) for one in last.values()]
    return max((due.earliest for due in found if due is not None), default=None)


def _given(by: Actor, treatment: Treatment) -> Given:
    totals = add_up(given_points(treatment), treatment.product)
    lots = dict.fromkeys(use.vial.lot.number for use in treatment.vial_uses.all())
    sites = [
        Site(site=site, side=side, units=total.units)
        for (site, side), total in totals.by_site_side.items()
        if total.units > 0
    ]
    return Given(
        given_on=given_on(by, treatment),
        condition=treatment.case.condition,
        product=treatment.product,
        brand=load().products[treatment.product].brand,
        units=totals.whole.units,
        lots=tuple(seen(lot) for lot in lots),
        sites=tuple(sites),
    )


def seen(words: str) -> str:
    """Words without signs that cannot be seen, which no passport may carry."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:200]
