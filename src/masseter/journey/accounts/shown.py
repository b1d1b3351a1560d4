"""When somebody last showed who they are: at the sign-in, or once more within the session."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from masseter.journey.ground import clock

_KEY = "masseter_shown_at"


def note_shown(session: SessionBase) -> None:
    """Note that the person showed now who they are."""
    session[_KEY] = clock.now().isoformat()


def shown_at(session: SessionBase) -> datetime | None:
    """When that was; None where it was not noted in this session."""
    told = session.get(_KEY, "")
    return datetime.fromisoformat(told) if told else None
