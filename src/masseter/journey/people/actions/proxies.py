"""Letting a carer see a record, until a day; ended at once by the patient or the clinic."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, timedelta

from django.conf import settings

from masseter.journey.accounts.actions import end_caring, let_care
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.actions.portal import check_kept
from masseter.journey.people.letters import send_invitation, tell_taken
from masseter.journey.people.models import Patient, Proxy

LONGEST_DAYS = 366
MOST = 10
TRIES = 5
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike
CODE_LETTERS = 8
RAN_OUT = "The time was over."
TOO_OFTEN = "The code was typed wrong too often."


@action(Right.OWN_CARE, Right.KEEP_PEOPLE)
def invite_carer(
    *,
    by: Actor,
    patient: Patient,
    name: str,
    email: str,
    until: date,
    may_write: bool = False,
    relation: str = "",
    consent: str = "",
) -> tuple[Proxy, str]:
    """Invite somebody to see a patient's record until a day; answers the code that they have to show.

    The code never goes by mail. Whether the address can be used is told to its owner alone.
    Raises: Refused for a day that is past or too far, the patient's own address, a carer who is invited
    already, too many carers, or where the clinic invites without writing how the patient agreed.
    """
    check_kept(patient)
    _check_invitation(by, patient, name, email, until, consent)
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    _end_those_over(by, patient)
    # Looked up by the address as typed, so that the answer tells nothing about whose it is.
    if Proxy.objects.filter(patient=patient, email__iexact=email.strip(), ended_at=None).exists():
        raise Refused("This person is invited already. End that first.", field="email")
    user = let_care(by, email)
    proxy = Proxy.objects.create(
        clinic_id=by.clinic_id,
        patient=patient,
        user=user,
        name=" ".join(name.split()),
        email=email.strip(),
        relation=relation.strip(),
        may_write=may_write,
        until=until,
        consent=consent.strip(),
        invited_by_name=by.name,
        code_digest=_digest(code),
    )
    _tell_invited(by, proxy)
    return proxy, code


@action(Right.SHOW_CODE)
def accept_invitation(*, by: Actor, proxy: Proxy, code: str) -> bool:
    """Show the code of an invitation; answers whether it fits. Some wrong codes end the invitation.

    Raises: NotHere for an invitation of somebody else, or one that has ended.
    """
    proxy = Proxy.objects.select_for_update().get(pk=proxy.pk)
    if proxy.user_id != by.user_id or proxy.ended_at is not None or proxy.accepted_at is not None:
        raise NotHere("There is no such invitation.")
    if hmac.compare_digest(proxy.code_digest, _digest("".join(code.split()).upper())):
        proxy.accepted_at = clock.now()
        proxy.save(update_fields=["accepted_at"])
        record(by=by, what="proxy.accepted", on=proxy)
        return True
    proxy.tries += 1
    proxy.save(update_fields=["tries"])
    record(by=by, what="proxy.code_wrong", on=proxy)
    if proxy.tries >= TRIES:
        _end(by, proxy, TOO_OFTEN)
    return False


@action(Right.OWN_CARE, Right.KEEP_PEOPLE)
def end_proxy(*, by: Actor, proxy: Proxy, reason: str = "") -> Proxy:
    """End a carer's access at once.

    Raises: Refused where it has ended already, or where the clinic ends it without a reason.
    """
    if not by.is_patient and not reason.strip():
        raise Refused("Write why the access is ended.", field="reason")
    proxy = Proxy.objects.select_for_update().get(pk=proxy.pk)
    if proxy.ended_at is not None:
        raise Refused("This access has ended already.")
    return _end(by, proxy, reason.strip())


def _end(by: Actor, proxy: Proxy, reason: str) -> Proxy:
    proxy.ended_at, proxy.ended_by_name, proxy.ended_reason = clock.now(), by.name, reason
    proxy.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])
    others = Proxy.objects.filter(clinic_id=by.clinic_id, user=proxy.user, ended_at=None)
    if proxy.user is not None and not others.exists():
        end_caring(by, proxy.user)
    record(by=by, what="proxy.ended", on=proxy, why=reason)
    return proxy


def _tell_invited(by: Actor, proxy: Proxy) -> None:
    told = {
        "name": proxy.name,
        "email": proxy.email,
        "until": proxy.until,
        "may_write": proxy.may_write,
    }
    record(by=by, what="proxy.invited", on=proxy, why=proxy.consent, data=told)
    if proxy.user is None:
        tell_taken(proxy.email, by.clinic_name)
    else:
        send_invitation(proxy.email, by.clinic_name)


def _end_those_over(by: Actor, patient: Patient) -> None:
    """End what ran out, so that the same person can be invited anew."""
    over = Proxy.objects.filter(patient=patient, ended_at=None, until__lt=clock.today(by.zone))
    for proxy in over:
        _end(by, proxy, RAN_OUT)


def _check_invitation(by: Actor, patient: Patient, name: str, email: str, until: date, consent: str) -> None:
    today = clock.today(by.zone)
    if not name.strip():
        raise Refused("Enter a name.", field="name")
    if until < today:
        raise Refused("This day is past.", field="until")
    if until > today + timedelta(days=LONGEST_DAYS):
        raise Refused("Choose a day within a year. You can invite again then.", field="until")
    own = patient.user.email if patient.user is not None else patient.email
    if email.strip().lower() in {own.lower(), patient.email.lower()}:
        raise Refused("This is the patient's own address. A carer needs their own.", field="email")
    if not by.is_patient and not consent.strip():
        raise Refused("Write how and when the patient agreed.", field="consent")
    if Proxy.objects.filter(patient=patient, ended_at=None, until__gte=today).count() >= MOST:
        raise Refused("Many carers are invited already. End one first.")


def _digest(code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"proxy:{code}".encode(), hashlib.sha256).hexdigest()
