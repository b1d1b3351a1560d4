"""The smallest valid plan and its surroundings; the figures are made up for the tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from masseter.core.facts import Observation
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, PlannedPoint
from masseter.knowledge.model import (
    Dilution,
    FaceMap,
    FaceMapView,
    Knowledge,
    LabelPair,
    Licence,
    Limit,
    MapPoint,
    Practice,
    Presentation,
    Product,
    Protocol,
    ProtocolSite,
    Side,
    Site,
)
from tests.core.builders import EVIDENCE, TODAY, D, between, condition, facts, observation_type, text, value
from tests.core.builders import knowledge as plain_knowledge

Loose = Any  # the builders pass on whichever field of the dataclass a test wants different

LEFT_RIGHT: tuple[Side, ...] = ("left", "right")


def practice(**fields: Loose) -> Practice:
    return Practice(
        **{
            "rounding_accept_percent": value(5, "%"),
            "rounding_confirm_percent": value(10, "%"),
            "other_product_days": value(112),
            "graduation_ml": value("0.01", "mL"),
            "dead_space_ml": value(0, "mL"),
            "shortfall_note_percent": value(1, "%"),
            "lid_middle_share": value("0.34", "share"),
            "lid_medial_share": value("0.5", "share"),
            **fields,
        }
    )


def limit(code: str = "cap", **fields: Loose) -> Limit:
    return Limit(
        **{
            "code": code,
            "scope": "in_interval",
            "units": D(400),
            "severity": "stop",
            "sentence": "Above the ceiling.",
            "evidence": EVIDENCE,
            "window_days": 84,
            **fields,
        }
    )


def dilution(label_units: int, diluent_ml: str) -> Dilution:
    tenth = D(label_units) / D(diluent_ml) / 10
    return Dilution(
        label_units=D(label_units), diluent_ml=D(diluent_ml), units_per_tenth_ml=tenth, evidence=EVIDENCE
    )


def pair(label_units: int, diluent_ml: str, units: str, volume_ml: str) -> LabelPair:
    return LabelPair(
        label_units=D(label_units),
        diluent_ml=D(diluent_ml),
        units=D(units),
        volume_ml=D(volume_ml),
        evidence=EVIDENCE,
    )


def size(key: str, label_units: int, volume_ml: str | None = None) -> Presentation:
    return Presentation(
        key=key,
        label_units=D(label_units),
        volume_ml=D(volume_ml) if volume_ml else None,
        evidence=EVIDENCE,
    )


def product(key: str = "alfa", **fields: Loose) -> Product:
    return Product(
        **{
            "key": key,
            "brand": key.capitalize(),
            "inn": f"{key}toxin",
            "serotype": "A",
            "form": "powder",
            "unit_label": f"units {key.capitalize()}",
            "presentations": (size(f"{key}-100", 100), size(f"{key}-200", 200)),
            "dilutions": (dilution(100, "2"), dilution(200, "4")),
            "label_pairs": (),
            "limits": (limit(),),
            "min_interval_days": value(84),
            "interval_months": 3,
            "in_use_hours": value(24, "h"),
            "storage": text(),
            "diluent": text(),
            "excipients": (text("human albumin"),),
            "allergens": ("human_albumin",),
            "licensed_in": ("US", "EU", "UK"),
            "therapeutic": True,
            "unit_step": D("0.1"),
            "evidence": EVIDENCE,
            **fields,
        }
    )


def map_point(number: str, side: Side, x: int, y: int, view: str = "front") -> MapPoint:
    return MapPoint(**{"number": number, "side": side, "view": view, "x": D(x), "y": D(y), "words": "here"})


def site(code: str = "masseter", abbreviation: str = "MASS", **fields: Loose) -> Site:
    points = tuple(
        map_point(str(number), side, (100 if side == "right" else 300) + number, 200 + number)
        for side in LEFT_RIGHT
        for number in (1, 2, 3)
    )
    return Site(
        **{
            "code": code,
            "abbreviation": abbreviation,
            "name": code.capitalize(),
            "plain_name": code,
            "group": "group",
            "region": "jaw",
            "sides": LEFT_RIGHT,
            "route": "intramuscular",
            "depth": text("deep"),
            "needle": text(),
            "guidance": text(),
            "landmark": text(),
            "risks": (),
            "regions": (),
            "points": points,
            **fields,
        }
    )


def eye() -> Site:
    """The eye's ring muscle with its standard points, seen from the front, the midline at x 200."""
    right = {"1": (180, 90), "2": (140, 90), "3": (140, 110), "4": (120, 100)}
    points = [map_point(number, "right", x, y) for number, (x, y) in right.items()]
    points += [map_point(number, "left", 400 - x, y) for number, (x, y) in right.items()]
    return site("orbicularis_oculi", "OOC", region="periocular", points=tuple(points))


