"""Two people on one vial, or on one plan, at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.chair_actions import note_taps
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.sittings import late_taps, taps_of
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Vial
from tests.conftest import make_actor
from tests.journey.given import DOCTOR, approved_plan, make_lot, session_for, vials_of
from tests.journey.seated import seated, state, tap_given


def sign_at_once(by: Actor, plans: list[Plan], vial: Vial) -> list[str]:
    """Sign each plan from the same vial in a thread of its own; the sentence of each refusal, '' for none."""
    start = Barrier(len(plans))

    def sign(plan: Plan) -> str:
        try:
            with clinic_scope(by.clinic_id):
                session = session_for(by, plan, [vial])
                start.wait(timeout=30)
                sign_treatment(by=by, plan=plan, session=session)
        except Refused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(plans)) as pool:
        return list(pool.map(sign, plans))


def outcome(clinic: Clinic, plans_of: Callable[[Actor], list[Plan]]) -> tuple[list[str], Vial, int]:
    by = make_actor(clinic, *DOCTOR)
    with clinic_scope(clinic.pk):
        vial, plans = vials_of(make_lot(by))[0], plans_of(by)
    said = sign_at_once(by, plans, vial)
    with clinic_scope(clinic.pk):
        return sorted(said), Vial.objects.get(pk=vial.pk), Treatment.objects.filter(clinic=clinic).count()


def test_two_people_never_overdraw_one_vial(committed: Clinic) -> None:
    said, vial, treatments = outcome(committed, lambda by: [approved_plan(by), approved_plan(by)])

    assert said[0] == ""
    assert "used" in said[1]
    assert (vial.given_units, treatments) == (155, 1)


def test_two_people_never_sign_one_plan_twice(committed: Clinic) -> None:
    said, vial, treatments = outcome(committed, lambda by: [approved_plan(by)] * 2)

    assert said[0] == ""
    assert "signed as given already" in said[1]
    assert (vial.given_units, treatments) == (155, 1)


def test_two_devices_deliver_one_tap_at_once_and_it_counts_once(committed: Clinic) -> None:
    by = make_actor(committed, *DOCTOR)
    with clinic_scope(committed.pk):
        sitting = seated(by)
        taps = [tap_given(sitting, number) for number in range(3)]
    start = Barrier(2)

    def deliver(_: int) -> list[str]:
        try:
            with clinic_scope(committed.pk):
                start.wait(timeout=30)
                return list(note_taps(by=by, sitting=sitting, taps=taps))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(deliver, range(2)))

    with clinic_scope(committed.pk):
        assert answers == [["known"] * 3, ["saved"] * 3]
        assert (len(taps_of(sitting)), state(by, sitting).units_given) == (3, 15)


def test_signing_waits_for_a_tap_that_is_being_noted(committed: Clinic) -> None:
    """Whichever comes first, no tap is left out of a record without being told."""
    by = make_actor(committed, *DOCTOR)
    with clinic_scope(committed.pk):
        sitting = seated(by)
        vials = list(Vial.objects.filter(pk__in=sitting.vials))
    start = Barrier(2)

    def at_once(what: str) -> str:
        try:
            with clinic_scope(committed.pk):
                session = session_for(by, sitting.plan, vials)
                start.wait(timeout=30)
                if what == "tap":
                    note_taps(by=by, sitting=sitting, taps=[tap_given(sitting)])
                else:
                    sign_treatment(by=by, plan=sitting.plan, session=session)
        except Refused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        _, signed = pool.map(at_once, ("tap", "sign"))

    with clinic_scope(committed.pk):
        late = late_taps(by, sitting.plan)
        assert ("after this page was opened" in signed) != bool(late), (signed, late)
