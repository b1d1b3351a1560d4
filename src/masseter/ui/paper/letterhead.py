"""What every paper of a clinic carries, and a letter to somebody that any room can fill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import logo_of
from masseter.journey.people.models import Patient


def letterhead(
    clinic: Clinic, title: str, foot: str, *, version: str = "", mark: str = ""
) -> dict[str, object]:
    """Title, clinic and foot of a paper.

    `foot` names the patient on every page, `version` which version of what it is and when it was printed;
    `mark` is a word across every page of a paper that no longer or not yet holds, e.g. 'Superseded'.
    """
    return {
        "title": title,
        "foot": foot,
        "version": version,
        "mark": mark,
        "demo": clinic.is_demo,
        "clinic": {
            "name": clinic.name,
            "address": ", ".join(line for line in clinic.address.splitlines() if line.strip()),
            "phone": clinic.phone,
            "email": clinic.email,
        },
        "logo": logo_of(clinic),
    }


def identity(patient: Patient) -> str:
    """Who a paper is about: name, date of birth where it is known, record number."""
    born = f", born {patient.birth_date:%-d %B %Y}" if patient.birth_date else ""
    return f"{patient}{born}, {patient.number}"


def plain_letter(
    clinic: Clinic,
    *,
    to: Sequence[str],
    day: date,
    subject: str,
    paragraphs: Sequence[str],
    signed: Sequence[str],
    foot: str = "",
    facts: Sequence[tuple[str, str]] = (),
    closing: Sequence[str] = (),
) -> dict[str, object]:
    """The data of the template `plain`: a letter with the clinic's head.

    `to` are the lines of the address, `facts` what is set out after the paragraphs.
    """
    return {
        **letterhead(clinic, subject, foot or subject, version=f"Letter of {day:%-d %B %Y}."),
        "to": list(to),
        "date": f"{day:%-d %B %Y}",
        "paragraphs": list(paragraphs),
        "facts": [list(pair) for pair in facts],
        "closing": list(closing),
        "signed": list(signed),
    }
