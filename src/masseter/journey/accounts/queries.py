"""Reading who is who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from masseter.journey.accounts.models import Clinic, Letterhead, Membership, User
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import OUTSIDE, RIGHTS, Right, Role
from masseter.journey.ground.scope import clinic_scope

CHOSEN_CLINIC = "clinic"
CHOSEN_PERSON = "person"
# A one-time code app or a passkey of the person of a membership.
_FACTORS = Authenticator.objects.filter(
    user_id=OuterRef("user_id"), type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
)


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor of a request, or None where nobody is signed in or the person has no role any more.

    The clinic is kept at the request, since every page names it, and whether there is a second factor.
    """
    user = request.user
    if not isinstance(user, User):
        return None
    running = _running(user, request.session.get(CHOSEN_CLINIC))
    if not running:
        return None
    request.clinic = running[0].clinic  # type: ignore[attr-defined]  # read by the frame of every page
    request.has_second_factor = running[0].has_second_factor  # type: ignore[attr-defined]  # and by the door
    chosen = request.session.get(CHOSEN_PERSON)
    return _actor(user, running, request.META.get("REMOTE_ADDR", ""), chosen)


def actor_for(user: User, *, clinic_id: int | None = None, address: str = "") -> Actor | None:
    """The actor that a user is in a clinic; the first of their clinics where none is chosen."""
    running = _running(user, clinic_id)
    return _actor(user, running, address) if running else None


def _running(user: User, clinic_id: int | None) -> list[Membership]:
    """The memberships in the clinic that is chosen, or in the first one."""
    with clinic_scope(None, user.pk):
        mine = Membership.objects.filter(user=user, ended_at=None).select_related("clinic").order_by("id")
        memberships = list(mine.annotate(has_second_factor=Exists(_FACTORS)))
    chosen = next((m for m in memberships if m.clinic_id == clinic_id), next(iter(memberships), None))
    return [m for m in memberships if chosen is not None and m.clinic_id == chosen.clinic_id]


def _actor(user: User, running: list[Membership], address: str, chosen: int | None = None) -> Actor | None:
    clinic = running[0].clinic
    # A person who works here and is treated here signs in with two addresses.
    roles = frozenset(Role(m.role) for m in running) - OUTSIDE
    patient_id, name = None, user.name
    if not roles:
        person = _person(user, clinic, {Role(m.role) for m in running}, chosen)
        if person is None:
            return None
        patient_id, name, roles = person.patient_id, person.name, frozenset({person.role})
    return Actor(
        user_id=user.pk,
        name=name,
        clinic_id=clinic.pk,
        clinic_name=clinic.name,
        zone=clinic.zone,
        jurisdiction=clinic.place,
        roles=roles,
        patient_id=patient_id,
        address=address,
    )


@dataclass(frozen=True, kw_only=True)
class Person:
    """One record that somebody may see: their own, or that of a person they care for.

    `key` names it where it is chosen: 0 is one's own, else the number of the invitation.
    """

    key: int
    patient_id: int
    name: str
    role: Role


def persons_of(user: User, clinic: Clinic) -> list[Person]:
    """Whose records a person may see in a clinic: first their own, then those they care for."""
    with clinic_scope(clinic.pk, user.pk):
        mine = Membership.objects.filter(clinic=clinic, user=user, ended_at=None)
        roles = {Role(role) for role in mine.values_list("role", flat=True)}
    return _persons(user, clinic, roles)


def _person(user: User, clinic: Clinic, roles: set[Role], chosen: int | None) -> Person | None:
    found = _persons(user, clinic, roles)
    first = sorted(found, key=lambda one: one.role == Role.INVITED)
    return next((one for one in found if one.key == chosen), next(iter(first), None))


