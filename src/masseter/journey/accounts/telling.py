"""What happens to an account goes into the trail of every clinic in which the person has a role.

An address that nobody has, or a person without a role, has no clinic and so no trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.accounts.queries import actor_for, visitor
from masseter.journey.audit.trail import record
from masseter.journey.ground.scope import clinic_scope

LOCK_SECONDS = 300


def address_of(request: HttpRequest) -> str:
    """Where a request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def user_at(email: str) -> User | None:
    """The person who signs in with this address, if there is one."""
    return User.objects.filter(email__iexact=email.strip()).first() if email.strip() else None


def tell(user: User, what: str, *, address: str = "", data: dict[str, Any] | None = None) -> None:
    """Write that a person did something with their own account."""
    for clinic in _clinics(user):
        by = actor_for(user, clinic_id=clinic.pk, address=address)
        if by is not None:
            with clinic_scope(clinic.pk, user.pk):
                record(by=by, what=what, on=user, patient_id=by.patient_id, data=data)


def tell_failed(
    user: User | None, what: str, *, address: str = "", data: dict[str, Any] | None = None
) -> None:
    """Write that somebody failed to sign in as this person; who it was is not known."""
    if user is None:
        return
    for clinic in _clinics(user):
        meant = actor_for(user, clinic_id=clinic.pk)
        with clinic_scope(clinic.pk, user.pk):
            patient_id = meant.patient_id if meant else None
            record(by=visitor(clinic, address), what=what, on=user, patient_id=patient_id, data=data)


def tell_locked(user: User | None, address: str) -> None:
    """Write that tries of one address have to wait, once for each lock and not once for each try."""
    if user is not None and cache.add(f"masseter:lock-told:{user.pk}", True, LOCK_SECONDS):
        tell_failed(user, "sign_in.locked", address=address)


def _clinics(user: User) -> Iterator[Clinic]:
    """The clinics of a person, always in the same order: each one's trail is locked in turn."""
    with clinic_scope(None, user.pk):
        mine = Membership.objects.filter(user=user, ended_at=None).select_related("clinic")
        found = {one.clinic_id: one.clinic for one in mine}
    yield from (found[key] for key in sorted(found))
