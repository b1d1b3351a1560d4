"""Who plays in the demo, read from its data file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("people.yaml")
STEPS = ("screen", "consult", "plan", "inject", "recover", "results", "follow_up")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What everybody with one condition has in the demo."""

    condition: str
    diagnosis: str
    protocol: str
    side: str | None
    scores: dict[int, int]
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

    @property
    def email(self) -> str:
        first = self.given_names.split()[0].lower()
        return f"{first}@demo.example"


def read_cast() -> list[Character]:
    """Everybody of the demo: for each condition somebody at each step."""
    told = YAML(typ="safe").load(FILE)
    cast = []
    for row, (condition, names) in enumerate(told["names"].items()):
        entry = told["conditions"][condition]
        part = Part(
            condition=condition,
            diagnosis=entry["diagnosis"],
            protocol=entry["protocol"],
            side=entry.get("side"),
            scores=entry["scores"],
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
                    sex="female" if column % 2 == 0 else "male",
                    step=step,
                    part=part,
                )
            )
    return cast
