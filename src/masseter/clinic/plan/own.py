"""A clinic's own schemes in words: always told from published ones, and nothing claimed for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.words import plain
from masseter.core.plan.types import PlannedPoint
from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.plan.models import OwnScheme, OwnSchemeVersion, Plan
from masseter.journey.plan.own import newest_version, points_of_version, schemes_in_use
from masseter.knowledge.load import load
from masseter.ui.words import product_words, unit_words

OWN = "own:"


@dataclass(frozen=True, kw_only=True)
class OwnChoice:
    """One own scheme as a choice of a new plan."""

    pk: int
    value: str
    name: str
    number: int
    product: str
    total: str
    points: int
    is_shared: bool
    fits: bool


@dataclass(frozen=True, kw_only=True)
class OwnRow:
    """One own scheme in the list."""

    pk: int
    name: str
    condition: str
    product: str
    total: str
    points: int
    number: int
    owner: str
    is_shared: bool
    retired: str


@dataclass(frozen=True, kw_only=True)
class OwnPoint:
    """One point of a version."""

    id: str
    words: str
    units: str


def own_choices(by: Actor, case: Case, diagnosis: str) -> list[OwnChoice]:
    """The own schemes for the condition of a case, those saved for its diagnosis first."""
    found = [_choice(scheme, diagnosis) for scheme in schemes_in_use(by, case.condition)]
    return sorted(found, key=lambda one: not one.fits)


def own_rows(schemes: Iterable[OwnScheme]) -> list[OwnRow]:
    """The list of own schemes, in the order given."""
    return [_row(scheme) for scheme in schemes]


def own_points(own: OwnSchemeVersion) -> list[OwnPoint]:
    """The points of a version in words."""
    return [
        OwnPoint(id=point.id, words=point_words(point, own.map_version), units=plain(point.units))
        for point in points_of_version(own)
    ]


def scheme_words(plan: Plan) -> str:
    """From which scheme a plan was drafted, an own one never without saying so."""
    protocol, own = load().protocols.get(plan.protocol), plan.own_version
    published = protocol.name if protocol else "none"
    if own is None:
        return published
    return f"{own.scheme.name}, version {own.number}: the clinic’s own, not published; checked as {published}"


def total_words(points: Iterable[PlannedPoint]) -> str:
    """The units of all points."""
    return plain(sum((point.units for point in points if point.units is not None), Decimal(0)))


def _choice(scheme: OwnScheme, diagnosis: str) -> OwnChoice:
    own = newest_version(scheme)
    points = points_of_version(own)
    return OwnChoice(
        pk=scheme.pk,
        value=f"{OWN}{scheme.pk}",
        name=scheme.name,
        number=own.number,
        product=product_words(own.product),
        total=total_words(points),
        points=len(points),
        is_shared=scheme.is_shared,
        fits=scheme.diagnosis == diagnosis,
    )


def _row(scheme: OwnScheme) -> OwnRow:
    own = newest_version(scheme)
    points = points_of_version(own)
    return OwnRow(
        pk=scheme.pk,
        name=scheme.name,
        condition=load().conditions[scheme.condition].name,
        product=product_words(own.product),
        total=f"{total_words(points)} {unit_words(own.product)}",
        points=len(points),
        number=own.number,
        owner=scheme.owner_name,
        is_shared=scheme.is_shared,
        retired=f"{scheme.retired_by_name}: {scheme.retired_reason}" if scheme.retired_at else "",
    )
