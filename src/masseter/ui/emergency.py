"""Whom to call, in words for the patient."""

from __future__ import annotations

from masseter.knowledge.load import load
from masseter.knowledge.model import EmergencyHelp, Jurisdiction


def help_in(jurisdiction: Jurisdiction) -> EmergencyHelp:
    """The numbers of the place where the clinic is.

    Raises: LookupError where the knowledge names none.
    """
    for each in load().emergency:
        if each.jurisdiction == jurisdiction:
            return each
    raise LookupError(f"no emergency number is known for {jurisdiction}")


def numbers_elsewhere(jurisdiction: Jurisdiction) -> list[EmergencyHelp]:
    """The numbers of the other places, for somebody who travels."""
    return [each for each in load().emergency if each.jurisdiction != jurisdiction]
