"""Where a person goes after signing in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from masseter.journey.accounts.languages import is_spoken, keep_language
from masseter.journey.accounts.models import User
from masseter.journey.accounts.queries import CHOSEN_CLINIC, CHOSEN_PERSON
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right


def start(request: HttpRequest) -> HttpResponse:
    """To the patient's own pages or to the clinic's; somebody without a role is told so."""
    by: Actor | None = getattr(request, "by", None)
    if not request.user.is_authenticated:
        return redirect("account_login")
    if by is None:
        return render(request, "errors/no_role.html", status=403)
    if by.may(Right.SHOW_CODE):
        return redirect("my_invitation")
    return redirect("my_home" if by.is_patient else "clinic_home")


@require_POST
def choose_clinic(request: HttpRequest) -> HttpResponse:
    """Work in another of one's clinics. A clinic that is not one's own is ignored by `actor_for`."""
    chosen = request.POST.get("clinic", "")
    if chosen.isdecimal():
        request.session[CHOSEN_CLINIC] = int(chosen)
    return redirect("start")


@require_POST
def choose_person(request: HttpRequest) -> HttpResponse:
    """See one's own record, or that of somebody one cares for. One that is not open is ignored."""
    chosen = request.POST.get("person", "")
    if chosen.isdecimal():
        request.session[CHOSEN_PERSON] = int(chosen)
    return redirect("start")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Go on in another language, on the same page: kept in this browser, and for a person signed in."""
    code, back = request.POST.get("language", ""), request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if is_ours else "/")
    if not is_spoken(code):
        return response
    if isinstance(request.user, User):
        keep_language(request.user, code)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
    return response
