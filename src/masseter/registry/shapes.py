"""The parts of a mapping file: a scale, the visits, the arms, what was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

TimeUnit = Literal["days", "weeks", "months", "date"]
Again = Literal["", "same", "more"]
PLACEBO = "placebo"
TURNED = "_turned"  # behind the key of a measure whose values were turned about


def _as_word(value: object) -> object:
    """A bare number of YAML as the word that stands in a cell."""
    if isinstance(value, bool) or value is None:
        raise ValueError("write this word in quotes")
    return str(value) if isinstance(value, int | float) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Word = Annotated[str, BeforeValidator(_as_word)]
Days = Annotated[list[float], BeforeValidator(_as_list)]
Columns = Annotated[list[str], BeforeValidator(_as_list)]


class Shape(BaseModel):
    """A part of a mapping: a key that it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Measure(Shape):
    """The scale of the score: its key, its ends and the step between two values; nought where continuous.

    `higher_is_better`: values are turned about between the ends, since higher counts as worse.
    `words`: what words in the place of a number are worth.
    """

    key: str
    low: float
    high: float
    step: float = Field(ge=0)
    higher_is_better: bool = False
    words: dict[Word, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ends(self) -> Measure:
        if self.low >= self.high:
            raise ValueError("the low end of the scale must lie below the high end")
        return self

    def taken(self, value: float) -> float:
        """A value as it is taken."""
        return self.low + self.high - value if self.higher_is_better else value


class Visits(Shape):
    """One line a visit: a column with the time and one with the score.

    `days`: the day of each visit where the time is a name; empty for a visit to be left out.
    `unit_column` and `units`: where a column names each score's unit, the factor by which to multiply.
    `when`: only lines that have one of the words in every column named tell of a score.
    """

    time: str
    unit: TimeUnit | None = None
    days: dict[Word, float | None] = Field(default_factory=dict)
    score: str
    unit_column: str = ""
    units: dict[Word, float] = Field(default_factory=dict)
    observed_days: str = ""
    when: dict[str, list[Word]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _timed(self) -> Visits:
        if (self.unit is None) == (not self.days):
            raise ValueError("write either the 'unit' of the time or, for named visits, the 'days' of each")
        if bool(self.unit_column) != bool(self.units):
            raise ValueError(
                "'unit_column' and 'units' need each other: which column, and what its words mean"
            )
        return self


class VisitColumn(Shape):
    """One line a patient: a column with the score of one day, or of the time that another column tells.

    `when`: only lines that have one of the words in every column named tell of that score.
    """

    column: str
    day: float | None = None
    time: str = ""
    unit: TimeUnit = "date"
    when: dict[str, list[Word]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _timed(self) -> VisitColumn:
        if (self.day is None) == (not self.time):
            raise ValueError("write either the 'day' of the score or the column of its 'time'")
        if not self.time and "unit" in self.model_fields_set:
            raise ValueError("a 'unit' is that of a column: name it under 'time'")
        return self


class Arm(Shape):
    """What one arm of a trial was given."""

    product: str
    units: float = Field(ge=0)


class Session(Shape):
    """When something was given: on the days of `day`, at the `time` of a column, else at the line's visit.

    `when`: only lines that have one of the words in every column named tell of a treatment.
    """

    day: Days = Field(default_factory=list)
    time: str = ""
    unit: TimeUnit = "date"
    when: dict[str, list[Word]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_time(self) -> Session:
        if self.day and self.time:
            raise ValueError("write either the 'day' of the treatment or the column of its 'time'")
        if not self.time and "unit" in self.model_fields_set:
            raise ValueError("a 'unit' is that of a column: name it under 'time'")
        return self

    @property
    def days(self) -> list[float]:
        """The days of treatment that the mapping names."""
        return self.day

    @property
    def has_own_time(self) -> bool:
        """Whether the treatment has a time apart from the line's visit."""
        return bool(self.days or self.time)

    @property
    def is_told_apart(self) -> bool:
        """Whether the mapping says which lines or days are those of a treatment, without looking at units."""
        return bool(self.has_own_time or self.when)

    @property
    def is_dated(self) -> bool:
        """Whether that time is a date."""
        return bool(self.time) and self.unit == "date"


class Arms(Session):
    """What was given by the arm that a column names; on day 0 unless said."""

    column: str
    arms: dict[Word, Arm]

    @property
    def days(self) -> list[float]:
        """The days of treatment that the mapping names; day 0 where nothing else is told."""
        return self.day if self.day or self.time or self.when else [0.0]


class Given(Session):
    """Columns that say what was given; a line without units gave nothing.

    `units`: one column or several that add up, as right and left. `multiply`: by how much, as 2 for a dose
    a side. `one_dose`: what all got. `product`: a column, unless `one_product` names the product of all;
    `products` says what its words mean. `zero`: what 0 units of a toxin are. `again`: what lines are that
    tell of one product on one day again, the same treatment or more of it; refused where that is not said.
    """

    units: Columns = Field(default_factory=list)
    one_dose: float | None = Field(default=None, ge=0)
    multiply: float = Field(default=1, gt=0)
    unit: TimeUnit = "days"
    product: str = ""
    one_product: str = ""
    products: dict[Word, str] = Field(default_factory=dict)
    zero: Literal["", "placebo", "none"] = ""
    again: Again = ""

    @model_validator(mode="after")
    def _named(self) -> Given:
        if bool(self.product) == bool(self.one_product):
            raise ValueError("name either the column of the product or the one product of all")
        if bool(self.units) == (self.one_dose is not None):
            raise ValueError("name either the columns of the 'units' or the 'one_dose' of all")
        if self.one_product and self.products:
            raise ValueError(
                "'products' says what the words of a column mean: name the column under 'product'"
            )
        if self.one_dose is not None and "multiply" in self.model_fields_set:
            raise ValueError("'multiply' goes with columns of 'units': write all of 'one_dose'")
        if self.one_dose is not None and not self.is_told_apart:
            raise ValueError(
                "with 'one_dose' say the 'day' of the treatment, the column of its 'time', or 'when' it was"
            )
        return self

    @property
    def columns(self) -> Iterator[str]:
        """The columns that it reads."""
        yield from (*self.units, self.product)
