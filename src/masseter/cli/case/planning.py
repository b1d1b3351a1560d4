"""From a case file to a plan, its patient, history and stock as `core` takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from masseter.cli.case.problems import Path
from masseter.cli.case.reading import Case
from masseter.cli.case.shape import Plan, Point
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.findings import Override
from masseter.core.plan.lookup import UnknownPresentation, find_presentation
from masseter.core.plan.personal import ForWhom, Personal, propose_plan
from masseter.core.plan.propose import PointMissing, standard_point
from masseter.core.plan.schemes import Ranked, rank_schemes
from masseter.core.plan.types import (
    SIDE_LETTERS,
    Earlier,
    PatientSafety,
    PlanDraft,
    PlannedPoint,
    VialSize,
    point_id,
    with_day_told,
)
from masseter.core.plan.ways import way_of
from masseter.core.quantities import QuantityError
from masseter.knowledge.model import Product, Protocol, Side, Site

_SIDES: dict[str, Side] = {letter: side for side, letter in SIDE_LETTERS.items()}
_PARTS = 3  # of a point's name: abbreviation, side, number


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan from a case file, with what a proposal made otherwise than its protocol."""

    draft: PlanDraft
    schemes: tuple[Ranked, ...]
    personal: Personal
    safety: PatientSafety
    earlier: tuple[Earlier, ...]
    stock: tuple[VialSize, ...] | None
    overrides: tuple[Override, ...]


def read_plan(case: Case) -> Planned:
    """The plan of a case: its own points, or those that the protocol proposes. Raises: BadCase."""
    file = case.file
    if file.plan is None:
        raise case.need("plan")
    if not file.condition:
        raise case.need("condition")
    if file.patient.birth_date is None:
        raise case.fault(("patient",), "the birth_date is needed: doses depend on age")
    product, earlier = case.knowledge.products[file.plan.product], read_earlier(case)
    schemes = _schemes(case, file.plan)
    plan = _with_protocol(case, file.plan, product, schemes)
    personal = _points(case, plan, file.patient.birth_date, earlier)
    points = personal.points
    draft = _draft(case, plan, product, points)
    candidacy = assess_candidacy(
        condition=case.conditions[0],
        knowledge=case.knowledge,
        facts=case.standing,
        jurisdiction=file.jurisdiction,
        product=product.key,
        sites=sorted({point.site for point in points}),
    )
    return Planned(
        draft=draft,
        schemes=schemes,
        personal=personal,
        safety=PatientSafety(
            birth_date=file.patient.birth_date, facts=case.facts, candidacy=candidacy.findings
        ),
        earlier=earlier,
        stock=_stock(case, product),
        overrides=tuple(
            Override(code=each.code, subject=each.subject, reason=each.reason, by=each.by)
            for each in file.reasons
        ),
    )


def read_earlier(case: Case) -> tuple[Earlier, ...]:
    """Every toxin treatment of the file. Raises: BadCase."""
    found = []
    for number, each in enumerate(case.file.earlier or ()):
        try:
            found.append(
                Earlier(given_on=each.given_on, product=each.product, units=each.units, where=each.where)
            )
        except QuantityError as error:
            raise case.fault(("earlier", number, "units"), str(error)) from None
    return with_day_told(found, case.facts)


def find_point(case: Case, name: str, path: Path) -> tuple[Site, Side, str]:
    """Site, side and number that a point's name tells. Raises: BadCase."""
    parts = name.split("-")
    side = _SIDES.get(parts[-2]) if len(parts) >= _PARTS else None
    abbreviation = "-".join(parts[:-2])
    site = next((one for one in case.knowledge.sites.values() if one.abbreviation == abbreviation), None)
    if side is None or site is None:
        raise case.fault(path, f"{name!r} is no point of the map; write it as MASS-L-2")
    return site, side, parts[-1]


def _schemes(case: Case, plan: Plan) -> tuple[Ranked, ...]:
    """The published schemes of the condition, the fitting ones first."""
    return rank_schemes(
        condition=case.file.condition,
        diagnosis=plan.diagnosis,
        jurisdiction=case.file.jurisdiction,
        knowledge=case.knowledge,
    )


