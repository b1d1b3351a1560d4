"""Letters about the address that a person signs in with. None says anything about health."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def send_after(subject: str, words: str, to: str) -> None:
    """Send a letter once the transaction has ended well. One that cannot be sent is for the log."""

    def send() -> None:
        try:
            send_mail(subject, words, None, [to])
        except (OSError, SMTPException):
            logger.exception("A letter about a sign-in could not be sent.")

    transaction.on_commit(send)


def send_code(to: str, code: str, clinic: str, *, minutes: int) -> None:
    """The code that shows that an address is one's own."""
    words = _(
        "Your code is %(code)s. It is good for %(minutes)s minutes.\n\n"
        "Somebody asked to sign in at %(clinic)s with this address. If it was not you, you need do nothing.\n"
    ) % {"code": code, "minutes": minutes, "clinic": clinic}
    send_after(_("Your code for %(clinic)s") % {"clinic": clinic}, words, to)


def send_own_code(to: str, code: str, clinic: str, *, minutes: int) -> None:
    """The code by which somebody who is signed in shows once more who they are."""
    words = _(
        "Your code is %(code)s. It is good for %(minutes)s minutes.\n\n"
        "Type it on the page of %(clinic)s that asked for it, and give it to nobody. "
        "If you did not ask for it, call the clinic.\n"
    ) % {"code": code, "minutes": minutes, "clinic": clinic}
    send_after(_("Your code for %(clinic)s") % {"clinic": clinic}, words, to)


def tell_taken(to: str, clinic: str) -> None:
    """Tell the owner of an address, and nobody else, that it is in use already."""
    words = _(
        "Somebody asked to sign in at %(clinic)s with this address. It is used to sign in already, so "
        "nothing was changed. If it was you, choose another address.\n"
    ) % {"clinic": clinic}
    send_after(_("Your address at %(clinic)s") % {"clinic": clinic}, words, to)


def tell_moved(to: str, clinic: str) -> None:
    """Tell the old address that another one took its place."""
    words = _(
        "You now sign in at %(clinic)s with another address. This one does not lead in any more. "
        "If it was not you who changed it, call the clinic at once.\n"
    ) % {"clinic": clinic}
    send_after(_("Your sign-in at %(clinic)s has changed") % {"clinic": clinic}, words, to)


def send_invitation(to: str, clinic: str) -> None:
    """Tell a carer that they are invited. The letter names no patient: it may go to a wrong address."""
    words = _(
        "Somebody whom %(clinic)s looks after asks you to help, by seeing their record here.\n\n"
        "They give you a code themselves. Sign in with this address and enter that code:\n%(link)s\n\n"
        "If you know nothing about it, you need do nothing.\n"
    ) % {"clinic": clinic, "link": settings.BASE_URL.rstrip("/") + reverse("account_request_login_code")}
    send_after(_("An invitation from %(clinic)s") % {"clinic": clinic}, words, to)
