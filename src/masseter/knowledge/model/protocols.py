"""How is injected: published schemes, what makes them smaller, and those not offered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model.conditions import Licence
from masseter.knowledge.model.grounds import Evidence, Range, Route, Text, Value
from masseter.knowledge.model.rules import Rule


@dataclass(frozen=True, kw_only=True)
class ProtocolSite:
    """The points of one muscle in a protocol, on one side (or the midline).

    `units_per_point`: low and high as published. `point_numbers` name the site's standard points.
    `optional` sites are off until chosen (follow-the-pain additions, deep muscles). `most_points`: these
    points are a pool of which at most so many are given in all, divided over the sides or all on one.
    `route` and `depth` are those of the publication where they are not the site's own.
    """

    site: str
    points: int
    point_numbers: tuple[str, ...]
    units_per_point: Range
    sides: Literal["both", "affected", "midline"]
    optional: bool = False
    only_if_painful: bool = False
    most_points: int | None = None
    route: Route | None = None
    depth: Text | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """A published injection scheme for one condition with one product.

    `default_product` is the product that it was published with; `products` those whose own units
    the publication or the label gives. Doses are never carried to another product.
    `start_with`: `low`, `middle` or `high` end of each range is proposed first. `review_days`: when its
    publication judged the effect, where that is another time than the condition's.
    """

    key: str
    name: str
    condition: str
    diagnoses: tuple[str, ...]
    product: str
    kind: Literal["label", "trial", "series", "default"]
    order: int
    sites: tuple[ProtocolSite, ...]
    total_units: Range
    interval_days: Value
    start_with: Literal["low", "middle", "high"]
    dilution_ml: Decimal | None
    dilution_label_units: Decimal | None
    technique: tuple[Text, ...]
    summary: Text
    licences: tuple[Licence, ...]
    evidence: Evidence
    review_days: Range | None = None


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """A reason to plan less for one patient than a scheme publishes; it never asks for more.

    `does`: `low_end` starts at the low end of the published range; `keep_share` keeps `keep_percent` of the
    start; `leave_out` plans no point there. Empty `regions`, `sites` or `points` (standard points of the
    sites, by number) mean all.
    """

    code: str
    when: Rule
    does: Literal["low_end", "keep_share", "leave_out"]
    sentence: str
    evidence: Evidence
    keep_percent: Value | None = None
    regions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PublishedScheme:
    """A published scheme that is shown and never proposed, with the reason why not.

    No plan can be made of it: its doses are words. `toxin` names the substance that it was given with.
    """

    code: str
    title: str
    condition: str
    toxin: str
    doses: str
    result: str
    why_not: str
    evidence: Evidence
