"""The demo clinic, loaded by its own command: whole, marked, and made by actions alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count
from pytest_django import DjangoDbBlocker
from ruamel.yaml import YAML
from typer.testing import CliRunner

from masseter.cli.demo.cast import PUBLISHED, STEPS
from masseter.cli.main import app
from masseter.clinic.inject.claim import claim_of
from masseter.journey.accounts.models import Clinic, User
from masseter.journey.accounts.queries import actor_for
from masseter.journey.audit.models import Event
from masseter.journey.consult.models import Case, Observation, PainDrawing
from masseter.journey.follow_up.models import PayerLetter
from masseter.journey.ground import clock, row_security
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope, locked_clinic
from masseter.journey.inject.balance import balance_of
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.touched import touched_by
from masseter.journey.people.models import Patient
from masseter.journey.plan.models import OwnScheme, Plan
from masseter.journey.recover.models import FeltMark
from masseter.journey.screen.models import Referral
from masseter.journey.stock.alerted import alerts_of, contacts_of, hits_of
from masseter.journey.stock.kept import excursions_of, units_now, units_of
from masseter.knowledge.load import load
from tests.conftest import make_actor
from tests.factories import make_patient

# One process loads the demo for all of them.
pytestmark = pytest.mark.slow
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(?:public"?\."?)?(\w+)', re.IGNORECASE)
# The trail may tell of what is no action, such as that the clinic was founded.
TRAIL = "audit_event"


@dataclass
class Spy:
    """Notes each table of a clinic that is written while no action is under way."""

    walled: set[str]
    loose: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:  # Any: the driver's own
        found = WRITE.match(sql)
        table = found[1].lower() if found else ""
        if table in self.walled and table != TRAIL:
            self.written.add(table)
            # An action holds its clinic's lock from its first line to its last, and fails without an event.
            if locked_clinic.get() is None:
                self.loose.append(f"{table}: {sql[:80]}")
        return execute(sql, *more)

    def watching(self) -> AbstractContextManager[None]:
        return connection.execute_wrapper(self)


def spy() -> Spy:
    with connection.cursor() as cursor:
        return Spy(walled=row_security.tables(cursor)[0])


@dataclass(frozen=True)
class Loaded:
    clinic: Clinic
    watched: Spy
    said: str


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The demo, loaded once for all tests here and undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        watched = spy()
        with watched.watching():
            result = CliRunner().invoke(app, ["demo"], catch_exceptions=False)
        clinic = Clinic.objects.get(slug="demo")
        with clinic_scope(clinic.pk):
            yield Loaded(clinic=clinic, watched=watched, said=result.stdout)
        transaction.set_rollback(True)
    connection.close()


def step_of(case: Case) -> str:
    """The step that a case has reached, by what is on record."""
    if case.reviews.exists():
        return "follow_up"
    if case.diary.exists():
        return "results"
    if Treatment.objects.filter(case=case).exists():
        return "recover"
    states = set(Plan.objects.filter(case=case).values_list("state", flat=True))
    if Plan.State.APPROVED in states:
        return "inject"
    return "plan" if states else "consult"


def test_spy_sees_a_row_that_no_action_wrote(clinic: Clinic) -> None:
    by, watched = make_actor(clinic, Role.MANAGER), spy()

    with watched.watching():
        make_patient(by)
        by_action = list(watched.loose)
        Patient.objects.update(phone="0")

    assert by_action == []
    assert [line.partition(":")[0] for line in watched.loose] == ["people_patient"]


def test_demo_writes_patients_tables_by_actions_alone(demo: Loaded) -> None:
    assert demo.watched.loose == []
    assert {
        "people_patient",
        "consult_observation",
        "plan_planpoint",
        "inject_treatment",
    } <= demo.watched.written
    assert Event.objects.filter(clinic_id=demo.clinic.pk).count() > Case.objects.count()


def test_every_record_of_the_demo_has_its_event(demo: Loaded) -> None:
    """What carries a patient's care is the subject of an event, or was written under one that is."""
    for model, kind in ((Case, "case.opened"), (Treatment, "treatment.signed"), (Plan, "plan.drafted")):
        told = Event.objects.filter(clinic_id=demo.clinic.pk, what=kind).values_list("subject_id", flat=True)
        assert set(told) == set(model.objects.values_list("pk", flat=True)), kind


def test_one_course_runs_over_six_cycles_with_scores_and_reviews(demo: Loaded) -> None:
    given = {case: Treatment.objects.filter(case=case).order_by("given_at") for case in Case.objects.all()}
    case = max(given, key=lambda one: given[one].count())

    days = [treatment.given_at.date() for treatment in given[case]]

    assert [(after - before).days for before, after in pairwise(days)] == [98] * 5
    assert case.reviews.count() == 5
    assert case.scores.count() == 1 + 6 * 4


