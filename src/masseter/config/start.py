"""Where a person goes after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from masseter.journey.accounts.queries import CHOSEN_CLINIC
from masseter.journey.ground.actor import Actor


def start(request: HttpRequest) -> HttpResponse:
    """To the patient's own pages or to the clinic's; somebody without a role is told so."""
    by: Actor | None = getattr(request, "by", None)
    if not request.user.is_authenticated:
        return redirect("account_login")
    if by is None:
        return render(request, "errors/no_role.html", status=403)
    return redirect("my_home" if by.is_patient else "clinic_home")


@require_POST
def choose_clinic(request: HttpRequest) -> HttpResponse:
    """Work in another of one's clinics. A clinic that is not one's own is ignored by `actor_for`."""
    chosen = request.POST.get("clinic", "")
    if chosen.isdecimal():
        request.session[CHOSEN_CLINIC] = int(chosen)
    return redirect("start")
