"""How many assessments `masseter assess --batch` answers in a second, from JSON Lines to JSON Lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from random import Random

from benchmarks.figure import Figure
from masseter.core.answers import observations_of
from masseter.core.rules import rules_for
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction, ObservationType

CASES, RUNS = 50_000, 3
TODAY = "2026-11-25"
SEED = 20261125
JURISDICTIONS: tuple[Jurisdiction, ...] = ("US", "EU", "UK")


def measure() -> list[Figure]:
    """Cases with one condition each, all different; the processor time of the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full, answers = (
            Path(folder, name) for name in ("empty.jsonl", "cases.jsonl", "answers.jsonl")
        )
        empty.write_text("")
        lines = list(cases(CASES))
        full.write_text("\n".join(lines))
        start = min(_seconds(empty, answers) for _ in range(RUNS))
        whole = min(_seconds(full, answers) for _ in range(RUNS))  # the run that was least disturbed
        plain = min(_seconds_of_json(full, answers) for _ in range(RUNS))
    told = sum(len(json.loads(line)["facts"]) for line in lines) / CASES
    asked = f"one core, fastest of {RUNS} runs; {len(set(lines))} different cases, {told:.0f} facts each"
    asked += "; asked: 5,000"
    return [
        Figure("Assessments of a batch in a second", f"{CASES / (whole - start):.0f}", asked),
        Figure(
            "Time of a batch, as a multiple of its JSON alone",
            f"{(whole - start) / plain:.1f}",
            "Python's own json reads the same cases and writes the same answers, and nothing is worked out",
        ),
        Figure("Assessments in a second, the start included", f"{CASES / whole:.0f}", f"start {start:.1f} s"),
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


def _seconds(file: Path, answers: Path) -> float:
    """Processor time of the command, in seconds: one process, so one core."""
    before = os.times()
    command = [sys.executable, "-m", "masseter.cli.main", "assess", "--batch", str(file)]
    with answers.open("w") as out:
        subprocess.run(command, stdout=out, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _seconds_of_json(cases: Path, answers: Path) -> float:
    """Processor time of reading the cases and writing the answers, in seconds, with nothing worked out."""
    read = [json.loads(line) for line in answers.open(encoding="utf-8")]
    began = time.process_time()
    with cases.open(encoding="utf-8") as lines, Path(os.devnull).open("w") as out:
        for line, answer in zip(lines, read, strict=True):
            json.loads(line)
            out.write(json.dumps(answer, separators=(",", ":")) + "\n")
    return time.process_time() - began
