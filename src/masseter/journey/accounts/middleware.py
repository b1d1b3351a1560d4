"""Who is acting in this request, and the transaction that is bound to their clinic."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from masseter.journey.accounts.queries import actor_of, used_second_factor
from masseter.journey.ground.scope import clinic_scope

# Where a member of staff without any second factor may still go: to set one up.
_WITHOUT_FACTOR = ("/account/", "/static/")
# Where a session that did not use the factor of its person may still go.
_WITHOUT_USE = ("/account/logout/", "/static/")


def acting_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `request.by` is the actor or None; the whole request is one clinic's transaction."""

    def middleware(request: HttpRequest) -> HttpResponse:
        by = actor_of(request)
        request.by = by  # type: ignore[attr-defined]  # the one attribute that we add to a request
        if by and not by.is_patient:
            turned_away = _turn_away(request)
            if turned_away is not None:
                return turned_away
        with clinic_scope(by.clinic_id if by else None, by.user_id if by else None):
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return middleware


def _turn_away(request: HttpRequest) -> HttpResponse | None:
    """Where a member of staff is sent whose session lacks the second factor; None for one that has it."""
    if getattr(request, "has_second_factor", False):
        if used_second_factor(request) or request.path.startswith(_WITHOUT_USE):
            return None
        # A session from before the factor was set up, or begun by a patient's code: whoever holds it must not
        # get at the account either, where the factor could be taken away or another one added.
        logout(request)
        return redirect_to_login(request.get_full_path())
    if request.path.startswith(_WITHOUT_FACTOR):
        return None
    return redirect("mfa_activate_totp")
