"""What goes out of a vial: locked while it is drawn from, so that two people never draw the same units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Value
from django.db.models.functions import Greatest

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.people.models import Patient
from masseter.journey.stock.alerted import refuse_alerted
from masseter.journey.stock.models import Lot, Stay, Vial
from masseter.knowledge.load import load

FINISHED = frozenset({Vial.State.USED, Vial.State.DISCARDED, Vial.State.RETURNED})


@dataclass(frozen=True, kw_only=True)
class Opening:
    """When a sealed vial was opened, how much diluent went in (None for a ready solution), and which.

    `diluent` is a code of the house's list; empty where it was not said.
    """

    at: datetime
    diluent_ml: Decimal | None
    diluent: str = ""


def lock_vials(by: Actor, vial_ids: Iterable[int]) -> list[Vial]:
    """The vials with their lots, locked until the transaction ends, always in the same order.

    Raises: NotHere where one is not of this clinic.
    """
    wanted = sorted(set(vial_ids))
    locked = Vial.objects.select_for_update(of=("self", "lot")).filter(clinic_id=by.clinic_id, pk__in=wanted)
    vials = list(locked.select_related("lot").order_by("pk"))
    if len(vials) != len(wanted):
        raise NotHere("There is no such vial.")
    return vials


def is_anothers(vial: Vial, patient: Patient) -> bool:
    """Opened for another patient; one whose record was merged into this one is the same."""
    owner = vial.patient
    return owner is not None and patient.pk not in (owner.pk, owner.merged_into_id)


def open_locked(vial: Vial, *, by: Actor, patient: Patient, opening: Opening) -> None:
    """Note that a sealed vial was opened for a patient.

    Raises: Refused where it is not sealed or its lot may not be used.
    """
    if vial.state != Vial.State.SEALED:
        raise Refused(f"Vial {vial} is {vial.get_state_display().lower()}, so it cannot be opened.")
    if vial.lot.state != Lot.State.AVAILABLE:
        raise Refused(f"Lot {vial.lot} is {vial.lot.get_state_display().lower()}: {vial.lot.reason}")
    refuse_alerted(by, vial.lot)
    vial.state = Vial.State.OPENED
    vial.opened_at = opening.at
    vial.opened_by_name = by.name
    vial.diluent_ml = opening.diluent_ml
    vial.diluent = known_diluent(opening.diluent)
    vial.patient = patient
    step(vial)


def known_diluent(code: str) -> str:
    """The code of a diluent of the house's list; empty where it was not said.

    Raises: Refused for one that is not on the list.
    """
    if code and code not in {each.code for each in load().practice.diluents}:
        raise Refused("Choose a diluent of the list.", field="diluent")
    return code


def take_instead(vial: Vial, *, name: str, patient: Patient, opening: Opening) -> bool:
    """Note for a corrected record that this vial was used; answers whether it was sealed until then.

    What happened is written down whatever became of the lot since.
    Raises: Refused where the vial is booked elsewhere or was another patient's.
    """
    if vial.state in FINISHED:
        raise Refused(f"Vial {vial} is {vial.get_state_display().lower()} already.", field="vials")
    if vial.patient_id not in (None, patient.pk):
        raise Refused(f"Vial {vial} was opened for another patient.", field="vials")
    was_sealed = vial.opened_at is None
    if was_sealed:
        vial.opened_at, vial.opened_by_name = opening.at, name
        vial.diluent_ml, vial.diluent = opening.diluent_ml, known_diluent(opening.diluent)
    vial.state, vial.patient, vial.reason = Vial.State.OPENED, patient, ""
    step(vial)
    return was_sealed


def give_back(vial: Vial, *, was_sealed: bool, reason: str) -> None:
    """Note that a vial was booked by mistake: full again, and kept back until somebody has looked at it."""
    vial.given_units = vial.discarded_units = Decimal(0)
    vial.used_on = None
    if was_sealed:
        vial.opened_at, vial.opened_by_name, vial.patient = None, "", None
        vial.diluent_ml, vial.diluent = None, ""
    vial.state = Vial.State.QUARANTINED
    vial.reason = f"Booked for a treatment by mistake: {reason} Look whether it is sealed and full."
    step(vial)


def use_up(vial: Vial, *, patient: Patient, given: Decimal, used_on: date) -> Decimal:
    """Book what was given from a vial of this treatment; the rest is thrown away. Answers the rest.

    Raises: Refused where the label does not hold so much.
    """
    if given > vial.label_units:
        raise Refused(f"Vial {vial} cannot have given more than its label holds.")
    vial.given_units = given
    vial.discarded_units = vial.label_units - given
    vial.patient = patient
    vial.used_on = used_on if given else None
    vial.state = Vial.State.USED if given else Vial.State.DISCARDED
    step(vial)
    return vial.discarded_units


def step(vial: Vial) -> None:
    """Save a locked vial as its next version; a finished one stands nowhere any more."""
    vial.version += 1
    vial.save()
    if vial.state in FINISHED:
        Stay.objects.filter(vial=vial, until=None).update(until=Greatest(F("since"), Value(clock.now())))
