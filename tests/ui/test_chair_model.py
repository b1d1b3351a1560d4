"""The browser's rule of the chair is core's rule: both are told the same histories of taps."""

from __future__ import annotations

import json
import random
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

from masseter.core.inject.chair import Place, Tap, TapKind, chair_state
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain
from masseter.ui import build

HISTORIES, LONGEST = 400, 14
NAMES = ("A-L-1", "A-L-2", "A-L-x7")
PLAN = tuple(
    PlannedPoint(
        id=name,
        site="masseter",
        side="left",
        number=name[-1],
        view="left",
        x=Decimal(1),
        y=Decimal(1),
        units=Decimal("5"),
    )
    for name in NAMES[:2]
)
PLACES = tuple(
    Place(site="masseter", side="left", view="left", x=Decimal(x), y=Decimal("2.5")) for x in ("1", "4.125")
)
RUN = """
import { readFileSync } from "node:fs";
import { chairState, isComplete, unitsGiven } from "./model.mjs";
const told = JSON.parse(readFileSync(0, "utf8"));
const state = (one) => [one.id, one.status, one.units, one.reason, one.answers.map((tap) => tap.key)];
console.log(JSON.stringify(told.map((taps) => {
  const states = chairState([{ id: "A-L-1", units: "5" }, { id: "A-L-2", units: "5" }], taps);
  return [states.map(state), isComplete(states), unitsGiven(states)];
})));
"""


def history(chance: random.Random) -> list[Tap]:
    """What was tapped, anything in sight of anything, some of it delivered twice."""
    made: list[Tap] = []
    for number in range(chance.randrange(LONGEST)):
        kind: TapKind = chance.choice(("given", "given", "skipped", "undone"))
        known = [tap.key for tap in made if chance.random() < 0.5]
        tap = Tap(
            key=f"{chance.randrange(10**6):06}-{number}",
            kind=kind,
            by="Ines",
            point="" if kind == "undone" else chance.choice(NAMES),
            units=Decimal(chance.choice(("2.5", "5", "0.0125"))) if kind == "given" else None,
            reason=chance.choice(("", "", "Thin")),
            place=None if kind == "undone" else chance.choice(PLACES),
            seen=frozenset(known),
            undoes=frozenset(known[:2]) if kind == "undone" else frozenset(),
        )
        made.append(tap)
    return [*made, *chance.sample(made, len(made) // 3)]


def as_json(tap: Tap) -> dict[str, Any]:
    place = tap.place
    return {
        "key": tap.key,
        "kind": tap.kind,
        "point": tap.point,
        "units": plain(tap.units) if tap.units is not None else "",
        "reason": tap.reason,
        "place": place
        and {
            "site": place.site,
            "side": place.side,
            "view": place.view,
            "x": plain(place.x),
            "y": plain(place.y),
        },
        "seen": sorted(tap.seen),
        "undoes": sorted(tap.undoes),
    }


def in_core(taps: list[Tap]) -> list[Any]:
    state = chair_state(PLAN, taps)
    points = [
        [point.id, point.status, plain(point.units), point.reason, [tap.key for tap in point.answers]]
        for point in state.points
    ]
    return [points, state.is_complete, int(state.units_given * 10_000)]


def in_the_browser(histories: list[list[Tap]], folder: Path) -> list[Any]:
    build.install_packages()
    node = build.NODE / "bin" / "node"
    bundler = build.FRONTEND / "node_modules" / ".bin" / "esbuild"
    source = build.FRONTEND / "src" / "chair" / "model.ts"
    command = [bundler, source, "--format=esm", f"--outfile={folder / 'model.mjs'}", "--log-level=error"]
    subprocess.run(command, check=True, env={"PATH": str(node.parent)})
    (folder / "run.mjs").write_text(RUN)
    told = json.dumps([[as_json(tap) for tap in taps] for taps in histories])
    done = subprocess.run([node, folder / "run.mjs"], input=told, capture_output=True, text=True, check=True)
    found: list[Any] = json.loads(done.stdout)
    return found


def test_browser_and_core_tell_the_same_state(tmp_path: Path) -> None:
    chance = random.Random(20)
    histories = [history(chance) for _ in range(HISTORIES)]

    told = in_the_browser(histories, tmp_path)

    assert len(told) == HISTORIES
    for taps, found in zip(histories, told, strict=True):
        assert found == in_core(taps), taps
