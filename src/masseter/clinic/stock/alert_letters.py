"""The letters about a recalled lot, each in the language in which its reader is spoken to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from masseter.clinic.inject.signs import signs
from masseter.clinic.stock.alert_words import AlertTold, PersonRow, brand_of
from masseter.clinic.stock.presenters import plain
from masseter.journey.accounts.languages import spoken, told_in
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.inject.touched import TouchedPatient
from masseter.journey.people.models import Patient
from masseter.journey.stock.models import Alert, Lot
from masseter.knowledge.load import load
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.languages.days import day_words
from masseter.ui.languages.numbers import apart
from masseter.ui.paper.letterhead import letterhead


def letters(alert: Alert, told: AlertTold, clinic: Clinic, patients: Sequence[Patient]) -> dict[str, object]:
    """The data of the letters to these patients. Head and foot are in the clinic's English.

    What the notice says is told as it was published.
    """
    wanted = {patient.pk for patient in patients}
    title = "About the medicine that you were given"
    return {
        **letterhead(clinic, title, f"{alert.title}. {alert.source}."),
        "notice": alert.text,
        "emergency_number": clinic.emergency_number,
        "people": [
            _letter(alert, row, touched, clock.today(clinic.zone))
            for row, touched in zip(told.people, told.touched.patients, strict=True)
            if row.patient.pk in wanted
        ],
    }


def _letter(alert: Alert, row: PersonRow, touched: TouchedPatient, today: date) -> Mapping[str, object]:
    patient = row.patient
    with translation.override(spoken(told_in(patient.user, patient.language))):
        name = apart(f"{patient.given_names} {patient.family_name}")
        return {
            "language": (get_language() or "en")[:2],
            "is_rtl": get_language_bidi(),
            "name": name,
            "number": _("Record number %(number)s") % {"number": apart(patient.number)},
            "day": day_words(today),
            "uses": [
                [day_words(use.day), _medicine(use.lot), plain(use.given_units)] for use in touched.uses
            ],
            "emergency": _emergency(touched),
            "told": _told(alert, name),
        }


def _medicine(lot: Lot) -> str:
    return _("%(brand)s, lot %(lot)s") % {"brand": apart(brand_of(lot)), "lot": apart(lot.number)}


def _emergency(touched: TouchedPatient) -> list[str]:
    """The signs of every condition that was treated; of all where none is known."""
    conditions = {use.condition for use in touched.uses} or set(load().conditions)
    found: list[str] = []
    for condition in sorted(conditions):
        told = signs(condition)["emergency"]
        found += [str(each) for each in told] if isinstance(told, list) else []
    return list(dict.fromkeys(found))


def _told(alert: Alert, name: str) -> dict[str, object]:
    """The words of the letter. In another language the signs are told as they are asked at home."""
    about = {"title": apart(alert.title), "source": apart(alert.source)}
    if alert.kind == Alert.Kind.RECALL:
        published = _(
            "You were treated at our clinic. A lot of the medicine that you were given is recalled: "
            "%(title)s (%(source)s)."
        )
    else:
        published = _(
            "You were treated at our clinic. A warning has been published about a lot of the medicine that "
            "you were given: %(title)s (%(source)s)."
        )
    asks = get_language() in LANGUAGES
    return {
        "title": _("About the medicine that you were given"),
        "dear": _("Dear %(name)s,") % {"name": name},
        "published": published % about,
        "given": _("What you were given"),
        "head": [_("Day"), _("Medicine and lot"), _("Units")],
        "notice": _("What the notice says"),
        "please": _("What we ask you to do"),
        "call": _("Please call us, also if you feel well:"),
        "then": _(
            "We will ask how you are and tell you what we know. Keep this letter and show it to every doctor "
            "or dentist whom you see in the next four months."
        ),
        "help": _("Get help at once if you would answer yes to one of these")
        if asks
        else _("Get help at once"),
        "emergency": _("Call"),
        "say": _("Say that you were treated with botulinum toxin."),
        "sorry": _("We are sorry for the worry that this letter may cause."),
    }
