"""Whom to call, in words for the patient."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masseter.knowledge.load import load
from masseter.knowledge.model import EmergencyHelp, Jurisdiction

PLACES: dict[Jurisdiction, Promise] = {
    "EU": _("European Union"),
    "UK": _("United Kingdom"),
    "US": _("United States"),
}


def help_in(jurisdiction: Jurisdiction) -> EmergencyHelp:
    """The numbers of the place where the clinic is.

    Raises: LookupError where the knowledge names none.
    """
    for each in load().emergency:
        if each.jurisdiction == jurisdiction:
            return each
    raise LookupError(f"no emergency number is known for {jurisdiction}")


def numbers_elsewhere(jurisdiction: Jurisdiction) -> list[tuple[str, str]]:
    """The other places with their numbers, for somebody who travels."""
    return [
        (str(PLACES[each.jurisdiction]), each.number)
        for each in load().emergency
        if each.jurisdiction != jurisdiction
    ]
