"""How the sign-in library is bent to our rules."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masseter.journey.accounts.models import User
from masseter.journey.accounts.shown import note_shown
from masseter.journey.accounts.telling import address_of, tell, tell_failed, tell_locked, user_at
from masseter.journey.ground.sealed import seal, unseal

_PURPOSE = "second-factor"
# What the library calls its letters, and what the trail calls what happened. New codes and an app of codes
# are told by their pages, because the library comes by here only after the transaction.
CHANGES = {
    "account/email/password_reset": "password.reset",
    "account/email/password_changed": "password.changed",
    "mfa/email/totp_deactivated": "second_factor.removed",
    "mfa/email/webauthn_added": "second_factor.added",
    "mfa/email/webauthn_removed": "second_factor.removed",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Nobody signs up alone; a person is added by the clinic."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many tries went wrong, one after another. Wait, up to five minutes, "
            "then try again. Each further wrong try makes the wait longer."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        note_shown(request.session)
        methods = [
            str(one.get("type") or one.get("method")) for one in get_authentication_records(request, user)
        ]
        tell(user, "sign_in.done", address=address_of(request), data={"with": methods})
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            tell_locked(user_at(str(credentials.get("email", ""))), address_of(request))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = user_at(str(credentials.get("email", "")))
        tell_failed(user, "sign_in.failed", address=address_of(request), data={"with": "password"})

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **options: Any) -> None:
        """The one place that the library passes when an account was changed, whether it sends mail or not."""
        what = CHANGES.get(template_prefix)
        if what:
            tell(user, what, address=address_of(self.request))
        super().send_notification_mail(template_prefix, user, *args, **options)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is not typed
    """The secret of a one-time code app lies sealed in the database."""

    def encrypt(self, text: str) -> str:
        return seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, _PURPOSE)
