"""The mapping file: which column of a foreign table is what."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from masseter.registry.problems import CannotTake, Refusal
from masseter.registry.shapes import Arm, Arms, Given, Measure, Session, Shape, VisitColumn, Visits, Word

DateOrder = Literal["ymd", "dmy", "mdy"]


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class Mapping(Shape):
    """One mapping file."""

    format: Literal[1]
    name: str = Field(min_length=1)
    condition: str = Field(min_length=1)
    patient: list[str] = Field(min_length=1)
    measure: Measure
    visits: Visits | None = None
    visit_columns: list[VisitColumn] = Field(default_factory=list)
    arms: Arms | None = None
    given: Annotated[list[Given], BeforeValidator(_one_or_more)] = Field(default_factory=list)
    reference_units: dict[str, float] = Field(default_factory=dict)
    known: dict[str, str] = Field(default_factory=dict)
    only: dict[str, list[Word]] = Field(default_factory=dict)
    fill_down: list[str] = Field(default_factory=list)
    missing: list[Word] = Field(default_factory=list)
    decimal_comma: bool = False
    dates: DateOrder = "ymd"
    encoding: str = ""
    skip_lines: int = Field(default=0, ge=0)
    baseline_days: float = Field(default=28, ge=0)

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, name: str) -> str:
        try:
            "".encode(name or "utf-8")  # refuses what is no way of writing letters, as rot13
        except LookupError:
            raise ValueError(f"'{name}' is no way of writing letters: cp1252, latin-1, utf-16 are") from None
        return name

    @field_validator("known")
    @classmethod
    def _known_once(cls, known: dict[str, str]) -> dict[str, str]:
        """Names become columns of the data set, in which large and small letters are one."""
        plain = {name.casefold(): name for name in known}
        for name in known:
            if plain[name.casefold()] != name:
                raise ValueError(f"'{name}' and '{plain[name.casefold()]}' are one name")
        return known

    @model_validator(mode="after")
    def _one_way(self) -> Mapping:
        if (self.visits is None) == (not self.visit_columns):
            raise ValueError(
                "write either 'visits' (one line a visit) or 'visit_columns' (one line a patient)"
            )
        if (self.arms is None) == (not self.given):
            raise ValueError("write either 'arms' (by the arm of a trial) or 'given' (columns of treatments)")
        if self.visits is None and not all(each.has_own_time for each in self._sessions()):
            raise ValueError(
                "with 'visit_columns' a treatment needs a 'day', or a column of its own with its 'time'"
            )
        return self

    @model_validator(mode="after")
    def _one_clock(self) -> Mapping:
        """Scores and treatments are told on one clock: all by calendar, or all from some day of the trial."""
        if len(set(self._calendars())) > 1:
            raise ValueError(
                "some times are dates and some are numbers of days, weeks or months: scores and treatments "
                "need the same; name the column with the date of the treatment under 'time', or say under "
                "'when' at which visits it was given"
            )
        return self

    @model_validator(mode="after")
    def _references(self) -> Mapping:
        for product, units in self.reference_units.items():
            if units <= 0:
                raise ValueError(f"the reference dose of {product} must be above nought")
        arms = list(self.arms.arms.values()) if self.arms is not None else []
        empty = sorted({arm.product for arm in arms if arm.units == 0} & set(self.reference_units))
        if empty:
            raise ValueError(f"an arm with 0 units of {', '.join(empty)}: write 'placebo' as its product")
        named = sorted({arm.product for arm in arms if arm.units > 0} - set(self.reference_units))
        if named:
            raise ValueError(f"'reference_units' has no dose of {', '.join(named)} that counts as one")
        return self

    def _calendars(self) -> Iterator[bool]:
        """Of each time that is read, whether it is a date."""
        if self.visits is not None:
            yield self.visits.unit == "date"
        for column in self.visit_columns:
            yield bool(column.time) and column.unit == "date"
        for each in self._sessions():
            if each.has_own_time:
                yield each.is_dated

    def _sessions(self) -> list[Session]:
        return [*self.given] if self.arms is None else [self.arms]

    def columns(self) -> list[str]:
        """Every column that the file must have."""
        names = [*self.patient, *self.known.values(), *self.only, *self.fill_down]
        for each in self.visit_columns:
            names += [each.column, each.time, *each.when]
        if self.visits is not None:
            visits = self.visits
            names += [visits.time, visits.score, visits.unit_column, visits.observed_days, *visits.when]
        if self.arms is not None:
            names.append(self.arms.column)
        for given in self.given:
            names += given.columns
        for session in self._sessions():
            names += [session.time, *session.when]
        return [name for name in dict.fromkeys(names) if name]


def read_mapping(file: Path) -> Mapping:
    """The mapping of a file.

    Raises CannotTake with every fault, each named by its place.
    """
    try:
        found = YAML(typ="safe").load(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _faulty(f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _faulty("it is not UTF-8 text: save it in UTF-8") from None
    except YAMLError as error:
        raise _faulty(f"it is no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(found, dict):
        raise _faulty("it is not a list of keys and values")
    try:
        return Mapping.model_validate(found)
    except ValidationError as error:
        faults = [_fault(fault) for fault in error.errors()]
        raise CannotTake(*faults) from None


def _faulty(why: str) -> CannotTake:
    return CannotTake(Refusal(line=0, column="", why=why, where="mapping"))


def _fault(fault: Any) -> Refusal:  # Any: pydantic's own shape of a fault
    """A fault in the words of the mapping."""
    place = ".".join(str(part) for part in fault["loc"] if part != "[key]")
    why = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        near = get_close_matches(name, [key for key in _keys() if key != name], 1)
        why = "there is no such key here" + (f"; is it '{near[0]}'?" if near else "")
    elif fault["type"] == "missing":
        why = "this key is needed"
    elif fault["type"] == "string_type" and isinstance(fault["input"], int | float):
        why = "this is the name of a column: write it in quotes"
    return Refusal(line=0, column=place, why=why, where="mapping")


def _keys() -> list[str]:
    shapes = (Mapping, Measure, Visits, VisitColumn, Arms, Arm, Given)
    return sorted({name for shape in shapes for name in shape.model_fields})
