"""Codes that are sent to an address and typed here: made, held by the session, tried a few times."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.sealed import BrokenSeal, seal, unseal
from masseter.journey.people.models import Patient

LASTS = 900  # seconds that a code is good for
TRIES = 5
ASKS, ASKS_SECONDS = 5, 3600


def new_code() -> str:
    """Eight figures."""
    return f"{secrets.randbelow(10**8):08d}"


def hold(code: str, patient: Patient, purpose: str, **more: str) -> str:
    """What the session keeps until the code is typed: sealed, and without the code itself."""
    held = {**more, "code": _digest(code), "patient": patient.pk, "key": secrets.token_hex(8)}
    return seal(json.dumps(held), purpose)


def opened(held: str, purpose: str) -> dict[str, Any]:  # Any: what was sealed
    """What was held; empty where it is too old or not ours."""
    try:
        told: dict[str, Any] = json.loads(unseal(held, purpose, within_seconds=LASTS))
    except BrokenSeal:
        return {}
    return told


def try_code(held: str, purpose: str, patient: Patient, code: str) -> dict[str, Any]:  # Any: what was sealed
    """What was held, where the code fits and was not tried too often; else nothing. Each try counts."""
    told = opened(held, purpose)
    if not told or told["patient"] != patient.pk or not _may_try(told["key"]):
        return {}
    return told if hmac.compare_digest(told["code"], _digest("".join(code.split()))) else {}


def spend(told: dict[str, Any]) -> None:  # Any: what was sealed
    """A code that was used is good no more."""
    cache.set(_tries_key(told["key"]), TRIES, LASTS)


def count_asks(patient: Patient, field: str | None = None) -> None:
    """Count that a code was asked for.

    Raises: Refused after too many within an hour.
    """
    key = f"masseter:email-asks:{patient.pk}"
    cache.add(key, 0, ASKS_SECONDS)
    if cache.incr(key) > ASKS:
        raise Refused(_("You asked for many codes within an hour. Try again later."), field=field)


def _may_try(key: str) -> bool:
    cache.add(_tries_key(key), 0, LASTS)
    return cache.incr(_tries_key(key)) <= TRIES


def _tries_key(key: str) -> str:
    return f"masseter:email-tries:{key}"


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