def _with_protocol(case: Case, plan: Plan, product: Product, schemes: tuple[Ranked, ...]) -> Plan:
    """The plan, with the first scheme that fits where it names none. Raises: BadCase."""
    if plan.points is not None or plan.protocol:
        return plan
    if not plan.diagnosis:
        raise case.fault(("plan",), "write the points, a protocol or the diagnosis to propose them from")
    fitting = [each.protocol for each in schemes if each.fits and each.protocol.product == product.key]
    if not fitting:
        sentence = f"no scheme of {product.brand} was published for this diagnosis; write the points"
        raise case.fault(("plan", "diagnosis"), sentence)
    return plan.model_copy(update={"protocol": fitting[0].key})


def _points(case: Case, plan: Plan, birth_date: date, earlier: tuple[Earlier, ...]) -> Personal:
    if plan.points is not None:
        scheme = case.knowledge.protocols.get(plan.protocol)
        own = (_point(case, point, number, scheme) for number, point in enumerate(plan.points))
        return Personal(points=tuple(own))
    try:
        return propose_plan(
            protocol=plan.protocol,
            product=plan.product,
            knowledge=case.knowledge,
            patient=ForWhom(
                safety=PatientSafety(birth_date=birth_date, facts=case.facts),
                jurisdiction=case.file.jurisdiction,
                today=case.today,
                diagnosis=plan.diagnosis,
                earlier=earlier,
            ),
            affected_side=plan.affected_side,
            one_sided=plan.one_sided,
            include_optional=plan.include_optional,
            painful=[(hurt.site, hurt.side) for hurt in plan.painful_sites],
            starting_factor=Decimal(1) if plan.starting_factor is None else plan.starting_factor,
        )
    except QuantityError as error:
        raise case.fault(("plan", "starting_factor"), str(error)) from None


def _point(case: Case, point: Point, number: int, scheme: Protocol | None) -> PlannedPoint:
    path: Path = ("plan", "points", number)
    site, side, name = find_point(case, point.point, (*path, "point"))
    way = way_of(site, name, scheme)
    try:
        if point.view is None or point.x is None or point.y is None:
            return standard_point(site, side, name, point.units, scheme)
        return PlannedPoint(
            id=point_id(site.abbreviation, point.side or side, name),
            site=point.site or site.code,
            side=point.side or side,
            number=name,
            view=point.view,
            x=point.x,
            y=point.y,
            units=point.units,
            depth=point.depth or way.depth,
            route=point.route or way.route,
            product=point.product,
        )
    except PointMissing as error:
        raise case.fault(path, f"{error} Write view, x and y for a point of your own.") from None
    except QuantityError as error:
        raise case.fault((*path, "units"), str(error)) from None


def _draft(case: Case, plan: Plan, product: Product, points: tuple[PlannedPoint, ...]) -> PlanDraft:
    units = plan.label_units
    if plan.presentation:
        units = _size(case, product, plan.presentation, ("plan", "presentation")).label_units
    try:
        return PlanDraft(
            product=plan.product,
            presentation=plan.presentation,
            protocol=plan.protocol,
            condition=case.file.condition,
            diagnosis=plan.diagnosis,
            points=points,
            diluent_ml=plan.diluent_ml,
            label_units=plan.label_units or units,
            graduation_ml=plan.graduation_ml,
            dead_space_ml=plan.dead_space_ml,
            syringes=plan.syringes,
            off_label_reason=plan.off_label_reason,
        )
    except QuantityError as error:
        raise case.fault(("plan",), str(error)) from None


def _stock(case: Case, product: Product) -> tuple[VialSize, ...] | None:
    if case.file.stock is None:
        return None
    return tuple(
        _size(case, product, each.presentation, ("stock", number, "presentation"), each.count)
        for number, each in enumerate(case.file.stock)
    )


def _size(case: Case, product: Product, key: str, path: Path, count: int | None = None) -> VialSize:
    try:
        found = find_presentation(product, key)
    except UnknownPresentation as error:
        sizes = ", ".join(size.key for size in product.presentations)
        raise case.fault(path, f"{error} It has: {sizes}.") from None
    return VialSize(presentation=found.key, label_units=found.label_units, count=count)
