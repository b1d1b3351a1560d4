"""Telling patients of an answer to what they asked. No letter says anything about health."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from masseter.journey.accounts.languages import spoken, told_in
from masseter.journey.ground.actor import Actor
from masseter.journey.messaging.models import Kind
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.people.letters import send_after
from masseter.journey.record.models import Asked


def tell_answered(by: Actor, asked: Asked, *, with_portal: bool) -> None:
    """Tell a patient that there is an answer; the answer itself is read after signing in.

    Where the contact data are deleted with the answer, the letter goes at once: the outbox would keep them.
    """
    patient = asked.patient
    language = told_in(patient.user, patient.language)
    if with_portal and patient.user_id is not None:
        about = f"{asked.pk}@{asked.answered_at}"
        write_messages(by, [Wanted(kind=Kind.ANSWER, about=about, patient_id=patient.pk, language=language)])
        return
    if not patient.email:
        return
    with translation.override(spoken(language)):
        clinic = patient.clinic.name
        words = _(
            "%(clinic)s has answered what you asked. Your sign-in has ended with it; call the clinic "
            "if you would like the answer on paper: %(phone)s\n"
        ) % {"clinic": clinic, "phone": patient.clinic.phone}
        send_after(_("An answer from %(clinic)s") % {"clinic": clinic}, words, patient.email)
