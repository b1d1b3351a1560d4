"""Pages of the sign-in library that do one thing more: what they do stands in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ConfirmLoginCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from masseter.journey.accounts.models import User
from masseter.journey.accounts.telling import address_of, tell, tell_failed


def _tell(request: HttpRequest, what: str) -> None:
    if isinstance(request.user, User):
        tell(request.user, what, address=address_of(request))


class SetUpCodeApp(ActivateTOTPView):  # type: ignore[misc]  # the library is not typed
    """Setting up the app of codes. The code that was typed for it counts as this session's second factor."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        kind = str(Authenticator.Type.TOTP)
        record_authentication(self.request, self.request.user, "mfa", type=kind)
        _tell(self.request, "second_factor.added")
        return response


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]  # the library is not typed
    """Making the recovery codes anew, which ends the old ones."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _tell(self.request, "recovery_codes.made")
        return response


class SeeRecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]  # the library is not typed
    """Looking at the recovery codes."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        _tell(request, "recovery_codes.seen")
        return response


class TakeRecoveryCodes(DownloadRecoveryCodesView):  # type: ignore[misc]  # the library is not typed
    """Taking the recovery codes along as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        _tell(request, "recovery_codes.seen")
        return response


class EnterLetterCode(ConfirmLoginCodeView):  # type: ignore[misc]  # the library is not typed
    """Entering the code of a letter, as patients do."""

    def form_invalid(self, form: Form) -> HttpResponse:
        user = self._process.user
        response: HttpResponse = super().form_invalid(form)
        if isinstance(user, User):
            tell_failed(
                user, "sign_in.failed", address=address_of(self.request), data={"with": "code by e-mail"}
            )
        return response
