"""Forms of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError

from masseter.journey.accounts.models import User
from masseter.journey.accounts.queries import is_patient_somewhere, works_somewhere
from masseter.journey.accounts.telling import address_of, tell_failed, tell_locked

LOCKED = "too_many_login_attempts"


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # the library is not typed
    """A code by e-mail is for patients: staff need their password and second factor.

    For a staff address the answer is the same as for an unknown one, so that nothing is revealed.
    """

    def clean(self) -> dict[str, Any]:  # Any: the library's own signature
        data: dict[str, Any] = super().clean() or {}
        user = getattr(self, "_user", None)
        if isinstance(user, User) and (works_somewhere(user) or not is_patient_somewhere(user)):
            self._user = None
        return data


class AskNewPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # the library is not typed
    """A password is for staff: a patient's would be a second, weaker door beside the code by e-mail."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not is_patient_somewhere(user)]
        return email


class _ToldCode(BaseAuthenticateForm):  # type: ignore[misc]  # the library is not typed
    """A wrong code of the second factor goes into the trail."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            address = address_of(context.request)
            if error.code == LOCKED:
                tell_locked(self.user, address)
            else:
                tell_failed(self.user, "sign_in.failed", address=address, data={"with": "second factor"})
            raise
        return code


class SecondFactorForm(_ToldCode, AuthenticateForm):  # type: ignore[misc]  # the library is not typed
    """The second factor when signing in."""


class SecondFactorAgainForm(_ToldCode, ReauthenticateForm):  # type: ignore[misc]  # the library is not typed
    """The second factor before a change of the account."""
