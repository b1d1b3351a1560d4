"""What a patient marks on the face map after a treatment."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from masseter.core.facts import EFFECTS_FELT
from masseter.core.plan.places import Area, MapPlace
from masseter.journey.audit.models import Event
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.actions import draft_plan
from masseter.journey.recover.actions import see_adverse_event
from masseter.journey.recover.felt_actions import Droop, mark_felt, put_mark_aside, take_back_mark
from masseter.journey.recover.models import FeltMark
from masseter.journey.recover.queries import felt_after, felt_for, mark_of
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient
from tests.journey.given import DOCTOR, migraine_case
from tests.journey.treated import treated

FOREHEAD = Area(site="frontalis", side="left")


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def given(by: Actor) -> Treatment:
    return treated(by, days_ago=20, patient=make_portal_patient(by))


@pytest.fixture
def patient(given: Treatment) -> Actor:
    return actor_of_patient(given.patient)


def droop(by: Actor, days_ago: int = 5, severity: str = "moderate") -> Droop:
    day = clock.today(by.zone) - timedelta(days=days_ago)
    return Droop(effect="brow_ptosis", severity=severity, started_on=day)


def test_mark_that_cannot_be_is_refused_at_its_field(given: Treatment, patient: Actor) -> None:
    outside = MapPlace(view="front", x=Decimal(9999), y=Decimal(5))
    nowhere = Area(site="procerus", side="left")
    for field, told in {
        "kind": {"kind": "itched", "area": FOREHEAD},
        "area": {"kind": "more"},
        "severity": {"kind": "drooped", "area": FOREHEAD},
    }.items():
        with pytest.raises(Refused) as refused:
            mark_felt(by=patient, treatment=given, **told)  # type: ignore[arg-type]  # as typed above
        assert refused.value.field == field
    for where in ({"place": outside}, {"area": nowhere}):
        with pytest.raises(Refused) as refused:
            mark_felt(by=patient, treatment=given, kind="more", **where)  # type: ignore[arg-type]  # one of two
        assert refused.value.field == "area"

    assert felt_after(patient, given) == []


def test_staff_mark_nothing_in_a_patients_name(by: Actor, given: Treatment) -> None:
    with pytest.raises(NotPermitted):
        mark_felt(by=by, treatment=given, kind="more", area=FOREHEAD)


def test_tapped_place_finds_its_muscle_and_a_name_finds_its_place(given: Treatment, patient: Actor) -> None:
    named = mark_felt(by=patient, treatment=given, kind="less", area=FOREHEAD, words=" Too stiff ")
    tapped = mark_felt(
        by=patient,
        treatment=given,
        kind="hurt",
        place=MapPlace(view=named.view, x=named.x, y=named.y),  # type: ignore[arg-type]  # a view of the map
    )

    assert (tapped.site, tapped.side) == (named.site, named.side) == ("frontalis", "left")
    assert named.words == "Too stiff"
    assert [mark.kind for mark in felt_after(patient, given)] == ["less", "hurt"]
    told = Event.objects.filter(what="felt.marked").latest("number")
    assert (told.patient_id, told.data["site"]) == (given.patient_id, "frontalis")


def test_more_marks_than_anybody_means_are_refused(
    given: Treatment, patient: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masseter.journey.recover.felt_actions.MOST_MARKS", 1)
    first = mark_felt(by=patient, treatment=given, kind="more", area=FOREHEAD)

    with pytest.raises(Refused, match="very many"):
        mark_felt(by=patient, treatment=given, kind="more", area=FOREHEAD)

    take_back_mark(by=patient, mark=first)
    mark_felt(by=patient, treatment=given, kind="less", area=FOREHEAD)


def test_droop_is_an_unconfirmed_report_until_a_clinician_looks(
    by: Actor, given: Treatment, patient: Actor
) -> None:
    mark = mark_felt(by=patient, treatment=given, kind="drooped", area=FOREHEAD, droop=droop(by))

    event = mark.event
    assert event is not None
    assert (event.effect, event.reported_by, event.is_unseen) == ("brow_ptosis", "patient", True)
    assert event.side == FOREHEAD.side
    before = standings_of(given.patient, given.case)[EFFECTS_FELT]
    see_adverse_event(by=by, event=event)
    after = standings_of(given.patient, given.case)[EFFECTS_FELT]

    assert before.waits is not None
    assert before.waits.value == ("brow_ptosis",)
    assert after.waits is None
    assert after.fact.value == ("brow_ptosis",)


def test_droop_before_the_treatment_is_refused(by: Actor, given: Treatment, patient: Actor) -> None:
    with pytest.raises(Refused) as refused:
        mark_felt(by=patient, treatment=given, kind="drooped", area=FOREHEAD, droop=droop(by, days_ago=90))

    assert refused.value.field == "started_on"
    assert not FeltMark.objects.exists()


def test_mark_is_taken_back_once_and_stays_in_the_history(given: Treatment, patient: Actor) -> None:
    mark = mark_felt(by=patient, treatment=given, kind="more", area=FOREHEAD)

    take_back_mark(by=patient, mark=mark)

    with pytest.raises(Refused, match="already"):
        take_back_mark(by=patient, mark=mark_of(patient, mark.pk))
    assert felt_after(patient, given) == []
    assert [one.pk for one in felt_after(patient, given, with_taken_back=True)] == [mark.pk]


def test_stored_mark_is_not_changed_by_the_database(given: Treatment, patient: Actor) -> None:
    mark = mark_felt(by=patient, treatment=given, kind="more", area=FOREHEAD)

    for change in ({"kind": "less"}, {"words": "Other"}, {"x": Decimal(1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FeltMark.objects.filter(pk=mark.pk).update(**change)


def test_another_patient_finds_no_mark(by: Actor, given: Treatment, patient: Actor) -> None:
    mark = mark_felt(by=patient, treatment=given, kind="more", area=FOREHEAD)
    stranger = actor_of_patient(make_portal_patient(by, "stranger@patients.example"))

    with pytest.raises(NotHere):
        mark_of(stranger, mark.pk)
    with pytest.raises(NotHere):
        take_back_mark(by=stranger, mark=mark)


def test_mark_is_put_aside_with_one_plan_alone(by: Actor, given: Treatment, patient: Actor) -> None:
    mark = mark_felt(by=patient, treatment=given, kind="more", area=FOREHEAD)
    plan = draft_plan(by=by, case=given.case, protocol="migraine_label_155_botox")
    foreign = draft_plan(by=by, case=migraine_case(by), protocol="migraine_label_155_botox")
    assert felt_for(by, plan, given) == [mark]

    with pytest.raises(NotHere):
        put_mark_aside(by=by, plan=foreign, mark=mark)
    put_mark_aside(by=by, plan=plan, mark=mark)
    put_mark_aside(by=by, plan=plan, mark=mark)

    assert felt_for(by, plan, given) == []
    assert felt_for(by, foreign, given) == [mark]
    assert felt_after(by, given) == [mark]
