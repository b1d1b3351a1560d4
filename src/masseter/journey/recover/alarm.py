"""Telling the clinic that a patient was told to call or to get help, without a word on health."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from masseter.journey.accounts.models import Membership
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import RIGHTS, Right

logger = logging.getLogger(__name__)
SUBJECT = "A message waits at {clinic}"
WORDS = """\
Somebody wrote to {clinic} in Masseter and was told to call, or to get help.

It stands at the top of the list of today:
{link}

Please look now. This message says no more, because e-mail is not private.
"""


def tell_clinic(by: Actor) -> None:
    """Write to everybody who may answer a symptom check, and to the clinic's own address, once it is saved.

    The list of today shows the same, whether or not a message arrives.
    """
    answering = [role for role, rights in RIGHTS.items() if Right.RECORD_SYMPTOMS in rights]
    staff = Membership.objects.filter(clinic_id=by.clinic_id, role__in=answering, ended_at=None)
    clinic = clinic_of(by)
    told = {clinic.email, *staff.values_list("user__email", flat=True)} - {""}
    link = settings.BASE_URL.rstrip("/") + reverse("start")
    words = WORDS.format(clinic=clinic.name, link=link)
    if told:
        transaction.on_commit(lambda: _send(SUBJECT.format(clinic=clinic.name), words, sorted(told)))


def _send(subject: str, words: str, addresses: list[str]) -> None:
    """One message for all, so that the patient waits for one hand-over at most; nobody sees the others."""
    try:
        EmailMessage(subject, words, bcc=addresses).send()
    except (SMTPException, OSError):
        logger.exception("a message to the clinic could not be sent; its list of today shows the same")
