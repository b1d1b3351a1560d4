"""What a signature seals: one digest over everything that the record says."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal

from masseter.journey.inject.models import GivenPoint, Treatment, VialUse

_LEFT_OUT = {"id", "clinic", "created_at", "treatment", "digest", "vial"}
# Columns that records signed before they came do not have: told where they are filled.
_LATER = {"inject.vialuse": {"diluent_ml", "diluent", "reconstituted_at", "opened_here"}}


def digest_of(treatment: Treatment) -> str:
    """SHA-256 over every column of the treatment, its points and its vials."""
    told = {
        "treatment": _columns(treatment),
        "points": [_columns(point) | {"vial": point.vial_id} for point in treatment.points.all()],
        "vials": [_columns(use) | {"vial": use.vial_id} for use in treatment.vial_uses.all()],
    }
    text = json.dumps(told, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_unchanged(treatment: Treatment) -> bool:
    """The record still says what was signed."""
    return treatment.digest == digest_of(treatment)


def _columns(row: Treatment | GivenPoint | VialUse) -> dict[str, object]:
    later = _LATER.get(row._meta.label_lower, set())
    told = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in _LEFT_OUT
    }
    return {name: value for name, value in told.items() if value not in (None, "") or name not in later}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
