"""An unwanted effect leads to the muscles that can cause it, their dose, the lot and its other patients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.core.findings import one_reason
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import prepare
from masseter.journey.recover.actions import add_adverse_event
from masseter.journey.recover.models import AdverseEvent
from masseter.journey.recover.traces import treated_from
from tests.clinic.cycles.cases import as_rows
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient
from tests.journey.given import DOCTOR, approved_plan, make_lot, make_treatment, session_for, vials_of

SignIn = Callable[..., Client]
PTOSIS = "eyelid_ptosis"


@pytest.fixture
def by(clinic: Clinic, actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def treatment(by: Actor) -> Treatment:
    return make_treatment(by, approved_plan(by))


def event_of(
    by: Actor, treatment: Treatment, effect: str, words: str = "", side: str = "unknown"
) -> AdverseEvent:
    began = clock.today(by.zone) + timedelta(days=5)
    with clock.travel(clock.now() + timedelta(days=6)):
        return add_adverse_event(
            by=by,
            treatment=treatment,
            effect=effect,
            words=words,
            side=side,
            started_on=began,
            severity="mild",
        )


def test_lot_of_another_clinic_is_not_there(by: Actor, treatment: Treatment, other_clinic: Clinic) -> None:
    """The same number, made by the same maker: its patients there are nobody's business here."""
    with clinic_scope(other_clinic.pk):
        there = make_actor(other_clinic, *DOCTOR)
        foreign = make_treatment(there, approved_plan(there), vials_of(make_lot(there))[:1])
        number = foreign.vial_uses.get().vial.lot.normalised
    lot = treatment.vial_uses.get().vial.lot
    assert number == lot.normalised

    found = treated_from(by, [lot])

    assert [each.treatment.pk for each in found] == [treatment.pk]


def test_effect_leads_to_muscles_lot_and_others_who_had_the_same(
    by: Actor, treatment: Treatment, signed_in: SignIn
) -> None:
    event = event_of(by, treatment, PTOSIS)
    lot = treatment.vial_uses.get().vial.lot
    same, free = (as_rows(treatment, days_ago=days, cycle=days, patient=make_patient(by)) for days in (2, 3))
    event_of(by, same, PTOSIS)
    browser = signed_in(*DOCTOR)
    alone = reverse("adverse", args=[event.pk])

    page = browser.get(alone)

    told = words(page)
    assert "began on day 5 after the treatment of" in told
    assert "The side is not known, so both sides are shown." in told
    assert "which is when this effect is known to begin" in told
    assert "Corrugator supercilii, left 5 CORR-L-1" in told
    assert "Frontalis, right 10 FRON-R-1, FRON-R-2" in told
    assert "not treated that day: Orbicularis oculi" in told
    assert "2 other patients of this clinic were treated from this lot" in told
    assert "1 had the same effect" in told
    assert f"{same.patient.number} " in told
    assert same.patient.family_name not in told
    assert f'href="{reverse("treatment", args=[free.pk])}"' in page.content.decode()
    assert lot.number in told
    assert queries_of(browser, alone) <= 25

    lot_page = words(browser.get(reverse("lot_effects", args=[lot.pk])))
    assert "3 patients of this clinic were treated from this lot, and 2 had an unwanted effect" in lot_page


def test_effect_on_one_side_leads_to_that_side_first(
    by: Actor, treatment: Treatment, signed_in: SignIn
) -> None:
    event = event_of(by, treatment, PTOSIS, side="left")

    own, _, other = words(signed_in(*DOCTOR).get(reverse("adverse", args=[event.pk]))).partition(
        "Treated on the right, the other side"
    )

    assert "Drooping of the upper lid, left began on day 5" in own
    assert "Corrugator supercilii, left 5 CORR-L-1" in own
    assert "Procerus" in own
    assert "CORR-R-1" not in own
    assert "Corrugator supercilii, right 5 CORR-R-1" in other
    assert "both sides are shown" not in own


def test_effect_on_the_side_without_a_suspect_asks_once_more_which_side(
    by: Actor, treatment: Treatment, signed_in: SignIn
) -> None:
    event = event_of(by, treatment, "masseter_bulge", side="right")

    told = words(signed_in(*DOCTOR).get(reverse("adverse", args=[event.pk])))

    assert "No treated muscle on the right or in the middle is known to cause this" in told
    assert "which side it is" in told


def test_lot_in_two_packs_is_told_once(by: Actor, signed_in: SignIn) -> None:
    """The same maker's number in packs of 100 and of 200 units: one lot, and its other patients once."""
    packs = [vials_of(make_lot(by, presentation=pack, count=1)) for pack in ("botox-100", "botox-200")]
    plan, vials = approved_plan(by), [vial for pack in packs for vial in pack]
    session = session_for(by, plan, vials)
    planned = next(vial for vial in vials if vial.lot.presentation == plan.presentation)
    ml_per_unit = plan.diluent_ml / planned.label_units
    openings = {
        vial.pk: replace(session.openings[vial.pk], diluent_ml=ml_per_unit * vial.label_units)
        for vial in vials
    }
    session = replace(session, openings=openings)
    reasons = one_reason(prepare(by, plan, session, vials).findings, "Both packs were checked.")
    treatment = sign_treatment(by=by, plan=plan, session=replace(session, reasons=reasons))
    assert len({use.vial.lot_id for use in treatment.vial_uses.all()}) == 2
    as_rows(treatment, days_ago=2, cycle=2, patient=make_patient(by))
    event = event_of(by, treatment, PTOSIS)

    told = words(signed_in(*DOCTOR).get(reverse("adverse", args=[event.pk])))

    assert told.count("1 other patient of this clinic was treated from this lot") == 1


def test_effect_in_own_words_asks_what_it_was(by: Actor, treatment: Treatment, signed_in: SignIn) -> None:
    event = event_of(by, treatment, "", words="A strange feeling")

    told = words(signed_in(*DOCTOR).get(reverse("adverse", args=[event.pk])))

    assert "Choose above what happened" in told
    assert "Nobody else of this clinic was treated from this lot" in told


def test_effect_that_no_treated_muscle_explains_says_so(
    by: Actor, treatment: Treatment, signed_in: SignIn
) -> None:
    event = event_of(by, treatment, "masseter_bulge")

    told = words(signed_in(*DOCTOR).get(reverse("adverse", args=[event.pk])))

    assert "No treated muscle is known to cause this" in told
    assert "earlier than this effect is known to begin" in told


def test_only_who_may_see_charts_follows_a_lot_to_its_patients(
    by: Actor, treatment: Treatment, signed_in: SignIn
) -> None:
    lot = treatment.vial_uses.get().vial.lot
    link = reverse("lot_effects", args=[lot.pk])
    manager, injector = signed_in(Role.MANAGER), signed_in(Role.INJECTOR)

    assert link not in manager.get(reverse("lot", args=[lot.pk])).content.decode()
    assert manager.get(link).status_code == 403
    assert link in injector.get(reverse("lot", args=[lot.pk])).content.decode()
