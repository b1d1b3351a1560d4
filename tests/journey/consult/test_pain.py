"""Pain drawings on record: kept with day and hand, several over time, never changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from masseter.core.consult.pain import MOST_STROKES
from masseter.core.plan.places import Area
from masseter.journey.audit.models import Event
from masseter.journey.consult.actions import close_case, draw_pain
from masseter.journey.consult.models import Case, PainDrawing
from masseter.journey.consult.pain import areas_of, newest_pain, pain_drawing_of, pain_drawings_of, strokes_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from tests.conftest import ActorMaker
from tests.days import days_back
from tests.factories import actor_of_patient, make_case, make_portal_patient, spot
from tests.journey.given import DOCTOR


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def case(by: Actor) -> Case:
    return make_case(by, make_portal_patient(by))


def test_drawing_that_cannot_be_is_refused(by: Actor, case: Case) -> None:
    here = spot("masseter", "left")
    outside = replace(here, line=((Decimal(99999), Decimal(1)),))
    for strokes in ([], [here] * (MOST_STROKES + 1), [here, outside]):
        with pytest.raises(Refused):
            draw_pain(by=by, case=case, strokes=strokes)
    close_case(by=by, case=case, reason="Done.")
    with pytest.raises(Refused, match="closed"):
        draw_pain(by=by, case=case, strokes=[here])

    assert not PainDrawing.objects.exists()


def test_newest_drawing_counts_and_each_says_who_drew_it(by: Actor, case: Case) -> None:
    with clock.travel(days_back(9)):
        old = draw_pain(by=actor_of_patient(case.patient), case=case, strokes=[spot("masseter", "left", 3)])
    new = draw_pain(by=by, case=case, strokes=[spot("temporalis", "right", 8, ("dull",))], words=" Worse ")

    assert newest_pain(by, case) == new
    assert pain_drawings_of(by, case) == [new, old]
    assert [one.reported_by for one in (old, new)] == ["patient", "clinician"]
    assert new.words == "Worse"
    assert strokes_of(pain_drawing_of(by, new.pk))[0].stroke == spot("temporalis", "right", 8, ("dull",))
    assert Event.objects.filter(what="pain.drawn", patient_id=case.patient_id).count() == 2


def test_areas_under_the_pain_are_kept_and_no_pain_lies_over_none(by: Actor, case: Case) -> None:
    strokes = [spot("masseter", "left"), spot("trapezius", "right", strength=0)]

    drawing = draw_pain(by=by, case=case, strokes=strokes)

    areas = areas_of(drawing)
    assert Area(site="masseter", side="left") in areas
    assert {area.side for area in areas} == {"left"}
    assert len(areas) == len(set(areas))


def test_stored_drawing_is_not_changed_by_the_database(by: Actor, case: Case) -> None:
    drawing = draw_pain(by=by, case=case, strokes=[spot("masseter", "left")])

    with pytest.raises(DatabaseError), transaction.atomic():
        PainDrawing.objects.filter(pk=drawing.pk).update(words="Other")


def test_another_patient_finds_no_drawing(by: Actor, case: Case) -> None:
    drawing = draw_pain(by=by, case=case, strokes=[spot("masseter", "left")])
    stranger = actor_of_patient(make_portal_patient(by, "stranger@patients.example"))

    with pytest.raises(NotHere):
        pain_drawing_of(stranger, drawing.pk)
    with pytest.raises(NotHere):
        draw_pain(by=stranger, case=case, strokes=[spot("masseter", "left")])