def protocol_site(
    code: str = "masseter", *numbers: str, units: tuple[str, str] = ("10", "20"), **fields: Loose
):
    numbers = numbers or ("1", "2")
    return ProtocolSite(
        **{
            "site": code,
            "points": len(numbers),
            "point_numbers": numbers,
            "units_per_point": between(*units, "units"),
            "sides": "both",
            **fields,
        }
    )


def protocol(key: str = "scheme", **fields: Loose) -> Protocol:
    return Protocol(
        **{
            "key": key,
            "name": "The scheme",
            "condition": "tmd",
            "diagnoses": (),
            "product": "alfa",
            "kind": "trial",
            "order": 1,
            "sites": (protocol_site(),),
            "total_units": between(40, 80, "units"),
            "interval_days": value(84),
            "start_with": "low",
            "dilution_ml": None,
            "dilution_label_units": None,
            "technique": (),
            "summary": text(),
            "licences": (),
            "evidence": EVIDENCE,
            **fields,
        }
    )


def licence(**fields: Loose) -> Licence:
    return Licence(
        **{"jurisdiction": "UK", "status": "licensed", "text": "Licensed.", "evidence": EVIDENCE, **fields}
    )


def knowledge(**fields: Loose) -> Knowledge:
    """Two products, the masseter, one scheme, and TMD, for which the use is licensed in the UK."""
    views = tuple(
        FaceMapView(**{"view": view, "title": view, "width": 400, "height": 500, "mm_per_unit": D(1)})
        for view in ("front", "left", "right", "back")
    )
    return plain_knowledge(
        observation_type("allergies", "choices"),
        **{
            "conditions": {"tmd": condition(licences=(licence(),))},
            "products": {"alfa": product(), "beta": product("beta")},
            "sites": {"masseter": site(), "orbicularis_oculi": eye()},
            "protocols": {"scheme": protocol()},
            "face_map": FaceMap(version="test", views=views, evidence=EVIDENCE),
            "practice": practice(),
            **fields,
        },
    )


def point(name: str = "MASS-L-1", units: str | None = "10", **fields: Loose) -> PlannedPoint:
    """A planned point whose place follows from its name."""
    abbreviation, letter, number = name.split("-")
    side: Side = {"L": "left", "R": "right", "M": "midline"}[letter]  # type: ignore[assignment]  # three letters only
    index = int(number.lstrip("x")) + (50 if number.startswith("x") else 0)
    return PlannedPoint(
        **{
            "id": name,
            "site": {"MASS": "masseter", "OOC": "orbicularis_oculi"}[abbreviation],
            "side": side,
            "number": number,
            "view": "front",
            "x": D((100 if side == "right" else 300) + index),
            "y": D(200 + index),
            "units": None if units is None else D(units),
            "depth": "deep",
            "route": "intramuscular",
            **fields,
        }
    )


def points(units: str = "10") -> tuple[PlannedPoint, ...]:
    """The four points of the scheme."""
    return tuple(point(name, units) for name in ("MASS-L-1", "MASS-L-2", "MASS-R-1", "MASS-R-2"))


def plan(*planned: PlannedPoint, **fields: Loose) -> PlanDraft:
    return PlanDraft(
        **{
            "product": "alfa",
            "presentation": "alfa-100",
            "protocol": "scheme",
            "condition": "tmd",
            "diagnosis": "myalgia",
            "points": planned or points(),
            "diluent_ml": D(2),
            "label_units": D(100),
            "graduation_ml": D("0.01"),
            "dead_space_ml": D(0),
            **fields,
        }
    )


def patient(**values: Loose) -> PatientSafety:
    told: Loose = {"allergies": ("none",), "pain": True, "familiar": True, **values}
    known: dict[str, Observation] = facts(**told)
    return PatientSafety(birth_date=date(1980, 5, 1), facts=known)


def earlier(days_ago: int, units: str | None = "100", product: str | None = "alfa") -> Earlier:
    return Earlier(
        given_on=TODAY - timedelta(days=days_ago),
        product=product,
        units=None if units is None else Decimal(units),
    )
