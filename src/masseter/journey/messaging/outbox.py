"""Writing messages in the transaction of their cause, and telling the worker that there are some.

These are parts of other actions, which write the event; a message that is sent writes its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.messaging.kinds import IMMEDIATE
from masseter.journey.messaging.models import Message
from masseter.journey.messaging.queries import settings_of
from masseter.journey.messaging.quiet import after_quiet

HAND_OVER = "hand_over"  # the name of the job that empties a clinic's outbox
HAND_OVER_NOW = "hand_over_now"  # and of the one that takes what must not wait
_NOW = 10  # its priority: taken before the others
_AT_ONCE = 500  # rows in one statement


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A message that should go out. `about` names its cause: the same cause is written once.

    `due_at`: None for now. `expires_at`: from when on it is better not sent.
    """

    kind: str
    about: str
    patient_id: int | None = None
    address: str = ""
    language: str = "en"
    starts_at: datetime | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None


def write_messages(by: Actor, wanted: Sequence[Wanted]) -> int:
    """Write messages, those of a known cause left out; answer how many are new. Inside an action."""
    new = _without_known(by, wanted)
    decided, now = settings_of(by), clock.now()
    rows = []
    for one in new:
        due = one.due_at or now
        if one.kind not in IMMEDIATE:
            due = after_quiet(
                due, zone=by.zone, quiet_from=decided.quiet_from, quiet_until=decided.quiet_until
            )
        rows.append(
            Message(
                clinic_id=by.clinic_id,
                kind=one.kind,
                about=one.about,
                patient_id=one.patient_id,
                address=one.address,
                language=one.language,
                starts_at=one.starts_at,
                due_at=due,
                expires_at=one.expires_at,
            )
        )
    # Two that look at the same moment write the cause once: the second is passed over.
    Message.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)
    if rows:
        wake(by.clinic_id, now=any(one.kind in IMMEDIATE for one in rows))
    return len(rows)


def withdraw_messages(by: Actor, kind: str, about: str, reason: str) -> int:
    """Take back what waits about a cause that is gone: a cancelled visit. Inside an action."""
    waiting = Message.objects.filter(clinic_id=by.clinic_id, kind=kind, state=Message.State.WAITING)
    about_it = waiting.filter(about=about) | waiting.filter(about__startswith=f"{about}@")
    return about_it.update(state=Message.State.WITHDRAWN, reason=reason)


def wake(clinic_id: int, *, now: bool = False) -> None:
    """Defer the job that hands a clinic's messages over, within this transaction; one of each waits at most.

    `now`: the job that takes what must not wait behind thousands of reminders.
    """
    name, priority = (HAND_OVER_NOW, _NOW) if now else (HAND_OVER, 0)
    try:
        with transaction.atomic():
            lock = f"{name}:{clinic_id}"
            app.configure_task(name, queueing_lock=lock, priority=priority).defer(clinic_id=clinic_id)
    except AlreadyEnqueued:
        # The one that waits reads the outbox when it begins.
        return


def _without_known(by: Actor, wanted: Sequence[Wanted]) -> list[Wanted]:
    known = Message.objects.filter(clinic_id=by.clinic_id, kind__in={one.kind for one in wanted})
    seen = set(known.filter(about__in=[one.about for one in wanted]).values_list("kind", "about"))
    new: dict[tuple[str, str], Wanted] = {}
    for one in wanted:
        if (one.kind, one.about) not in seen:
            new.setdefault((one.kind, one.about), one)
    return list(new.values())
