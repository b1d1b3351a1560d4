"""What the ways start from: a well person, a plan and a treatment by the book, the shipped knowledge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.core.findings import Finding
from masseter.core.plan.check import check_plan
from masseter.core.plan.propose import standard_point
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, PlannedPoint
from masseter.knowledge.load import load
from masseter.knowledge.model import Side
from tests.cli.case.files import MIGRAINE, written
from tests.cli.verbs.test_check import TREATMENT
from tests.core.builders import D, facts

KNOWN = load()
TODAY = date(2026, 11, 25)
BORN = date(1984, 5, 1)
SIDES: Mapping[str, Side] = {"L": "left", "R": "right", "M": "midline"}
POINTS = MIGRAINE + "  points: [{point: FRON-L-1, units: 5}, {point: FRON-R-1, units: 5}]\n"
GIVEN = "    - {point: FRON-L-1, units: 5, vial: v1}\n"
FRON = "{point: FRON-L-1, units: 5}"
WELL: dict[str, Any] = {
    **{code: False for code in KNOWN.observations if code.startswith("flag_")},
    "allergies": ("none",),
    "neuromuscular": ("none",),
    "illnesses": ("none",),
    "medicine_classes": ("none",),
    "pregnancy": ("none",),
    "swallowing_or_breathing": False,
    "infection_at_site": False,
}


def spot(name: str = "MASS-L-1", units: str | None = "10", **changed: Any) -> PlannedPoint:
    """A standard point of the face map."""
    abbreviation, letter, number = name.split("-")
    site = next(each for each in KNOWN.sites.values() if each.abbreviation == abbreviation)
    point = standard_point(site, SIDES[letter], number, None if units is None else D(units))
    return replace(point, **changed)


def draft(*points: PlannedPoint, product: str = "botox", **changed: Any) -> PlanDraft:
    """A plan for the masseters, drawn up as the label says."""
    size = KNOWN.products[product].presentations[-1]
    row = next(each for each in KNOWN.products[product].dilutions if each.label_units == size.label_units)
    plan = PlanDraft(
        product=product,
        presentation=size.key,
        protocol="",
        condition="tmd",
        diagnosis="myalgia",
        points=points or (spot("MASS-L-1"), spot("MASS-R-1")),
        diluent_ml=row.diluent_ml,
        label_units=size.label_units,
    )
    return replace(plan, **changed)


def found(
    plan: PlanDraft, *earlier: Earlier, today: date = TODAY, born: date = BORN, **answers: Any
) -> tuple[Finding, ...]:
    """Every finding about a plan for somebody who is well, but for these answers."""
    return check_plan(
        plan=plan,
        patient=PatientSafety(birth_date=born, facts=facts(**{**WELL, **answers})),
        knowledge=KNOWN,
        jurisdiction="UK",
        today=today,
        earlier=earlier,
    )


def said(findings: tuple[Finding, ...], severity: str = "stop") -> set[str]:
    """The codes of the findings of a severity."""
    return {each.code for each in findings if each.severity == severity}


def ago(days: int, units: str | None = "100", product: str | None = "botox") -> Earlier:
    """A toxin so many days ago."""
    return Earlier(
        given_on=TODAY - timedelta(days=days), product=product, units=None if units is None else D(units)
    )


def ask(verb: str, folder: Path, text: str, *, end: str = ".yaml", batch: bool = False) -> Any:
    """The answer of a command as JSON; of a batch one for each line."""
    options = ["--batch"] if batch else ["--json"]
    result = CliRunner().invoke(app, [verb, str(written(folder, text, f"case{end}")), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return [json.loads(line) for line in result.stdout.splitlines()] if batch else json.loads(result.stdout)


def refused(verb: str, folder: Path, text: str) -> str:
    """The first fault that a command finds in a file, which it then does not answer at all."""
    answer = ask(verb, folder, text)
    assert answer["format"] == "masseter.bad_input/1", answer
    first = answer["problems"][0]
    return f"{first['field']}: {first['sentence']}"


def stopped(verb: str, folder: Path, text: str) -> set[str]:
    """The stops in the answer of a command."""
    return {each["code"] for each in ask(verb, folder, text)["findings"] if each["severity"] == "stop"}


def with_first(units: str) -> str:
    """The plan with other units in its first point, as they are typed into the file."""
    return POINTS.replace(FRON, f"{{point: FRON-L-1, units: {units}}}")


@cache
def treatment() -> str:
    """A treatment by the book, approved."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        mark = ask("plan", Path(folder), POINTS)["fingerprint"]
    approval = f"  approval: {{by: Dr A, on: 2026-11-25, fingerprint: {mark}}}\n"
    healthy = "".join(f"  {code}: {_yaml(value)}\n" for code, value in WELL.items())
    return POINTS.replace("facts:\n", f"facts:\n{healthy}") + TREATMENT.replace(
        "treatment:\n", "treatment:\n" + approval
    ).replace("{condition: chronic_migraine,", "{condition: chronic_migraine, diagnosis: chronic_migraine,")


def tampered(folder: Path, old: str, new: str) -> set[str]:
    """The stops of the treatment after one change, less those that it had before."""
    text = treatment()
    assert old in text
    return stopped("check", folder, text.replace(old, new)) - stopped("check", folder, text)


def _yaml(value: object) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value).lower()
