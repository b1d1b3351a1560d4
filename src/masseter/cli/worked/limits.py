"""The table of every product's numbers as a test knows them, and the case on each side of each number.

The numbers stand here a second time on purpose: a number that changes in the knowledge makes a test
fail until somebody has changed it here as well.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from masseter.cli.case.reading import Case, read_case
from masseter.cli.case.source import Source, read_yaml
from masseter.cli.case.values import Day, Moment, Number, Units
from masseter.cli.worked.reading import spec_folder
from masseter.cli.worked.shape import Block
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction

FILE = "limits.yaml"


class Setting(Block):
    """What a limit needs to hold; `earlier` are units given `days_ago`, `born` a day of birth."""

    jurisdiction: Jurisdiction = "UK"
    condition: str = "tmd"
    diagnosis: str = ""
    point: str = "MASS-L-1"
    born: Day = date(1980, 1, 1)
    weight_kg: Number | None = None
    earlier: Units | None = None
    days_ago: int = 30


class LimitRow(Block):
    """One ceiling: nothing up to it, the finding one step above, and nothing `elsewhere`."""

    product: str
    limit: str
    ceiling: Units
    below: Units
    above: Units
    finds: Literal["stop", "caution"]
    where: Setting = Setting()
    elsewhere: Setting | None = None


class IntervalRow(Block):
    """The shortest interval of a product, in days and in calendar months, and what the latter finds."""

    product: str
    days: int
    months: int
    before_months_end: Literal["caution", "note"]


class InUseRow(Block):
    """How long a vial may be used once it is ready, and what is found a minute later."""

    product: str
    hours: int
    finds: Literal["stop", "caution"]


class Limits(Block):
    """The whole table, as on one day."""

    today: Day
    limits: list[LimitRow]
    intervals: list[IntervalRow]
    in_use: list[InUseRow]


def read_limits() -> Limits | None:
    """The table, where the project's own files are at hand."""
    folder = spec_folder()
    if folder is None:
        return None
    source = read_yaml((folder / FILE).read_text(encoding="utf-8"), FILE)
    return Limits.model_validate(source.values)


def planned(today: date, product: str, units: Decimal, where: Setting) -> Case:
    """A plan of one point that brings the units counted to so many."""
    earlier, dose = [], units
    if where.earlier is not None:
        dose = units - where.earlier
        given_on = today - timedelta(days=where.days_ago)
        earlier = [{"given_on": given_on, "product": product, "units": where.earlier}]
    facts = {} if where.weight_kg is None else {"weight_kg": where.weight_kg}
    return _case(
        today,
        where,
        facts=facts,
        earlier=earlier,
        plan={
            "product": product,
            "diagnosis": where.diagnosis,
            "points": [{"point": where.point, "units": dose}],
        },
    )


def given_before(today: date, product: str, given_on: date) -> Case:
    """A plan after one treatment with the same product, for a condition that asks for no longer interval."""
    plan = {"product": product, "points": [{"point": "FRON-L-1", "units": 10}]}
    where = Setting(condition="chronic_migraine")
    return _case(today, where, earlier=[{"given_on": given_on, "product": product, "units": 10}], plan=plan)


def ready_since(today: date, product: str, ready: Moment, ended: datetime) -> Case:
    """A treatment from a vial that was ready at a moment."""
    size = load().products[product].presentations[0]
    vial = {
        "id": "V1",
        "product": product,
        "presentation": size.key,
        "lot": "L1",
        "expires_on": today,
        "units_left": size.label_units,
        "reconstituted_at": ready,
    }
    return _case(
        today,
        Setting(),
        earlier=[],
        plan={"product": product, "points": [{"point": "MASS-L-1", "units": 10}]},
        treatment={
            "vials": [vial],
            "given": [{"point": "MASS-L-1", "units": 10, "vial": "V1"}],
            "ended": ended,
        },
    )


def _case(today: date, where: Setting, **parts: object) -> Case:
    values = {
        "case": 1,
        "today": today,
        "jurisdiction": where.jurisdiction,
        "condition": where.condition,
        "patient": {"birth_date": where.born},
        **parts,
    }
    return read_case(Source(file=FILE, values=values, lines={}), load())
