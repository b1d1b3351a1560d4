"""How many assessments `masseter assess --batch` answers in a second, from JSON Lines to JSON Lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from random import Random

from benchmarks.figure import Figure
from masseter.core.answers import observations_of
from masseter.core.rules import rules_for
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction, ObservationType

CASES = 20_000
TODAY = "2026-11-25"
SEED = 20261125
JURISDICTIONS: tuple[Jurisdiction, ...] = ("US", "EU", "UK")


def measure() -> list[Figure]:
    """Cases with one condition each, all different; the processor time of the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder, "empty.jsonl"), Path(folder, "cases.jsonl")
        empty.write_text("")
        lines = list(cases(CASES))
        full.write_text("\n".join(lines))
        start, whole = _seconds(empty), _seconds(full)
    different = len(set(lines))
    told = sum(len(json.loads(line)["facts"]) for line in lines) / CASES
    return [
        Figure(
            "Assessments of a batch in a second",
            f"{CASES / (whole - start):.0f}",
            f"one core; {different} different cases, {told:.0f} facts each; asked for: 5,000",
        ),
        Figure("The same, the start of the program included", f"{CASES / whole:.0f}", f"start {start:.1f} s"),
    ]


def cases(number: int) -> Iterator[str]:
    """Case files as lines of JSON: most questions of the condition answered, as in a consultation."""
    knowledge, random = load(), Random(SEED)
    asked = {code: _asked(code) for code in knowledge.conditions}
    for _ in range(number):
        condition = random.choice(list(asked))
        facts = {type_.code: _value(random, type_) for type_ in asked[condition] if random.random() < 0.9}
        born = f"{random.randint(1940, 2005)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        yield json.dumps(
            {
                "case": 1,
                "today": TODAY,
                "jurisdiction": random.choice(JURISDICTIONS),
                "condition": condition,
                "patient": {"birth_date": born},
                "earlier": [],
                "facts": {code: value for code, value in facts.items() if value is not None},
            }
        )


def _asked(condition: str) -> list[ObservationType]:
    """The observations that the rules and diagnoses of a condition read."""
    knowledge = load()
    of = knowledge.conditions[condition]
    read = {code for each in of.diagnoses for one in each.criteria for code in observations_of(one.rule)}
    for jurisdiction in JURISDICTIONS:
        for rule in rules_for(condition=of, knowledge=knowledge, jurisdiction=jurisdiction):
            read.update(observations_of(rule.when))
    types = [knowledge.observations[code] for code in sorted(read)]
    return [type_ for type_ in types if "derived" not in type_.asked_in]


def _value(random: Random, type_: ObservationType) -> object:
    choices = [choice.code for choice in type_.choices]
    if type_.kind == "boolean":
        return random.random() < 0.1
    if type_.kind in ("integer", "decimal"):
        low = ceil(type_.low or 0)
        high = int(type_.high) if type_.high is not None else 30
        return random.randint(low, min(high, low + 60))
    if type_.kind == "choice":
        return random.choice(choices)
    if type_.kind == "choices":
        return ["none"] if "none" in choices and random.random() < 0.8 else [random.choice(choices)]
    return None


def _seconds(file: Path) -> float:
    """Processor time of the command, in seconds: one process, so one core."""
    before = os.times()
    command = [sys.executable, "-m", "masseter.cli.main", "assess", "--batch", str(file)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
