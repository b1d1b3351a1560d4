"""People, events and knowledge in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.core.rules import holds_in
from masseter.journey.accounts.models import Membership, User
from masseter.journey.audit.models import OPENED, Event
from masseter.journey.ground.rights import ROLE_NAMES, Role
from masseter.knowledge.check import due
from masseter.knowledge.model import Knowledge, Retention

DUE_AFTER_DAYS = 365


def staff_rows(memberships: Sequence[Membership]) -> list[dict[str, object]]:
    """One row a role, with the person."""
    return [
        {
            "id": membership.pk,
            "name": membership.user.name,
            "email": membership.user.email,
            "role": ROLE_NAMES[Role(membership.role)],
            "since": membership.created_at.date(),
        }
        for membership in memberships
    ]


def added_words(user: User) -> str:
    """What an administrator is told: true, and nothing about where else the person works."""
    if user.has_usable_password():
        return (
            f"{user.email} signs in to Masseter already. The person keeps name, password and second factor, "
            "and works here from their next sign-in. No letter was sent."
        )
    return f"The person was added. A link to choose a password is on its way to {user.email}."


def event_rows(events: Iterable[Event], zone: str, *, may_see_chart: bool) -> list[dict[str, object]]:
    """Events as a reader wants them: when, who, what, on what, why.

    Why and more of an event about a patient is part of the chart: it stays with those who may open one.
    """
    return [
        {
            "number": event.number,
            "at": event.at.astimezone(ZoneInfo(zone)),
            "who": event.user_name,
            "roles": ", ".join(ROLE_NAMES[Role(role)] for role in event.roles.split(",") if role),
            "what": event.what.replace(".", ": ").replace("_", " "),
            "subject": f"{event.subject_kind.rpartition('.')[2]} {event.subject_id or ''}".strip(),
            "patient": event.patient_id,
            "address": event.address,
            **_more(event, is_hidden=is_of_a_chart(event) and not may_see_chart),
        }
        for event in events
    ]


def is_of_a_chart(event: Event) -> bool:
    """Whether an event tells a fact about a patient, or about one who asks to become a patient.

    The name of the page that was opened tells none.
    """
    is_about_somebody = event.patient_id is not None or event.subject_kind == "screen.referral"
    return is_about_somebody and event.what != OPENED


def _more(event: Event, *, is_hidden: bool) -> dict[str, object]:
    if is_hidden:
        return {"is_hidden": bool(event.why or event.data), "why": "", "data": ""}
    told = [f"{key.replace('_', ' ')}: {_shown(value)}" for key, value in event.data.items()]
    return {"is_hidden": False, "why": event.why, "data": "; ".join(told)}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    return str(value)


def knowledge_rows(known: Knowledge, today: date, jurisdiction: str) -> dict[str, object]:
    """What is known, in counts, what needs a fresh look, and the duties of the clinic's place."""
    waiting = [str(line) for line in due(today, DUE_AFTER_DAYS)]
    conditions = sorted(known.conditions.values(), key=lambda each: each.order)
    protocols = sorted(known.protocols.values(), key=lambda each: (each.condition, each.order))
    return {
        "version": known.version,
        "map_version": known.face_map.version,
        "conditions": [
            {
                "condition": condition,
                "protocols": [each for each in protocols if each.condition == condition.code],
            }
            for condition in conditions
        ],
        "products": list(known.products.values()),
        "waiting": waiting[:100],
        "waiting_count": len(waiting),
        "source_count": len(known.sources),
        "duties": [each for each in known.duties if holds_in(each, jurisdiction)],
        "retention": _retention(known, jurisdiction),
        "blocks": known.record_blocks,
    }


def _retention(known: Knowledge, jurisdiction: str) -> list[Retention]:
    """How long records are kept in a place, the longest period first: it is the safe one."""
    here = [each for each in known.retention if holds_in(each, jurisdiction)]
    return sorted(here, key=lambda each: -each.adult_years.value if each.adult_years else Decimal(0))
