"""Letters about signing in."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from masseter.journey.accounts.models import User

logger = logging.getLogger(__name__)
_HOURS = 3600

FIRST_LETTER = """\
{clinic} has added you to its staff.

Choose your password here:
{link}

The link works once, for {hours} hours. After that, open
{again}
and ask for a new one with this address. At the first sign-in you also set up a second factor; have your phone
at hand.

If you do not work at {clinic}, you need do nothing.
"""


def password_link(user: User) -> str:
    """An address at which the person chooses a password; it works once, and for a limited time."""
    key = default_token_generator.make_token(user)
    names = {"uidb36": user_pk_to_url_str(user), "key": key}
    return settings.BASE_URL.rstrip("/") + reverse("account_reset_password_from_key", kwargs=names)


def send_first_link(user: User, clinic_name: str) -> None:
    """Send the link to a new member of staff, once the transaction has ended well."""
    words = FIRST_LETTER.format(
        clinic=clinic_name,
        link=password_link(user),
        again=settings.BASE_URL.rstrip("/") + reverse("account_reset_password"),
        hours=settings.PASSWORD_RESET_TIMEOUT // _HOURS,
    )

    def send() -> None:
        if User.objects.get(pk=user.pk).has_usable_password():
            return  # chosen by now: the link would not work any more
        try:
            send_mail(f"Choose your password for {clinic_name}", words, None, [user.email])
        except (OSError, SMTPException):
            # The person is added by then, and can ask for a link of their own.
            logger.exception("The letter to a new member of staff could not be sent.")

    transaction.on_commit(send)
