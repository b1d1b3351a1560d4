"""The answers of a self-check on their way to a request: in the reader's page, sealed, nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from masseter.journey.ground.sealed import BrokenSeal, seal, unseal

_PURPOSE = "self-check"
_GOOD_FOR_SECONDS = 3 * 3600


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A finished self-check. The seal keeps it from being changed, or read over a shoulder."""

    condition: str
    outcome: str
    knowledge_version: str
    red_flags_open: list[str]
    answers: Mapping[str, Any]  # Any: whatever JSON can hold


def carry(check: Carried) -> str:
    """A self-check as one sealed text for a hidden field."""
    return seal(json.dumps(asdict(check)), _PURPOSE)


def arrive(sealed: str) -> Carried | None:
    """The self-check in a hidden field; None where there is none, or it was changed or is too old."""
    if not sealed:
        return None
    try:
        return Carried(**json.loads(unseal(sealed, _PURPOSE, within_seconds=_GOOD_FOR_SECONDS)))
    except (BrokenSeal, TypeError):
        # TypeError: sealed by an older version, in a page that was open during an upgrade.
        return None
