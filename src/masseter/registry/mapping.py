"""The mapping file: which column of a foreign table is what."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from masseter.registry.problems import CannotTake, Refusal, whole

TimeUnit = Literal["days", "weeks", "months", "date"]
DAYS_IN = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12}


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measure(_Shape):
    """The scale of the score: its key, its ends and the step between two values; nought where continuous."""

    key: str
    low: float
    high: float
    step: float = Field(ge=0)

    @model_validator(mode="after")
    def _ends(self) -> Measure:
        if self.low >= self.high:
            raise ValueError("the low end of the scale must lie below the high end")
        return self


class Visits(_Shape):
    """One line a visit: a column with the time and one with the score.

    `unit_column` and `units`: where a column names each score's unit, the factor by which to multiply.
    """

    time: str
    unit: TimeUnit
    score: str
    unit_column: str = ""
    units: dict[str, float] = Field(default_factory=dict)
    observed_days: str = ""


class VisitColumn(_Shape):
    """One line a patient: a column with the score of one day."""

    column: str
    day: float


class Arm(_Shape):
    """What one arm of a trial was given."""

    product: str
    units: float = Field(ge=0)


class Arms(_Shape):
    """Everybody was treated on one day, by the arm that a column names."""

    column: str
    day: float = 0
    arms: dict[str, Arm]


class Given(_Shape):
    """Columns that say what was given; a line without units gave nothing.

    `time`: empty where the line's own visit is the day of the treatment. `product`: a column, unless
    `one_product` names the product of all.
    """

    units: str
    time: str = ""
    unit: TimeUnit = "days"
    product: str = ""
    one_product: str = ""

    @model_validator(mode="after")
    def _named(self) -> Given:
        if bool(self.product) == bool(self.one_product):
            raise ValueError("name either the column of the product or the one product of all")
        return self


class Mapping(_Shape):
    """One mapping file."""

    format: Literal[1]
    name: str = Field(min_length=1)
    condition: str = Field(min_length=1)
    patient: list[str] = Field(min_length=1)
    measure: Measure
    visits: Visits | None = None
    visit_columns: list[VisitColumn] = Field(default_factory=list)
    arms: Arms | None = None
    given: Given | None = None
    reference_units: dict[str, float]
    known: dict[str, str] = Field(default_factory=dict)
    missing: list[str] = Field(default_factory=lambda: ["", "NA", "NaN", "."])
    decimal_comma: bool = False
    baseline_days: float = Field(default=28, ge=0)

    @model_validator(mode="after")
    def _one_way(self) -> Mapping:
        if (self.visits is None) == (not self.visit_columns):
            raise ValueError(
                "write either 'visits' (one line a visit) or 'visit_columns' (one line a patient)"
            )
        if (self.arms is None) == (self.given is None):
            raise ValueError("write either 'arms' (one day, by arm) or 'given' (columns of treatments)")
        if self.visits is None and self.given is not None and not self.given.time:
            raise ValueError("with 'visit_columns' the time of a treatment needs a column of its own")
        for product, units in self.reference_units.items():
            if units <= 0:
                raise ValueError(f"the reference dose of {product} must be above nought")
        return self

    def columns(self) -> list[str]:
        """Every column that the file must have."""
        names = [*self.patient, *self.known.values(), *(each.column for each in self.visit_columns)]
        if self.visits is not None:
            visits = self.visits
            names += [visits.time, visits.score, visits.unit_column, visits.observed_days]
        if self.arms is not None:
            names.append(self.arms.column)
        if self.given is not None:
            names += [self.given.units, self.given.time, self.given.product]
        return [name for name in dict.fromkeys(names) if name]

    def days(self, value: float, unit: TimeUnit) -> float:
        """A time in days."""
        return value * DAYS_IN[unit]


def read_mapping(file: Path) -> Mapping:
    """The mapping of a file.

    Raises CannotTake with every fault, each named by its place.
    """
    try:
        found = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise whole(f"the mapping cannot be read: {str(error).splitlines()[0]}") from None
    if not isinstance(found, dict):
        raise whole("the mapping is not a list of keys and values")
    try:
        return Mapping.model_validate(found)
    except ValidationError as error:
        faults = [
            Refusal(line=0, column=".".join(str(part) for part in fault["loc"]), why=fault["msg"])
            for fault in error.errors()
        ]
        raise CannotTake(*faults) from None
