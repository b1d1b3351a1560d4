"""No patient's name stands in the table of sign-ins, which is outside the clinic's wall."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.db import connection

from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_portal_patient


def test_name_of_a_patient_is_not_kept_beside_the_address(clinic: Clinic, actor: ActorMaker) -> None:
    patient = make_portal_patient(actor(Role.MANAGER))

    assert User.objects.get(pk=patient.user_id).name == ""


def test_names_of_patients_kept_before_are_cleared(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    manager = actor(Role.MANAGER)
    patient = make_portal_patient(manager)
    with clinic_scope(other_clinic.pk):
        theirs = make_portal_patient(make_actor(other_clinic, Role.MANAGER), "ada.new@patients.example").user
        worked = make_portal_patient(make_actor(other_clinic, Role.MANAGER), "eve@patients.example").user
        Membership.objects.create(clinic=other_clinic, user=worked, role=Role.INJECTOR)
    User.objects.exclude(pk=manager.user_id).update(name="Eve SAMPLE")
    clear = import_module("masseter.journey.accounts.migrations.0002_no_names_of_patients").clear_names

    with connection.schema_editor() as editor:
        clear(apps, editor)

    named = set(User.objects.exclude(name="").values_list("id", flat=True))
    assert theirs is not None
    assert worked is not None
    assert not named & {patient.user_id, theirs.pk}
    assert {manager.user_id, worked.pk} <= named
