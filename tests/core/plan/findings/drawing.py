"""Plans that differ from one by the book in one thing: dilution, syringe, vials, reasons for a stop."""

from __future__ import annotations

from typing import Any

from masseter.core.findings import Override
from masseter.core.plan.types import VialSize
from masseter.knowledge.model import (
    DeadSpace,
    FaceRounding,
)
from tests.core.builders import D, value
from tests.core.plan.builders import (
    pair,
    point,
    points,
    protocol_site,
    size,
)
from tests.core.plan.findings.ground import (
    draft,
    source,
    sourced,
    spread,
    with_brand,
    with_house,
    with_scheme,
    with_site,
)

Loose = Any  # whichever argument of the check a situation changes

SPACES = tuple(
    DeadSpace(assembly=name, loss_ml=value(loss, "mL"))
    for name, loss in (("blunt", "0.07"), ("fine", "0.002"))
)
SMILE = FaceRounding(units=D(1), products=("alfa",), regions=("jaw",), evidence=source("SMILE"))
SOLUTION: Loose = {"form": "solution", "presentations": (size("alfa-100", 100, "1"),)}


def stocked(count: int, loss: str, units: str = "25", **fields: Loose) -> Loose:
    held = (VialSize(presentation="alfa-100", label_units=D(100), count=count),)
    wide = protocol_site(units_per_point=spread(10, 30, "RANGE"))
    known = with_scheme(sites=(wide,), total_units=spread(40, 120, "TOTAL"))
    return {"stock": held, **known, **draft(*points(units), dead_space_ml=D(loss)), **fields}


SITUATIONS: dict[str, Loose] = {
    "no diluent": draft(diluent_ml=None),
    "dilution of one's own": draft(diluent_ml=D(3)),
    "vial of another size": draft(label_units=D(200)),
    "solution diluted": {**with_brand(**SOLUTION), **draft(diluent_ml=D(1))},
    "solution as it comes": {**with_brand(**SOLUTION), **draft(diluent_ml=None)},
    "under half a mark": draft(point(units="0.2"), *points()[1:]),
    "rounding at what is accepted": draft(point(), *points("10.5")[1:], graduation_ml=D("0.07")),
    "rounding a little above what is accepted": draft(point(), *points("12")[1:], graduation_ml=D("0.08")),
    "rounding at what may be confirmed": draft(point(), *points("11")[1:], graduation_ml=D("0.11")),
    "rounding too large": draft(point(units="12.9"), *points()[1:], graduation_ml=D("0.05"), diluent_ml=D(1)),
    "a unit off near the smile": {
        **with_house(face_rounding=SMILE),
        **draft(point(units="13.8"), *points("12.5")[1:], graduation_ml=D("0.05")),
    },
    "less than a unit off near the smile": {
        **with_house(face_rounding=SMILE),
        **draft(point(units="13.4"), *points("12.5")[1:], graduation_ml=D("0.05")),
    },
    "exactly a unit off near the smile": {
        **with_house(face_rounding=SMILE),
        **draft(point(units="13.5"), *points("12.5")[1:], graduation_ml=D("0.05")),
    },
    "a unit off away from the smile": {
        **with_house(face_rounding=SMILE),
        **draft(*points("12.5"), point("OOC-R-2", "13.8", x=D(140), y=D(90)), graduation_ml=D("0.05")),
    },
    "pair of the label": {
        **with_brand(label_pairs=(pair(100, "2", "10", "0.25"),)),
    },
    "vials a little short": stocked(1, "0.02"),
    "vials a hundredth short": stocked(1, "0.04", units="24.8"),
    "vials short by just the share that is more than a note": stocked(
        1, "0.9", units="20", **with_house(shortfall_note_percent=sourced(20, "%", "SHORTFALL"))
    ),
    "vials short": stocked(1, "0.2"),
    "vials short, syringes known": stocked(1, "0.2", **with_house(dead_spaces=SPACES)),
    "vial for the loss alone": stocked(2, "0.04"),
    "second vial for more than the loss": stocked(2, "0.04", units="26"),
    "one vial with its loss": stocked(1, "0.04", units="10"),
    "much for one point": {**with_site(point_ml=sourced("0.19", "mL", "PLACE"))},
    "exactly as much as one point takes": {**with_site(point_ml=sourced("0.2", "mL", "PLACE"))},
    "more than the product's point takes": with_brand(point_ml=sourced("0.19", "mL", "SPREAD")),
    "reason for a stop": {
        **draft(*points("150")),
        "overrides": (Override(code="over-limit-cap", reason="I know.", by="Dr A"),),
    },
    "reason for a stop at a point": {
        **draft(point(units="0"), *points()[1:]),
        "overrides": (Override(code="dose-zero", subject="MASS-L-1", reason="I know.", by="Dr A"),),
    },
    "reason for a stop that is not there": {
        "overrides": (Override(code="dose-zero", subject="MASS-L-1", reason="I know.", by="Dr A"),),
    },
}
