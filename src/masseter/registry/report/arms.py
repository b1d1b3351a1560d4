"""First cycles by what was given: the arms of a trial beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.knowledge.load import load
from masseter.registry.report.document import Block, Words, count, grid, middle, number
from masseter.registry.report.funnel import wilson
from masseter.registry.report.measures import Measured
from masseter.registry.report.rules import Rules

HEADS = ("Judged", "Mean fall", "Responded", "95 % interval", "Median score")
BESIDE = (
    "All other tables hold these people together. Where chance put them into their groups, the difference "
    "between two groups estimates what the treatment did, up to chance and to those who were not judged; "
    "elsewhere groups differ in more than what was given. No test is made here, and the analysis that a "
    "trial planned goes before this one."
)


def by_arm(found: Measured, rules: Rules) -> Iterator[Block]:
    """Responses and course of the first cycle by what was given; nothing where all were given the same."""
    if len(found.arms) < 2:
        return
    yield grid(
        f"{rules.measure}: first cycles by what was given",
        ("Given", "Cycles", *HEADS),
        [(_given(product, units), *response(*line)) for product, units, *line in found.arms],
    )
    if found.arm_course:
        yield grid(
            "First cycles by what was given, percent of the baseline",
            ("Given", "From week", "Scores", "Median (quartiles)"),
            [
                (_given(product, units), number(week), number(many), _percent(low, half, high))
                for product, units, week, many, low, half, high in found.arm_course
            ],
        )
    yield Words(text=BESIDE)


def response(
    cycles: object, judged: object, better: object, responders: object, level: object
) -> tuple[str, ...]:
    """How many cycles, how many judged, mean fall, responders with their interval, median score."""
    told, yes = int(str(judged)), int(str(responders))
    low, high = wilson(yes, told)
    return (
        number(cycles),
        number(told),
        "none" if better is None else f"{float(str(better)):.1f} %",
        count(yes, told),
        f"{100 * low:.1f} to {100 * high:.1f} %" if told else "none",
        number(level, 1),
    )


def product_name(key: object) -> str:
    """The brand of a product of ours, else the word of the data."""
    known = load().products.get(str(key))
    return known.brand if known is not None else str(key)


def _given(product: object, units: object) -> str:
    """A group in words; `units` is none where a group holds several doses."""
    name = product_name(product)
    return name if units is None or not float(str(units)) else f"{name}, {float(str(units)):g} units"


def _percent(low: object, half: object, high: object) -> str:
    return middle(100 * float(str(low)), 100 * float(str(half)), 100 * float(str(high)))
