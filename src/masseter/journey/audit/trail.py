"""Writing the audit trail: in the transaction of what it tells, chained by a key the database has not."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.action import events_written
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.scope import lock_clinic

FIRST_DIGEST = "0" * 64
NAME = 200  # characters that the column holds


def record(
    *,
    by: Actor,
    what: str,
    on: Model | None = None,
    patient_id: int | None = None,
    why: str = "",
    data: dict[str, Any] | None = None,  # Any: whatever JSON can hold
) -> Event:
    """Write one event. The clinic's events are written one after another, so that the chain has one end."""
    if patient_id is None and on is not None:
        is_patient = on._meta.label_lower == "people.patient"
        patient_id = on.pk if is_patient else getattr(on, "patient_id", None)
    last = _lock_end(by.clinic_id)
    event = Event(
        clinic_id=by.clinic_id,
        number=last[0] + 1,
        at=clock.now(),
        user_id=by.user_id,
        user_name=by.name[:NAME],
        roles=",".join(sorted(by.roles)),
        what=what,
        subject_kind=on._meta.label_lower if on is not None else "",
        subject_id=on.pk if on is not None else None,
        patient_id=patient_id,
        why=why,
        data=json.loads(json.dumps(data or {}, default=str, sort_keys=True)),
        address=by.address,
    )
    event.digest = digest_of(event, last[1])
    event.save(force_insert=True)
    events_written.set(events_written.get() + 1)
    # The deed is done by then: a full disk is for the log, and not for the person who did it.
    transaction.on_commit(lambda: _anchor(event), robust=True)
    return event


def digest_of(event: Event, before: str) -> str:
    """HMAC-SHA256 over the digest before and every column of this event."""
    told = {
        "before": before,
        "clinic": event.clinic_id,
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(),
        "user": [event.user_id, event.user_name, event.roles],
        "what": event.what,
        "subject": [event.subject_kind, event.subject_id, event.patient_id],
        "why": event.why,
        "data": event.data,
        "address": event.address,
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _lock_end(clinic_id: int) -> tuple[int, str]:
    lock_clinic(clinic_id)
    end = Event.objects.filter(clinic_id=clinic_id).order_by("-number")
    return end.values_list("number", "digest").first() or (0, FIRST_DIGEST)


def _anchor(event: Event) -> None:
    """Keep the end of the chain outside the database too: a trail cut short shows against it."""
    settings.AUDIT_ANCHORS.mkdir(parents=True, exist_ok=True)
    path = settings.AUDIT_ANCHORS / f"clinic-{event.clinic_id}.log"
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a") as file:
        file.write(f"{event.number} {event.digest}\n")
