"""What every template knows: who acts, in which clinic, and whether this is the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from masseter.journey.accounts.languages import STAFF_SIDE
from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import public_clinic
from masseter.journey.ground.rights import ROLE_NAMES, Right


def site(request: HttpRequest) -> dict[str, object]:
    """The frame of a page; the clinic of the public pages where nobody is signed in."""
    by = getattr(request, "by", None)

    def find() -> Clinic | None:
        known: Clinic | None = getattr(request, "clinic", None)
        if by is None:
            return public_clinic()
        return known or Clinic.objects.filter(pk=by.clinic_id).first()

    clinic = SimpleLazyObject(find)
    shown: dict[str, object] = {
        "by": by,
        "clinic": clinic,
        "emergency_number": SimpleLazyObject(lambda: clinic.emergency_number if clinic else ""),
        "is_demo": settings.IS_DEMO,
        "languages": [] if request.path.startswith(STAFF_SIDE) else settings.LANGUAGES,
        "sign_in_url": reverse("account_login"),
        "home_url": reverse("start") if by else reverse("treatment_page"),
    }
    if by:
        shown["sign_out_url"] = reverse("account_logout")
        shown["person_name"] = by.name
        shown["role_name"] = " and ".join(ROLE_NAMES[role] for role in sorted(by.roles))
        if not by.is_patient:
            shown["account_url"] = reverse("mfa_index")
        if by.may(Right.SEE_PEOPLE):
            shown["search_url"] = reverse("people")
            shown["search_query"] = request.GET.get("q", "")
    return shown
