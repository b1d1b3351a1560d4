"""What a gateway for text messages reports: signed, so that nobody else can say that one failed."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

LARGEST = 10_000  # bytes of a report
HOLDS = timedelta(minutes=5)  # between signing and arriving, and between two clocks
_KEY = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,5})", re.IGNORECASE | re.ASCII)
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
DELIVERED, FAILED = "delivered", "failed"


class WrongReport(Exception):
    """The report is none, or says nothing that can be read."""


class WrongSignature(Exception):
    """The report was not signed by the gateway of this installation, or too long ago."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One message, and whether it failed; `reason` in the words of the gateway."""

    key: UUID
    round: int
    is_failed: bool
    reason: str


def check_signature(body: bytes, signed_at: str, signature: str, now: datetime) -> None:
    """`signed_at`: seconds since 1970; `signature`: hex of the HMAC-SHA256 of "<signed_at>.<body>".

    Raises: WrongSignature.
    """
    key = settings.TEXT_REPORT_KEY.encode()
    right = hmac.new(key, signed_at.encode() + b"." + body, hashlib.sha256).hexdigest()
    if not key or not hmac.compare_digest(right.encode(), signature.strip().lower().encode()):
        raise WrongSignature("The signature does not fit.")
    if not _SECONDS.fullmatch(signed_at) or abs(now.timestamp() - int(signed_at)) > HOLDS.total_seconds():
        raise WrongSignature("It was signed too long ago, or a clock is wrong.")


def read_report(body: bytes) -> Report:
    """Raises: WrongReport."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WrongReport("This is no JSON.") from error
    if not isinstance(told, dict):
        raise WrongReport("This is no object.")
    named = _KEY.fullmatch(str(told.get("key", "")))
    status = told.get("status")
    if named is None or status not in (DELIVERED, FAILED):
        raise WrongReport('It takes "key", and "status" with "delivered" or "failed".')
    reason = " ".join(str(told.get("reason", "")).replace("\x00", " ").split())
    return Report(
        key=UUID(named[1]),
        round=int(named[2]),
        is_failed=status == FAILED,
        reason=f"The gateway: {reason or 'not delivered'}"[:300],
    )
