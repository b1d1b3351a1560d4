"""What can be asked or found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from masseter.knowledge.model.grounds import AskedIn, ObservationKind, Value
from masseter.knowledge.model.rules import Rule


@dataclass(frozen=True, kw_only=True)
class Choice:
    code: str
    label: str
    plain: str = ""


@dataclass(frozen=True, kw_only=True)
class ObservationType:
    """One fact that may be asked about a patient: how it is worded, its unit and plausible limits.

    `conditions` empty means that it belongs to all six. `derived` ones are computed, never asked;
    `asked_by` is the question whose answer one is computed from, where a person can be asked.
    `valid_days`: how long an answer may be relied on in a check; empty for what does not change.
    """

    code: str
    label: str
    question: str
    kind: ObservationKind
    group: str
    order: int
    asked_in: tuple[AskedIn, ...]
    help: str = ""
    conditions: tuple[str, ...] = ()
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[Choice, ...] = ()
    only_if: Rule | None = None
    asked_by: str = ""
    valid_days: Value | None = None
