"""Signing a consent at home: whether what was released still holds, and what is still missing.

Who may sign without the clinic being there is a question of law, not of medicine; the numbers below are ours.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from masseter.core.consult.consent import ConsentText

FRESH_MINUTES = 10  # how long ago somebody may have shown who they are
USUAL_DAYS = 14  # how long a release holds where nobody says otherwise
LONGEST_DAYS = 90
ADULT_YEARS = 18  # for a younger person somebody signs with them, and that is seen at the clinic


class ReleaseState(StrEnum):
    """Where a release stands: only an open one can be signed."""

    OPEN = "open"
    SIGNED = "signed"
    TAKEN_BACK = "taken_back"
    CASE_CLOSED = "case_closed"
    TEXT_CHANGED = "text_changed"
    PLAN_CHANGED = "plan_changed"
    OVER = "over"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a consent rests on: the version of its text, the working diagnosis, and the plan's digest."""

    text_version: str
    diagnosis: str
    plan_mark: str


def state_of_release(
    *,
    released: Basis,
    now: Basis,
    until: date,
    today: date,
    is_signed: bool,
    is_ended: bool,
    is_case_open: bool,
) -> ReleaseState:
    """Where a release stands on a day. One without a plan is not ended by a plan that is drawn up later:
    product and diagnosis, which its text names, are compared all the same."""
    if is_signed:
        return ReleaseState.SIGNED
    if is_ended:
        return ReleaseState.TAKEN_BACK
    if not is_case_open:
        return ReleaseState.CASE_CLOSED
    if (released.text_version, released.diagnosis) != (now.text_version, now.diagnosis):
        return ReleaseState.TEXT_CHANGED
    if is_other_plan(released, now):
        return ReleaseState.PLAN_CHANGED
    return ReleaseState.OVER if today > until else ReleaseState.OPEN


def is_other_plan(released: Basis, now: Basis) -> bool:
    """A plan ran at the release, and it is not the one that runs now, or was changed."""
    return bool(released.plan_mark) and released.plan_mark != now.plan_mark


def risk_parts(text: ConsentText) -> tuple[str, ...]:
    """The titles of the parts that tell of risks, each of which is opened by itself before signing."""
    return tuple(section.title for section in text.sections if section.is_risk)


def unread_parts(text: ConsentText, read: Collection[str]) -> tuple[str, ...]:
    """The parts that were not opened yet, in the order of the text."""
    return tuple(title for title in risk_parts(text) if title not in read)


def is_fresh(shown_at: datetime | None, now: datetime) -> bool:
    """Whether somebody showed a short while ago who they are; a time to come counts as never."""
    if shown_at is None:
        return False
    return timedelta(0) <= now - shown_at <= timedelta(minutes=FRESH_MINUTES)


def is_adult(birth_date: date | None, today: date) -> bool:
    """Whether a person is old enough to sign alone; somebody of unknown age is not."""
    if birth_date is None:
        return False
    years = today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))
    return years >= ADULT_YEARS
