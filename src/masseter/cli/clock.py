"""The one place where the command line asks for the day; nothing clinical is decided by it."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """The day by this machine's clock."""
    return date.today()
