"""Every action without the right, and with another clinic's records: refused before anything is done."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from types import UnionType

import pytest

from masseter.cli.reference.program import load_actions
from masseter.journey.audit.models import Event
from masseter.journey.ground.action import ACTIONS, ActionEntry, NotAudited, action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import OUTSIDE, RIGHTS, Right, Role
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient
from tests.world import World

load_actions()
ENTRIES = [ACTIONS[name] for name in sorted(ACTIONS)]
STAFF = tuple(role for role in Role if role not in OUTSIDE)
# The world's name for an argument that is called otherwise.
NAMES = {"keep": "patient", "duplicate": "patient", "record": "patient", "event": "adverse"}


def hints(entry: ActionEntry) -> dict[str, object]:
    """The arguments of an action besides `by`, with their types."""
    found = typing.get_type_hints(inspect.unwrap(entry.function))
    return {name: kind for name, kind in found.items() if name not in {"by", "return"}}


def is_row(kind: object) -> bool:
    """Whether an argument is a record of a clinic."""
    kinds = typing.get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return any(isinstance(one, type) and issubclass(one, ClinicOwned) for one in kinds)


def rows_of(entry: ActionEntry) -> list[str]:
    return [name for name, kind in hints(entry).items() if is_row(kind)]


def arguments(entry: ActionEntry, world: World) -> dict[str, object]:
    """All arguments: the world's records, and for the rest nothing, since the action must not get so far."""
    return {
        name: world.rows[NAMES.get(name, name)] if is_row(kind) else None
        for name, kind in hints(entry).items()
    }


def call(entry: ActionEntry, by: Actor, given: dict[str, object]) -> object:
    return typing.cast(Callable[..., object], entry.function)(by=by, **given)


def outcome(entry: ActionEntry, by: Actor, given: dict[str, object]) -> BaseException | None:
    """What stops the action, or nothing."""
    try:
        call(entry, by, given)
    except (Refused, TypeError, AttributeError, ValueError) as error:
        return error
    return None


def may_act(role: Role, entry: ActionEntry) -> bool:
    return any(right in RIGHTS[role] for right in entry.rights)


def test_every_action_names_a_right_and_says_what_it_does() -> None:
    for entry in ENTRIES:
        parameters = list(inspect.signature(entry.function).parameters.values())
        assert entry.rights, entry.name
        assert entry.sentence.endswith("."), entry.name
        assert parameters[0].name == "by", entry.name
        assert {one.kind for one in parameters} == {inspect.Parameter.KEYWORD_ONLY}, entry.name


@pytest.mark.parametrize("role", STAFF)
def test_role_without_the_right_is_refused(world: World, actor: ActorMaker, role: Role) -> None:
    by = actor(role)
    before = Event.objects.count()

    for entry in ENTRIES:
        if not may_act(role, entry):
            refused = outcome(entry, by, arguments(entry, world))
            assert isinstance(refused, NotPermitted), (entry.name, refused)

    assert Event.objects.count() == before


def test_patient_without_the_right_is_refused(world: World) -> None:
    for entry in ENTRIES:
        if not may_act(Role.PATIENT, entry):
            refused = outcome(entry, world.patient, arguments(entry, world))
            assert isinstance(refused, NotPermitted), (entry.name, refused)


def test_another_clinics_record_is_not_there(world: World, other_world: World, actor: ActorMaker) -> None:
    """Each record in turn is the other clinic's; the person has every right of staff, or is the patient."""
    for entry in ENTRIES:
        everything = replace(actor(*STAFF), roles=frozenset(Role) - {Role.PATIENT})
        by = world.patient if set(entry.rights) == {Right.OWN_CARE} else everything
        for name in rows_of(entry):
            given = {**arguments(entry, world), name: arguments(entry, other_world)[name]}
            refused = outcome(entry, by, given)
            assert isinstance(refused, NotHere), (entry.name, name, refused)


def test_another_patients_record_is_not_there(world: World) -> None:
    stranger = actor_of_patient(make_portal_patient(world.doctor, "stranger@patients.example"))

    for entry in ENTRIES:
        if Right.OWN_CARE in entry.rights:
            for name in rows_of(entry):
                nothing = dict.fromkeys(hints(entry))
                refused = outcome(entry, stranger, {**nothing, name: arguments(entry, world)[name]})
                assert isinstance(refused, NotHere), (entry.name, name, refused)


def test_every_action_of_a_patient_names_a_record() -> None:
    """What a patient may do is tied to a row that is checked to be their own."""
    bare = [entry.name for entry in ENTRIES if Right.OWN_CARE in entry.rights and not rows_of(entry)]

    assert bare == []


def test_action_without_an_event_undoes_itself(world: World) -> None:
    patient = world.rows["patient"]

    def forget(*, by: Actor, row: ClinicOwned) -> None:
        """Change a row and say nothing."""
        type(row)._default_manager.filter(pk=row.pk).update(weight_kg=Decimal(1))

    silent = action(Right.CONSULT)(forget)
    ACTIONS.pop(next(name for name, entry in ACTIONS.items() if entry.function is silent))

    with pytest.raises(NotAudited):
        silent(by=world.doctor, row=patient)

    patient.refresh_from_db()
    assert getattr(patient, "weight_kg", Decimal(1)) is None


def test_colleague_of_another_clinic_takes_no_appointment(world: World, other_world: World) -> None:
    """A user is no record of a clinic, so the action itself looks whether the person works here."""
    from masseter.journey.accounts.models import User

    entry = ACTIONS["calendar.actions.book_appointment"]
    appointment = world.rows["appointment"]
    given = {
        "patient": world.rows["patient"],
        "kind": "review",
        "starts_at": getattr(appointment, "starts_at", None),
        "minutes": 20,
        "with_user": User.objects.get(pk=other_world.doctor.user_id),
    }

    with pytest.raises(Refused):
        call(entry, world.doctor, given)
