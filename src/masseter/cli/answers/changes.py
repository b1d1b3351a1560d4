"""What a plan does otherwise than its protocol, as an answer tells it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from masseter.cli.answers.block import Answer


class SkippedOut(Answer):
    """A site of the protocol that was not proposed, with its points, and why."""

    site: str
    side: str
    reason: str
    points: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class WhyLowerOut(Answer):
    """One reason for a lower dose."""

    code: str
    sentence: str
    sources: tuple[str, ...]
    sure: Literal["verified", "from_memory", "design"]


class LoweredOut(Answer):
    """Points of one site and side that get less than the protocol starts with, and every reason for it."""

    site: str
    side: str
    points: tuple[str, ...]
    was: Decimal
    now: Decimal
    reasons: tuple[WhyLowerOut, ...]


class SchemeOut(Answer):
    """One published scheme of the condition: whether it fits the diagnosis, and what its use is here."""

    protocol: str
    name: str
    product: str
    fits: bool
    status: Literal["licensed", "off_label", "research"]
    low: Decimal
    high: Decimal
    sources: tuple[str, ...]