def test_every_later_cycle_answers_that_toxin_was_given_before(demo: Loaded) -> None:
    case = Case.objects.annotate(given=Count("treatments")).latest("given")
    treatments = list(Treatment.objects.filter(case=case).order_by("given_at"))

    answers = Observation.objects.filter(patient=case.patient)
    told = [
        answers.filter(code="had_toxin_before", observed_on__lte=each.given_at.date()).latest("id").value
        for each in treatments
    ]
    last = answers.filter(code="last_toxin_on").latest("id").value

    assert told == [False, *[True] * 5]
    assert last == treatments[-2].given_at.date().isoformat()


def test_clinic_in_the_us_has_letters_with_each_answer_and_claims_with_both_modifiers(demo: Loaded) -> None:
    us = Clinic.objects.get(slug="demo-us")
    manager = actor_for(User.objects.get(email="owen@demo.example"), clinic_id=us.pk)
    assert manager is not None
    with clinic_scope(us.pk):
        letters = PayerLetter.objects.filter(clinic=us).order_by("issued_at")
        treatments = list(Treatment.objects.filter(clinic=us).order_by("given_at"))
        lines = [claim_of(each, "US").lines for each in treatments]

        assert [letter.kind for letter in letters] == ["start", "renewal"]
        assert {each["answer"] for each in letters[0].told["criteria"]} == {"Met", "Not met", "Not known"}
        assert all(bytes(letter.pdf).startswith(b"%PDF") for letter in letters)
        assert [{line.modifier for line in claim} - {""} for claim in lines] == [{"JZ"}, {"JW"}, {"JW"}]
        assert balance_of(manager).is_balanced


def test_somebody_is_at_every_step_of_every_condition(demo: Loaded) -> None:
    made_up = Case.objects.filter(patient__is_published_case=False)
    there = {(case.condition, step_of(case)) for case in made_up}
    there |= {(one.condition, "screen") for one in Referral.objects.filter(state=Referral.State.NEW)}

    assert there == {(condition, step) for condition in load().conditions for step in STEPS}


def test_face_map_of_the_demo_has_marks_drawings_and_an_own_scheme(demo: Loaded) -> None:
    marks = FeltMark.objects.values_list("kind", flat=True)
    drawn = {(one.case.condition, one.reported_by) for one in PainDrawing.objects.select_related("case")}

    assert set(marks) == {"more", "less", "hurt", "drooped"}
    assert {who for _, who in drawn} == {"patient", "clinician"}
    assert set(load().conditions) - {condition for condition, _ in drawn} == {"facial_spasm"}
    assert OwnScheme.objects.get().is_shared


def test_stock_of_the_demo_has_places_a_decided_excursion_and_an_invented_alert(demo: Loaded) -> None:
    by = actor_for(User.objects.get(email="jonas@demo.example"), clinic_id=demo.clinic.pk)
    assert by is not None
    (alert,) = alerts_of(by)

    assert {unit.place for unit in units_of(by)} == {"refrigerator", "freezer", "room"}
    assert all(each.last is not None and each.vials for each in units_now(by, clock.now()))
    assert [(each.all > 0, each.waiting) for each in excursions_of(by)] == [(True, 0), (True, 0)]
    assert (alert.title[:9], alert.source[:8]) == ("Demo only", "Invented")
    assert touched_by(by, [hit.lot for hit in hits_of(by, alert)]).uses
    assert [each.was_reached for each in contacts_of(by, alert)] == [True]
    assert balance_of(by).is_balanced


def test_published_cases_are_marked_as_such_and_nobody_else_is(demo: Loaded) -> None:
    told = YAML(typ="safe").load(PUBLISHED)
    marked = Patient.objects.filter(is_published_case=True)

    assert {one.family_name for one in marked} == set(told)
    assert {one.given_names for one in marked} == {"Published case"}
    assert {one["condition"] for one in told.values()} == set(load().conditions)
    assert not Patient.objects.filter(is_published_case=False, given_names="Published case").exists()
    for patient in marked:
        notes = Event.objects.filter(patient_id=patient.pk, what="observations.recorded")
        assert notes.exists()


def test_demo_is_loaded_once_and_says_how_to_sign_in(demo: Loaded) -> None:
    before = Patient.objects.count()

    again = CliRunner().invoke(app, ["demo"])

    assert "there already" in again.stdout
    assert again.exit_code == 0
    assert Patient.objects.count() == before
    assert demo.clinic.is_demo
    assert "Demo sign-ins" in demo.said
