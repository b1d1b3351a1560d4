"""Who plays in the demo, read from its data file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("people.yaml")
PUBLISHED = Path(__file__).with_name("published.yaml")
ASSUMED = "Assumed for the demo: the publication does not say."
STEPS = ("screen", "consult", "plan", "inject", "recover", "results", "follow_up")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """An unwanted effect that came and went, by days after the treatment."""

    code: str
    from_day: int
    to_day: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a character has in the demo; `facts_note` and `scores_note` say in the record where it is from."""

    condition: str
    diagnosis: str
    protocol: str
    side: str | None
    scores: dict[int, Decimal]
    effect: Effect | None
    facts: dict[str, Any]  # Any: values as a person would type them
    facts_note: str = ""
    assumed: dict[str, Any] = field(default_factory=dict)  # Any: values as a person would type them
    scores_note: str = ""
    doses: dict[str, Decimal] = field(default_factory=dict)
    diluent_ml: Decimal | None = None
    syringes: int | None = None  # those that hold a rest; None for the usual number


@dataclass(frozen=True, kw_only=True)
class Character:
    """One made-up patient and the step that they have reached."""

    given_names: str
    family_name: str
    birth_date: date
    sex: str
    step: str
    part: Part
    phone: str = "020 7946 0958"
    is_published: bool = False
    told: str = ""

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
            effect=Effect(code=entry["effect"], from_day=2, to_day=7),
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
    """The published cases. Answers that a publication leaves out are made up, and say so in the record."""
    yaml = YAML(typ="safe")
    made_up = yaml.load(FILE)
    cast = []
    for name, entry in yaml.load(PUBLISHED).items():
        person = entry.get("assumed_person", entry)
        cast.append(
            Character(
                given_names="Published case",
                family_name=name,
                birth_date=date(today.year - person["age"], 1, 1),
                sex=person["sex"],
                step=entry["step"],
                part=_published_part(entry, made_up),
                is_published=True,
                told=_told(entry),
            )
        )
    return cast


def _published_part(entry: dict[str, Any], made_up: dict[str, Any]) -> Part:  # Any: as the files have it
    ours = made_up["conditions"][entry["condition"]]["facts"]
    published = f"Published: {entry['source']}."
    is_assumed = "assumed_scores" in entry
    effect = entry.get("effect")
    return Part(
        condition=entry["condition"],
        diagnosis=entry["diagnosis"],
        protocol=entry["protocol"],
        side=entry.get("side") or entry.get("assumed_side"),
        scores=_scores(entry.get("scores") or entry.get("assumed_scores") or {}),
        scores_note=ASSUMED if is_assumed else published,
        effect=Effect(**effect) if effect else None,
        facts=entry["facts"],
        facts_note=published,
        assumed={**made_up["history"], **{code: ours[code] for code in entry["assumed"]}},
        doses={site: Decimal(str(units)) for site, units in entry.get("assumed_doses", {}).items()},
        diluent_ml=Decimal(str(entry["dilution_ml"])) if "dilution_ml" in entry else None,
    )


def _told(entry: dict[str, Any]) -> str:  # Any: as the file has it
    """What the publication tells of the course, and what of the person and the doses is made up."""
    words = {
        "assumed_person": "age and sex",
        "assumed_side": "the side",
        "assumed_doses": "the units of each site",
    }
    made_up = [said for key, said in words.items() if key in entry]
    tail = f" Assumed: {', '.join(made_up)}." if made_up else ""
    return f"{entry['course']} Source: {entry['source']}.{tail}"


def _scores(told: dict[int, object]) -> dict[int, Decimal]:
    return {day: Decimal(str(value)) for day, value in told.items()}
