"""Adding clinics and people, and giving and ending roles."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from masseter.journey.accounts.letters import send_first_link
from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.accounts.queries import is_patient_somewhere, staff_of, works_somewhere
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import OUTSIDE, ROLE_NAMES, Right, Role
from masseter.journey.ground.scope import clinic_scope


def found_clinic(
    *,
    slug: str,
    name: str,
    jurisdiction: str,
    zone: str,
    phone: str,
    emergency_number: str,
    is_demo: bool = False,
) -> Clinic:
    """Set up a new clinic from the command line; the first administrator is added next.

    Raises: Refused, naming the field at fault.
    """
    clinic = Clinic(
        slug=slug,
        name=name,
        jurisdiction=jurisdiction,
        zone=zone,
        phone=phone,
        emergency_number=emergency_number,
        is_demo=is_demo,
    )
    try:
        clinic.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refused(f"{field}: {sentences[0]}", field=field) from error
    with transaction.atomic():
        clinic.save()
        with clinic_scope(clinic.pk):
            record(by=command_line(clinic), what="clinic.founded", on=clinic)
    return clinic


def command_line(clinic: Clinic) -> Actor:
    """The one who types at the server's command line, with an administrator's rights."""
    return Actor(
        user_id=None,
        name="Command line",
        clinic_id=clinic.pk,
        clinic_name=clinic.name,
        zone=clinic.zone,
        jurisdiction=clinic.place,
        roles=frozenset({Role.ADMINISTRATOR}),
    )


@action(Right.KEEP_STAFF)
def add_staff(*, by: Actor, email: str, name: str, roles: frozenset[Role]) -> User:
    """Add a member of staff with roles; nobody but the person chooses a password, by a link in a letter.

    A person already known by this address keeps name, password and second factor, and gets no letter.
    Raises: Refused for no role, the patient's role, or a patient's address.
    """
    if not roles or roles & OUTSIDE:
        raise Refused("Choose at least one role of staff.", field="roles")
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), name=name)
    elif is_patient_somewhere(user):
        # It must not tell where: a person who is treated and works signs in with two addresses.
        raise Refused("This address cannot be used for staff. Ask for another one.", field="email")
    elif not user.name:
        # A patient of before, whose name was not kept here.
        user.name = name
        user.save(update_fields=["name"])
    for role in sorted(roles):
        Membership.objects.get_or_create(clinic_id=by.clinic_id, user=user, role=role, ended_at=None)
    if not user.has_usable_password():
        send_first_link(user, by.clinic_name)
    data = {"email": user.email, "roles": sorted(roles)}
    record(by=by, what="staff.added", on=user, data=data)
    return user


@action(Right.KEEP_STAFF)
def end_membership(*, by: Actor, membership: Membership) -> Membership:
    """Take a role away from a person; the history stays.

    Raises: Refused for one's own last administrator's role.
    """
    is_own = membership.user_id == by.user_id and membership.role == Role.ADMINISTRATOR
    if is_own:
        raise Refused("You cannot take your own administrator's role away. Ask another administrator.")
    if membership.role in OUTSIDE:
        raise Refused("A patient's access is ended in the patient's record.")
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])
    what = f"{ROLE_NAMES[Role(membership.role)]} of {membership.user.name}"
    record(by=by, what="staff.role_ended", on=membership, data={"role": what})
    return membership


@action(Right.KEEP_STAFF)
def reset_second_factor(*, by: Actor, user: User, reason: str) -> User:
    """Take away every second factor of a member of staff who lost theirs; the next sign-in sets up a new one.

    Raises: NotHere for somebody who does not work in the clinic; Refused without a reason.
    """
    if not reason.strip():
        raise Refused("Write how you know who is asking.", field="reason")
    if user.pk not in {membership.user_id for membership in staff_of(by)}:
        raise NotHere("Nobody who works in this clinic signs in with this address.")
    Authenticator.objects.filter(user=user).delete()
    # A session begun with the password alone must not be the one that sets up the new factor.
    end_sessions(user)
    record(by=by, what="second_factor.reset", on=user, why=reason.strip())
    return user


def end_sessions(user: User) -> None:
    """Sign a person out everywhere."""
    for session in Session.objects.filter(expire_date__gt=clock.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


@action(Right.KEEP_PEOPLE, Right.KEEP_REFERRALS)
def give_portal_access(*, by: Actor, email: str) -> User:
    """Let a patient sign in by code at this address; answers the user to tie to the patient's record.

    Raises: Refused where the address belongs to a member of staff or to another patient.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), name="")
    with clinic_scope(by.clinic_id, user.pk):
        running = Membership.objects.filter(user=user, ended_at=None)
        taken = running.exclude(role=Role.CARER).exists()
    if taken:
        # The same sentence for staff and patients: it must not tell which.
        raise Refused("This address is already used to sign in. Ask for another one.", field="email")
    Membership.objects.create(clinic_id=by.clinic_id, user=user, role=Role.PATIENT)
    record(by=by, what="portal.access_given", on=user)
    return user


@action(Right.KEEP_PEOPLE, Right.MERGE_PEOPLE)
def end_portal_access(*, by: Actor, user: User) -> User:
    """End a patient's sign-in in this clinic, and every session that is open with it.

    Raises: NotHere for somebody who is no patient of the clinic.
    """
    running = Membership.objects.filter(clinic_id=by.clinic_id, user=user, role=Role.PATIENT, ended_at=None)
    if not running.update(ended_at=clock.now()):
        raise NotHere("There is no such sign-in.")
    # A session is tied to the password, and a patient has none: another one that never fits ends them all.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(by=by, what="portal.access_ended", on=user)
    return user


def let_care(by: Actor, email: str) -> User | None:
    """The person with this address, who may now sign in as a carer; None where the address is one of staff.

    Called by the action that invites, which tells nobody which of the two it was.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), name="")
    elif works_somewhere(user):
        return None
    Membership.objects.get_or_create(clinic_id=by.clinic_id, user=user, role=Role.CARER, ended_at=None)
    return user


def end_caring(by: Actor, user: User) -> None:
    """Take the carer's role away, where the person cares for nobody in the clinic any more."""
    running = Membership.objects.filter(clinic_id=by.clinic_id, user=user, role=Role.CARER, ended_at=None)
    running.update(ended_at=clock.now())
