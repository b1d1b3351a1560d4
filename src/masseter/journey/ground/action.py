"""What every write has in common: a right, one transaction, one clinic, an event in the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.db import transaction

from masseter.core.sentences import less_said, said
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.ground.refusals import NotHere, NotPermitted
from masseter.journey.ground.rights import RIGHT_NAMES, Right
from masseter.journey.ground.scope import lock_clinic, locked_clinic, swept

P = ParamSpec("P")
R = TypeVar("R")

# How many events the action under way has written; the audit room counts here.
events_written: ContextVar[int] = ContextVar("masseter_events_written", default=0)


class NotAudited(AssertionError):
    """An action ended without an event in the audit trail: a mistake in the program."""


@dataclass(frozen=True, kw_only=True)
class ActionEntry:
    """One action as the docs and the walking test see it."""

    name: str
    rights: tuple[Right, ...]
    sentence: str
    function: Callable[..., object]


ACTIONS: dict[str, ActionEntry] = {}


def action(*rights: Right) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: any one of `rights` is enough; keyword-only; `by` comes first.

    The function runs in one transaction and must write at least one audit event. Every argument that
    is a row must be of the actor's clinic, and a patient's own where a patient acts.
    Raises (when called): NotPermitted, NotHere, NotAudited.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__name__} takes named arguments only")
            by = cast(Actor, kwargs["by"])
            check_right(by, *rights)
            for value in kwargs.values():
                if isinstance(value, ClinicOwned):
                    check_own(by, value)
            with swept(), transaction.atomic():
                lock_clinic(by.clinic_id)
                token, held = events_written.set(0), locked_clinic.set(by.clinic_id)
                try:
                    result = function(*args, **kwargs)
                    if events_written.get() == 0:
                        raise NotAudited(f"{function.__name__} wrote no audit event")
                finally:
                    events_written.reset(token)
                    locked_clinic.reset(held)
            return result

        name = f"{function.__module__.removeprefix('masseter.journey.')}.{function.__name__}"
        sentence = (function.__doc__ or "").strip().splitlines()[0] if function.__doc__ else ""
        ACTIONS[name] = ActionEntry(name=name, rights=rights, sentence=sentence, function=wrapper)
        return wrapper

    return decorate


def check_right(by: Actor, *rights: Right) -> None:
    """Raises: NotPermitted, where the person has none of these rights."""
    if not any(by.may(right) for right in rights):
        wanted = " or ".join(RIGHT_NAMES[right].lower() for right in rights)
        general = said("Your role does not allow this.")
        raise NotPermitted(less_said(f"Your role does not allow this: {wanted}.", general))


def check_own(by: Actor, row: ClinicOwned) -> None:
    """Raises: NotHere, where the row is another clinic's, or not the acting patient's own."""
    if row.clinic_id != by.clinic_id:
        raise NotHere("There is no such record.")
    if by.is_patient:
        patient_id = row.pk if row._meta.label_lower == "people.patient" else getattr(row, "patient_id", None)
        if patient_id is not None and patient_id != by.patient_id:
            raise NotHere("There is no such record.")
