"""What every block of an answer is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """A block of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")
