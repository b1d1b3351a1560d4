"""Whom an alert touches: every vial, every treatment as it reads now, every person."""

from __future__ import annotations

from decimal import Decimal

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.inject.touched import touched_by
from masseter.journey.stock.actions import open_vial
from tests.conftest import ActorMaker
from tests.factories import make_patient
from tests.journey.given import DOCTOR, make_lot, make_treatment, vials_of


def test_lot_touches_its_vials_the_treatments_and_the_people(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    lot, other = make_lot(by, count=3), make_lot(by, number="D9")
    first, second, third = vials_of(lot)
    treatment = make_treatment(by, vials=[first])
    make_treatment(by, vials=vials_of(other)[:1])
    waiting = make_patient(by)
    open_vial(by=by, vial=second, patient=waiting, opened_at=clock.now(), diluent_ml=Decimal(4))

    touched = touched_by(by, [lot])

    assert [vial.pk for vial in touched.vials] == [first.pk, second.pk, third.pk]
    (use,) = touched.uses
    assert (use.treatment_id, use.patient_id) == (treatment.pk, treatment.patient_id)
    assert (use.given_units, use.lot, use.condition) == (Decimal(155), lot, "chronic_migraine")
    assert {(one.patient.pk, len(one.uses)) for one in touched.patients} == {
        (treatment.patient_id, 1),
        (waiting.pk, 0),
    }
    assert touched_by(by, []).patients == []
