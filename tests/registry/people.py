"""Invented patients as the records give them, for the tests of hiding."""

from __future__ import annotations

from datetime import date, timedelta

from masseter.registry.hiding import Event, Given, Person

FIRST = date(2026, 1, 5)


def person(
    number: int,
    *,
    clinic: str = "north",
    sex: str = "female",
    age: int | None = 44,
    product: str = "botox",
    site: str = "masseter",
    effect: str = "chewing_weakness",
    first: date = FIRST,
    had_toxin_before: bool = False,
) -> Person:
    """A patient with two treatments, three scores and one unwanted effect."""
    second = first + timedelta(days=90)
    return Person(
        key=(clinic, f"patient {number}"),
        clinic=clinic,
        sex=sex,
        age=age,
        had_toxin_before=had_toxin_before,
        treatments=(
            Given(
                day=first, product=product, units=50.0, points=((site, "left", 25.0), (site, "right", 25.0))
            ),
            Given(day=second, product=product, units=60.0, points=((site, "left", 60.0),)),
        ),
        scores=(
            (first - timedelta(days=3), 7.0, None),
            (first + timedelta(days=28), 3.0, 25.0),
            (second, 6.0, None),
        ),
        events=(Event(day=first + timedelta(days=6), effect=effect, severity="mild", is_serious=False),),
    )
