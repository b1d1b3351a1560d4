"""What an injection passport says. Short names keep the code small enough for a phone to read it."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MOST_TREATMENTS = 3  # the newest; what is older no longer bears on an interval


def _is_plain(text: str) -> str:
    """No control characters, and none that turn the direction of what is read."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs"} for letter in text):
        raise ValueError("holds characters that cannot be seen")
    return text.strip()


Words = Annotated[str, Field(max_length=200), AfterValidator(_is_plain)]
Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_-]*$")]
Units = Annotated[Decimal, Field(gt=0, lt=10_000, max_digits=8, decimal_places=4)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Site(_Part):
    """The units of one muscle on one side."""

    site: Code = Field(alias="s")
    side: Literal["left", "right", "midline"] = Field(alias="a")
    units: Units = Field(alias="u")


class Given(_Part):
    """One treatment."""

    given_on: date = Field(alias="d")
    condition: Code = Field("", alias="f")
    product: Code = Field(alias="p")
    brand: Words = Field(alias="b")
    units: Units = Field(alias="u")
    lots: tuple[Words, ...] = Field((), alias="l", max_length=20)
    sites: tuple[Site, ...] = Field((), alias="m", max_length=60)


class Passport(_Part):
    """The newest treatments of one person, and who says so. `earliest_next`: the first day of another one."""

    version: Literal[1] = Field(1, alias="v")
    clinic: Words = Field(alias="c")
    phone: Words = Field("", alias="t")
    patient: Words = Field(alias="n")
    birth_date: date | None = Field(None, alias="y")
    issued_on: date = Field(alias="i")
    earliest_next: date | None = Field(None, alias="e")
    treatments: tuple[Given, ...] = Field(alias="g", min_length=1, max_length=MOST_TREATMENTS)
