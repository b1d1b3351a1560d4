from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from masseter.core.facts import Observation
from masseter.core.questions import UnknownObservation
from masseter.core.reading import LONGEST_TEXT, InvalidObservation, read_facts, read_observation
from masseter.knowledge.model import Choice, ObservationType
from tests.core.builders import TODAY, D, observation_type

BIRTH = date(1980, 5, 1)
OPENING = observation_type("opening", "integer", unit="mm", low=D(0), high=D(100))
PAIN = observation_type("pain", "decimal", low=D(0), high=D(10))
FLAG = observation_type("flag")
CODES = (Choice(code="none", label="None"), Choice(code="x", label="X"), Choice(code="y", label="Y"))
ONE = observation_type("one", "choice", choices=CODES)
MANY = observation_type("many", "choices", choices=CODES)
WHEN = observation_type("when", "date")
WORDS = observation_type("words", "text")
AGE = observation_type("age_years", "integer", asked_in=("derived",))


def read(type_: ObservationType, raw: object, **more: Any) -> Observation:
    return read_observation(type_, raw, today=TODAY, reported_by="patient", **more)


@pytest.mark.parametrize(
    ("type_", "raw"),
    [
        (OPENING, "400"),
        (OPENING, "-1"),
        (OPENING, "12.5"),
        (OPENING, "1e2"),
        (OPENING, "+12"),
        (OPENING, "1 2"),
        (OPENING, "٤٥"),
        (OPENING, "４５"),
        (OPENING, "²"),
        (OPENING, "NaN"),
        (OPENING, "9" * 400),
        (OPENING, True),
        (OPENING, 12.0),
        (OPENING, D("12.5")),
        (PAIN, "10.1"),
        (PAIN, "-0.5"),
        (PAIN, "inf"),
        (PAIN, "1,2,3"),
        (PAIN, "."),
        (PAIN, ",5"),
        (PAIN, "5,"),
        (PAIN, D("NaN")),
        (PAIN, D("Infinity")),
        (PAIN, 4.5),
        (FLAG, "maybe"),
        (FLAG, 1),
        (ONE, "z"),
        (ONE, 3),
        (MANY, ["x", "z"]),
        (MANY, ["none", "x"]),
        (MANY, [1]),
        (MANY, 3),
        (WHEN, "2026-02-30"),
        (WHEN, "23.11.2026"),
        (WHEN, "20261123"),
        (WHEN, 3),
        (WORDS, 3),
        (WORDS, "x" * (LONGEST_TEXT + 1)),
        (WORDS, "a\x00b"),
        (AGE, "40"),
    ],
)
def test_read_observation_refuses_what_cannot_be(type_: ObservationType, raw: object) -> None:
    with pytest.raises(InvalidObservation) as refusal:
        read(type_, raw)

    assert refusal.value.code == type_.code
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize("raw", ["1.000", "1,000", "1,000,000", "12.345"])
def test_read_observation_refuses_what_may_mean_thousands(raw: str) -> None:
    with pytest.raises(InvalidObservation, match="thousands"):
        read(observation_type("n", "decimal"), raw)


def test_read_observation_refuses_the_future_and_the_time_before_birth() -> None:
    with pytest.raises(InvalidObservation, match="future"):
        read(WHEN, "2026-11-24")
    with pytest.raises(InvalidObservation, match="date of birth"):
        read(WHEN, "1980-04-30", birth_date=BIRTH)
    with pytest.raises(InvalidObservation, match="future"):
        read(PAIN, "3", observed_on=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("type_", "sentence"),
    [
        (OPENING, "Enter a number from 0 to 100 mm."),
        (observation_type("n", "integer", low=D(0)), "Enter a number of 0 or more."),
        (observation_type("n", "integer", high=D(-5)), "Enter a number of -5 or less."),
    ],
)
def test_read_observation_names_the_limits(type_: ObservationType, sentence: str) -> None:
    with pytest.raises(InvalidObservation) as refusal:
        read(type_, "-1")

    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        (OPENING, "45", 45),
        (OPENING, " 45 ", 45),
        (OPENING, 45, 45),
        (OPENING, D("45.0"), 45),
        (OPENING, "100", 100),
        (PAIN, "4.5", D("4.5")),
        (PAIN, "4,5", D("4.5")),
        (PAIN, "0,125", D("0.125")),
        (PAIN, 4, D(4)),
        (FLAG, "yes", True),
        (FLAG, "No", False),
        (FLAG, "true", True),
        (FLAG, False, False),
        (FLAG, "unknown", None),
        (FLAG, "", None),
        (FLAG, None, None),
        (ONE, "x", "x"),
        (ONE, "  ", None),
        (MANY, ["y", "x", "y"], ("x", "y")),
        (MANY, "x", ("x",)),
        (MANY, ["none"], ("none",)),
        (MANY, [], None),
        (MANY, [""], None),
        (WHEN, "2026-11-23", TODAY),
        (WHEN, date(2020, 2, 29), date(2020, 2, 29)),
        (WORDS, " Größe\nzwei ", "Größe\nzwei"),
    ],
)
def test_read_observation_reads(type_: ObservationType, raw: object, value: object) -> None:
    observation = read(type_, raw)

    assert observation.value == value
    assert type(observation.value) is type(value)


def test_read_observation_keeps_unit_day_and_reporter() -> None:
    observation = read(OPENING, "45")

    assert (observation.unit, observation.observed_on, observation.reported_by) == ("mm", TODAY, "patient")


def test_read_observation_keeps_unknown_where_it_is_a_choice() -> None:
    type_ = observation_type("sex", "choice", choices=(Choice(code="unknown", label="Unknown"),))

    assert read(type_, "unknown").value == "unknown"


def test_read_facts_refuses_a_code_that_nothing_has() -> None:
    with pytest.raises(UnknownObservation):
        read_facts({"nose": "1"}, types={}, today=TODAY, reported_by="patient")


def test_read_facts_gives_all_problems_at_once_and_keeps_the_rest() -> None:
    types = {type_.code: type_ for type_ in (OPENING, PAIN, FLAG)}

    reading = read_facts(
        {"opening": "400", "pain": "eleven", "flag": "yes"},
        types=types,
        today=TODAY,
        reported_by="clinician",
        birth_date=BIRTH,
    )

    assert set(reading.problems) == {"opening", "pain"}
    assert reading.facts["flag"].value is True


def test_read_observation_of_a_decimal_is_never_a_float() -> None:
    assert isinstance(read(PAIN, "4.5").value, Decimal)
