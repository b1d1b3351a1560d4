"""Who plays in the demo, read from its data file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("people.yaml")
PUBLISHED = Path(__file__).with_name("published.yaml")
STEPS = ("screen", "consult", "plan", "inject", "recover", "results", "follow_up")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What everybody with one condition has in the demo."""

    condition: str
    diagnosis: str
    protocol: str
    side: str | None
    scores: dict[int, Decimal]
    effect: str
    facts: dict[str, Any]  # Any: values as a person would type them


@dataclass(frozen=True, kw_only=True)
class Character:
    """One made-up patient and the step that they have reached."""

    given_names: str
    family_name: str
    birth_date: date
    sex: str
    step: str
    part: Part
    is_published: bool = False
    note: str = ""

    @property
    def email(self) -> str:
        first = self.family_name if self.is_published else self.given_names.split()[0]
        return f"{first.lower()}@demo.example"


def read_cast() -> list[Character]:
    """Everybody of the demo: for each condition somebody at each step."""
    told = YAML(typ="safe").load(FILE)
    men = set(told["men"])
    cast = []
    for row, (condition, names) in enumerate(told["names"].items()):
        entry = told["conditions"][condition]
        part = Part(
            condition=condition,
            diagnosis=entry["diagnosis"],
            protocol=entry["protocol"],
            side=entry.get("side"),
            scores=_scores(entry["scores"]),
            effect=entry["effect"],
            facts={**told["history"], **entry["facts"]},
        )
        for column, (name, step) in enumerate(zip(names, STEPS, strict=True)):
            given, _, family = name.rpartition(" ")
            cast.append(
                Character(
                    given_names=given,
                    family_name=family,
                    birth_date=date(1950 + (row * 7 + column * 5) % 30, 1 + (row + column) % 12, 3 + column),
                    sex="male" if given in men else "female",
                    step=step,
                    part=part,
                )
            )
    return cast


def read_published(today: date) -> list[Character]:
    """The published cases. Answers that a publication leaves out come from the made-up ones."""
    yaml = YAML(typ="safe")
    made_up = yaml.load(FILE)
    cast = []
    for name, entry in yaml.load(PUBLISHED).items():
        ours = made_up["conditions"][entry["condition"]]["facts"]
        assumed = {code: ours[code] for code in entry["assumed"]}
        part = Part(
            condition=entry["condition"],
            diagnosis=entry["diagnosis"],
            protocol=entry["protocol"],
            side=entry.get("side"),
            scores=_scores(entry["scores"]),
            effect=entry["effect"],
            facts={**made_up["history"], **assumed, **entry["facts"]},
        )
        cast.append(
            Character(
                given_names="Published case",
                family_name=name,
                birth_date=date(today.year - entry["age"], 1, 1),
                sex=entry["sex"],
                step=entry["step"],
                part=part,
                is_published=True,
                note=f"{entry['note']} Source: {entry['source']}.",
            )
        )
    return cast


def _scores(told: dict[int, object]) -> dict[int, Decimal]:
    return {day: Decimal(str(value)) for day, value in told.items()}