def _persons(user: User, clinic: Clinic, roles: set[Role]) -> list[Person]:
    # The people room lies above this one; only the tables' names are known here.
    found: list[Person] = []
    with clinic_scope(clinic.pk, user.pk):
        if Role.PATIENT in roles:
            patients = apps.get_model("people", "Patient")._default_manager
            own = patients.filter(user=user, merged_into=None).first()
            found += [Person(key=0, patient_id=own.pk, name=str(own), role=Role.PATIENT)] if own else []
        if Role.CARER in roles:
            proxies = apps.get_model("people", "Proxy")._default_manager
            running = proxies.filter(user=user, ended_at=None, until__gte=clock.today(clinic.zone))
            found += [_cared_for(one) for one in running.select_related("patient").order_by("pk")]
    return found


def _cared_for(proxy: Any) -> Person:  # Any: a row of a room above
    role = Role.WRITING_CARER if proxy.may_write else Role.CARER
    return Person(
        key=proxy.pk,
        patient_id=proxy.patient_id,
        name=f"{proxy.name} for {proxy.patient}",
        role=role if proxy.accepted_at is not None else Role.INVITED,
    )


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was signed in with a second factor: a code of an app, a passkey."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def works_somewhere(user: User) -> bool:
    """Whether the person works in any clinic."""
    with clinic_scope(None, user.pk):
        return Membership.objects.filter(user=user, ended_at=None).exclude(role__in=OUTSIDE).exists()


def is_patient_somewhere(user: User) -> bool:
    """Whether the person signs in as a patient, in any clinic."""
    with clinic_scope(None, user.pk):
        return Membership.objects.filter(user=user, ended_at=None, role=Role.PATIENT).exists()


def logo_of(clinic: Clinic) -> str:
    """The clinic's logo as SVG; empty where it has none."""
    if clinic.pk is None:
        return ""
    return Letterhead.objects.filter(clinic_id=clinic.pk).values_list("logo", flat=True).first() or ""


def public_clinic() -> Clinic | None:
    """The clinic that the public pages speak for."""
    clinics = Clinic.objects.all()
    if settings.PUBLIC_CLINIC:
        clinics = clinics.filter(slug=settings.PUBLIC_CLINIC)
    return clinics.first()


def clinic_numbered(number: int) -> Clinic | None:
    """The clinic with a number, where there is one."""
    return Clinic.objects.filter(pk=number).first()


def visitor(clinic: Clinic, address: str = "") -> Actor:
    """Somebody without an account, who may ask for an appointment and nothing else."""
    return Actor(
        user_id=None,
        name="Visitor",
        clinic_id=clinic.pk,
        clinic_name=clinic.name,
        zone=clinic.zone,
        jurisdiction=clinic.place,
        roles=frozenset({Role.VISITOR}),
        address=address,
    )


def clinic_of(by: Actor) -> Clinic:
    """The actor's clinic."""
    return Clinic.objects.get(pk=by.clinic_id)


def staff_of(by: Actor) -> list[Membership]:
    """The running staff memberships of the actor's clinic, by name."""
    running = Membership.objects.filter(clinic_id=by.clinic_id, ended_at=None)
    return list(running.exclude(role__in=OUTSIDE).select_related("user").order_by("user__name", "role"))


def staff_who_may(by: Actor, right: Right) -> dict[int, str]:
    """The names of the clinic's people with a right, by user."""
    able = {role.value for role, rights in RIGHTS.items() if right in rights}
    return {each.user_id: each.user.name for each in staff_of(by) if each.role in able}


def staff_lacking_factor(by: Actor) -> list[tuple[str, str]]:
    """Name and address of the clinic's people who have no one-time code app and no passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    people = {membership.user_id: membership.user for membership in staff_of(by)}
    secured = Authenticator.objects.filter(user_id__in=people, type__in=kinds)
    lacking = set(people) - set(secured.values_list("user_id", flat=True))
    return [(people[key].name, people[key].email) for key in people if key in lacking]


def membership_of(by: Actor, membership_id: int) -> Membership:
    """A running staff membership of the actor's clinic.

    Raises: NotHere.
    """
    running = Membership.objects.filter(clinic_id=by.clinic_id, ended_at=None, pk=membership_id)
    found = running.exclude(role__in=OUTSIDE).select_related("user").first()
    if found is None:
        raise NotHere("There is no such role.")
    return found
