"""The JSON Schemas of case files and of every answer, as they are published."""

from __future__ import annotations

import json

from pydantic import BaseModel

from masseter.cli.answers.shape import (
    AssessOut,
    BadInputOut,
    CheckOut,
    FollowUpOut,
    PlanOut,
    ReconstituteOut,
    ScoreOut,
    SymptomOut,
)
from masseter.cli.case.shape import VERSION, CaseFile

_ANSWERS: tuple[type[BaseModel], ...] = (
    AssessOut,
    PlanOut,
    CheckOut,
    ReconstituteOut,
    ScoreOut,
    SymptomOut,
    FollowUpOut,
    BadInputOut,
)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """File name below the reference folder → text of each schema."""
    found = {f"schemas/case-{VERSION}.json": _text(CaseFile, f"masseter.case/{VERSION}", "validation")}
    for shape in _ANSWERS:
        name = str(shape.model_fields["format"].default)
        file = name.removeprefix("masseter.").replace("/", "-").replace("_", "-")
        found[f"schemas/{file}.json"] = _text(shape, name, "serialization")
    return found


def _text(shape: type[BaseModel], title: str, mode: str) -> str:
    schema = shape.model_json_schema(mode="validation" if mode == "validation" else "serialization")
    return json.dumps({"$schema": _DIALECT, **schema, "title": title}, indent=2, sort_keys=True) + "\n"
