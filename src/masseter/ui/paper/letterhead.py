"""What every paper of a clinic carries, and a letter to somebody that any room can fill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language, get_language_bidi, gettext

from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import logo_of
from masseter.journey.people.models import Patient
from masseter.ui.languages.days import day_words
from masseter.ui.languages.numbers import apart


def letterhead(
    clinic: Clinic, title: str, foot: str, *, version: str = "", mark: str = ""
) -> dict[str, object]:
    """Title, clinic and foot of a paper.

    `foot` names the patient on every page, `version` which version of what it is and when it was printed;
    `mark` is a word across every page of a paper that no longer or not yet holds, e.g. 'Superseded'.
    """
    return {
        "language": (get_language() or "en")[:2],
        "is_rtl": get_language_bidi(),
        "words": _frame(clinic),
        "title": title,
        "foot": foot,
        "version": version,
        "mark": mark,
        "demo": clinic.is_demo,
        "clinic": {
            "name": clinic.name,
            "address": apart(", ".join(line for line in clinic.address.splitlines() if line.strip())),
            "phone": clinic.phone,
            "email": clinic.email,
        },
        "logo": logo_of(clinic),
    }


def _frame(clinic: Clinic) -> dict[str, str]:
    """What stands at the head and the foot of every paper. The template fills in `{page}` and `{pages}`."""
    return {
        "logo": gettext("Logo of %(clinic)s") % {"clinic": clinic.name},
        "page": gettext("Page {page} of {pages}"),
        "telephone": gettext("Telephone"),
        "demo": gettext("Demo clinic: invented people. Not for care."),
    }


def identity(patient: Patient) -> str:
    """Who a paper is about: name, date of birth where it is known, record number."""
    if patient.birth_date is None:
        return f"{apart(str(patient))}, {patient.number}"
    named = {"name": apart(str(patient)), "day": day_words(patient.birth_date), "number": patient.number}
    return gettext("%(name)s, born %(day)s, %(number)s") % named


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
