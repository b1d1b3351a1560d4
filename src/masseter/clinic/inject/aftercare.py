"""The aftercare sheet to take home, in the patient's own language."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from masseter.clinic.inject.record import record_of
from masseter.clinic.inject.signs import signs
from masseter.journey.accounts.languages import spoken, told_in
from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
from masseter.knowledge.load import load
from masseter.knowledge.model import Aftercare
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.languages.days import day_words
from masseter.ui.languages.numbers import apart
from masseter.ui.languages.told import told as knowledge_told
from masseter.ui.paper.letterhead import identity, letterhead


def aftercare_in_own_language(treatment: Treatment, clinic: Clinic) -> dict[str, object]:
    """The data of the sheet in the language in which the patient is spoken to."""
    patient = treatment.case.patient
    with translation.override(spoken(told_in(patient.user, patient.language))):
        return aftercare_paper(treatment, clinic)


def aftercare_paper(treatment: Treatment, clinic: Clinic) -> dict[str, object]:
    """The data of the sheet, in plain words of the language of now."""
    told, patient = record_of(treatment, clinic.zone), treatment.case.patient
    with timezone.override(ZoneInfo(clinic.zone)):
        day = day_words(treatment.given_at)
    advice = [
        each
        for each in load().aftercare
        if not each.conditions or treatment.case.condition in each.conditions
    ]
    name = knowledge_told(load().conditions[treatment.case.condition].plain_name)
    foot = _("%(patient)s. Treatment of %(day)s.") % {"patient": identity(patient), "day": day}
    return {
        **letterhead(clinic, _("After your treatment"), foot),
        "greeting": _("For %(patient)s. You were treated for %(condition)s.")
        % {"patient": apart(str(patient)), "condition": name},
        "emergency_number": clinic.emergency_number,
        "told": _headings(day),
        "treatment": [
            [_("Day"), day],
            [_("Product"), apart(f"{told.whole} {told.unit_label}")],
            [_("Lot"), ", ".join(dict.fromkeys(vial.name for vial in told.vials))],
            [_("Given by"), treatment.injector_name],
        ],
        **signs(treatment.case.condition),
        "parts": _parts(advice),
        "closing": _(
            "Keep this sheet. Show it to every doctor, dentist or pharmacist whom you see in the next four "
            "months."
        ),
    }


def _headings(day: str) -> dict[str, str]:
    """In another language the signs are told as they are asked at home: only those words are translated."""
    asks = get_language() in LANGUAGES
    return {
        "help": _("Get help at once if you would answer yes to one of these")
        if asks
        else _("Get help at once"),
        "call": _("Call the clinic if you would answer yes to one of these")
        if asks
        else _("Call the clinic"),
        "expected": _("What these questions ask about can happen and passes")
        if asks
        else _("This can happen and passes"),
        "call_emergency": _("Call"),
        "say": _("Say that you were treated with botulinum toxin on %(day)s.") % {"day": day},
    }


def _parts(advice: list[Aftercare]) -> list[dict[str, object]]:
    """The advice by time, the first days first."""
    parts: dict[tuple[int, int], list[dict[str, str]]] = {}
    for each in sorted(advice, key=lambda one: (one.from_day, one.to_day, one.code)):
        told = {"title": knowledge_told(each.title), "text": knowledge_told(each.text)}
        parts.setdefault((each.from_day, each.to_day), []).append(told)
    return [{"when": _when(first, last), "advice": told} for (first, last), told in parts.items()]


def _when(first: int, last: int) -> str:
    if first == last:
        return _("Today") if first == 0 else _("Day %(day)s") % {"day": first}
    if first == 0:
        words = ngettext("Today and the next %(number)s day", "Today and the next %(number)s days", last)
        return words % {"number": last}
    return _("Day %(first)s to day %(last)s") % {"first": first, "last": last}
