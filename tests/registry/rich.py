"""A release with something of everything a report tells: clinics, products, sites, effects, gaps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from statistics import median_low

import numpy as np

from masseter.registry.dataset import Heading, Manifest, write_dataset
from masseter.registry.hiding import Event, Given, Names, Person, hide
from tests.registry.people import FIRST

MEASURE = {"key": "nrs_pain", "low": 0.0, "high": 10.0, "step": 1.0}
EFFECTS = ("chewing_weakness", "injection_site_pain", "")


def rich_people(patients: int = 240, seed: int = 3) -> list[Person]:
    """Patients of six clinics, in the last of which few respond; some are never seen again."""
    rng = np.random.default_rng(seed)
    return [_person(rng, number) for number in range(patients)]


def rich_release(folder: Path, **heading: object) -> Manifest:
    """Their release."""
    hidden = hide(rich_people(), Names(bytes(32), "rich"), smallest=11)
    doses: dict[str, list[float]] = {}
    for _patient, _day, product, units in hidden.contents.tables["treatments"]:
        doses.setdefault(product, []).append(units)
    told: dict[str, object] = {
        "name": "rich",
        "condition": "tmd",
        "measure": MEASURE,
        "reference_units": {product: median_low(units) for product, units in doses.items()},
        "made": {"by": "extract", "cut": "2026-06-30"},
        **heading,
    }
    return write_dataset(folder, Heading(**told), hidden.contents)  # type: ignore[arg-type]


def _person(rng: np.random.Generator, number: int) -> Person:
    clinic, baseline = f"clinic {number % 6}", float(rng.integers(4, 10))
    product, units = ("botox", 50.0) if rng.random() < 0.7 else ("dysport", 150.0)
    days = [0, *np.cumsum(rng.integers(80, 130, size=rng.integers(0, 4))).tolist()]
    effect = 0.15 if clinic == "clinic 5" else 0.5
    return Person(
        key=(clinic, str(number)),
        clinic=clinic,
        sex=str(rng.choice(["female", "male"], p=[0.8, 0.2])),
        age=int(rng.integers(25, 65)),
        had_toxin_before=bool(rng.random() < 0.3),
        treatments=tuple(_given(rng, day, product, units) for day in days),
        scores=tuple(_scores(rng, days, baseline, effect)),
        events=tuple(_events(rng, days)),
    )


def _given(rng: np.random.Generator, day: int, product: str, units: float) -> Given:
    whole = units * float(rng.choice([0.8, 1.0, 1.2]))
    third = whole / 3
    points = (("masseter", "left", third), ("masseter", "right", third), ("temporalis", "left", third))
    return Given(day=FIRST + timedelta(days=int(day)), product=product, units=whole, points=points)


def _scores(
    rng: np.random.Generator, days: list[int], baseline: float, effect: float
) -> list[tuple[object, float, float | None]]:
    found: list[tuple[object, float, float | None]] = []
    if rng.random() < 0.9:
        found.append((FIRST - timedelta(days=2), baseline, None))
    for day in days:
        if rng.random() < 0.15:
            continue
        for since in (14, 35, 56, 77):
            left = 1 - effect * float(rng.uniform(0.5, 1.5)) * (1 if since < 60 else 0.3)
            value = float(np.clip(round(baseline * left), 0, 10))
            found.append((FIRST + timedelta(days=int(day) + since), value, 20.0 if since == 35 else None))
    return found or [(FIRST, baseline, None)]


def _events(rng: np.random.Generator, days: list[int]) -> list[Event]:
    return [
        Event(
            day=FIRST + timedelta(days=int(day) + 5),
            effect=str(rng.choice(EFFECTS)),
            severity=str(rng.choice(["mild", "moderate", "severe"], p=[0.7, 0.25, 0.05])),
            is_serious=bool(rng.random() < 0.05),
        )
        for day in days
        if rng.random() < 0.12
    ]
