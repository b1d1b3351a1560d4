"""Letters about requests and addresses. None says anything about health."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from masseter.journey.accounts.languages import spoken, told_in
from masseter.journey.people.letters import send_after
from masseter.journey.record.models import Asked


def page(name: str) -> str:
    """The whole address of a page."""
    return settings.BASE_URL.rstrip("/") + reverse(name)


def tell_answered(asked: Asked, *, with_portal: bool) -> None:
    """Tell a patient that there is an answer; the answer itself is read after signing in."""
    patient = asked.patient
    if not patient.email:
        return
    with translation.override(spoken(told_in(patient.user, patient.language))):
        clinic = patient.clinic.name
        if with_portal and patient.user_id is not None:
            words = _("%(clinic)s has answered what you asked. Sign in to read it:\n%(link)s\n") % {
                "clinic": clinic,
                "link": page("my_asked"),
            }
        else:
            words = _(
                "%(clinic)s has answered what you asked. Your sign-in has ended with it; call the clinic "
                "if you would like the answer on paper: %(phone)s\n"
            ) % {"clinic": clinic, "phone": patient.clinic.phone}
        send_after(_("An answer from %(clinic)s") % {"clinic": clinic}, words, patient.email)
