"""What is marked on the face map in the demo: where it hurts, what was felt, one own scheme."""

from __future__ import annotations

from datetime import timedelta

from masseter.cli.demo.acting import Company
from masseter.core.consult.pain import RADII, Stroke
from masseter.core.plan.places import Area, middle_of
from masseter.journey.accounts.queries import actor_for
from masseter.journey.consult.actions import draw_pain
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.plan.models import Plan
from masseter.journey.plan.own_actions import save_own_scheme
from masseter.journey.recover.felt_actions import Droop, mark_felt
from masseter.knowledge.load import load
from masseter.knowledge.model import Side

OWN_NAME = "Masseter and temple, as we do it"
OWN_FROM = ("tmd", "results")  # the condition and step of the character whose plan it is saved from
# condition → places with side, strength and how it feels
HURTS: dict[str, tuple[tuple[str, Side, int, tuple[str, ...]], ...]] = {
    "tmd": (("masseter", "right", 7, ("pressing", "tender")), ("temporalis", "right", 4, ("dull",))),
    "bruxism": (("masseter", "right", 5, ("tight",)), ("masseter", "left", 6, ("tight", "tender"))),
    "chronic_migraine": (
        ("temporalis", "left", 8, ("throbbing",)),
        ("occipitalis", "left", 5, ("pressing",)),
        ("trapezius", "left", 4, ("tight",)),
    ),
    "trigeminal_neuralgia": (("skin_v2", "right", 9, ("electric",)), ("skin_v3", "right", 7, ("stabbing",))),
    "chronic_facial_pain": (("skin_v3", "left", 6, ("burning",)),),
}
# condition → kind, place, side, words
FELT: dict[str, tuple[tuple[str, str, Side, str], ...]] = {
    "tmd": (
        ("more", "masseter", "right", "Still clenching on this side."),
        ("hurt", "temporalis", "left", ""),
    ),
    "bruxism": (("more", "masseter", "left", ""),),
    "chronic_migraine": (
        ("less", "frontalis", "left", "My forehead felt stiff."),
        ("more", "temporalis", "left", "The headache comes from here."),
        ("hurt", "trapezius", "right", ""),
    ),
    "facial_spasm": (("less", "zygomaticus_major", "right", ""),),
}
# The droop that somebody at the step `results` tells of.
DROOPED: dict[str, tuple[str, Side, str]] = {"chronic_migraine": ("frontalis", "right", "brow_ptosis")}
DROOP_DAYS = 12


def pain(case: Case, company: Company, *, by_patient: bool, weaker: int = 0) -> None:
    """A pain drawing of today, at home or at the visit; none for a condition without pain."""
    strokes = [_spot(*place, weaker=weaker) for place in HURTS.get(case.condition, ())]
    if strokes:
        by = _patient(case.patient) if by_patient else company.injector
        draw_pain(by=by, case=case, strokes=strokes)


def felt(treatment: Treatment, *, with_droop: bool) -> None:
    """What the patient marks some weeks after a treatment."""
    by, condition = _patient(treatment.patient), treatment.case.condition
    for kind, site, side, words in FELT.get(condition, ()):
        mark_felt(by=by, treatment=treatment, kind=kind, area=Area(site=site, side=side), words=words)
    if with_droop and condition in DROOPED:
        site, side, effect = DROOPED[condition]
        began = clock.today(by.zone) - timedelta(days=DROOP_DAYS)
        mark_felt(
            by=by,
            treatment=treatment,
            kind="drooped",
            area=Area(site=site, side=side),
            droop=Droop(effect=effect, severity="mild", started_on=began),
        )


def own_scheme(plan: Plan, company: Company) -> None:
    """The clinic's own scheme, saved from a plan."""
    save_own_scheme(by=company.injector, plan=plan, name=OWN_NAME, is_shared=True)


def _patient(patient: Patient) -> Actor:
    found = actor_for(patient.user, clinic_id=patient.clinic_id) if patient.user is not None else None
    if found is None:
        raise AssertionError(f"{patient} cannot sign in")
    return found


def _spot(site: str, side: Side, strength: int, qualities: tuple[str, ...], *, weaker: int) -> Stroke:
    middle = middle_of(Area(site=site, side=side), load())
    return Stroke(
        view=middle.view,
        line=((middle.x, middle.y),),
        radius=RADII["medium"],
        strength=max(strength - weaker, 0),
        qualities=qualities,
    )
