"""What every template knows: who acts, in which clinic, and whether this is the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import public_clinic


def site(request: HttpRequest) -> dict[str, object]:
    """`by`, `clinic` and `is_demo`; the clinic of the public pages where nobody is signed in."""
    by = getattr(request, "by", None)

    def clinic() -> Clinic | None:
        return Clinic.objects.filter(pk=by.clinic_id).first() if by else public_clinic()

    return {"by": by, "clinic": clinic, "is_demo": settings.IS_DEMO}
