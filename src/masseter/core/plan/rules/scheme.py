"""How the plan stands to its published protocol: product, use, sites, points, doses, total, sides."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import Protocol, ProtocolSite


def check_scheme(case: PlanCase) -> Iterator[Finding]:
    """Every departure from the protocol; doses are compared only in the protocol's own product."""
    scheme = case.protocol
    if scheme is None:
        yield rule_finding("no-protocol", "caution", "The plan follows no published protocol.")
        return
    yield from _use(case, scheme)
    for point in case.plan.points:
        yield from _point(case, scheme, point)
    yield from _pools(case, scheme)
    yield from _left_out(case, scheme)
    if case.product.key == scheme.product:
        yield from _total(case, scheme)


def check_evenness(case: PlanCase) -> Iterator[Finding]:
    """A muscle that is treated on both sides with different doses."""
    sites = dict.fromkeys(point.site for point in case.plan.points)
    for site in sites:
        left, right = (
            case.planned(point for point in case.plan.points if (point.site, point.side) == (site, side))
            for side in ("left", "right")
        )
        if left and right and left != right:
            sentence = f"{case.site(site).name}: left {case.units(left)}, right {case.units(right)}."
            yield rule_finding("uneven-sides", "note", sentence, subject=site)


def _use(case: PlanCase, scheme: Protocol) -> Iterator[Finding]:
    if case.product.key != scheme.product:
        sentence = (
            f"{scheme.name} was published with another product than {case.product.brand}; its doses do "
            "not carry over, and every dose here is the prescriber's own."
        )
        yield rule_finding("product-not-of-protocol", "caution", sentence, scheme.evidence)
    if case.condition.code != scheme.condition:
        sentence = f"{scheme.name} was published for another condition."
        yield rule_finding("protocol-of-other-condition", "caution", sentence, scheme.evidence)
    elif scheme.diagnoses and case.plan.diagnosis not in scheme.diagnoses:
        sentence = f"{scheme.name} was published for another diagnosis than the one of this plan."
        yield rule_finding("protocol-of-other-diagnosis", "caution", sentence, scheme.evidence)


def _point(case: PlanCase, scheme: Protocol, point: PlannedPoint) -> Iterator[Finding]:
    parts = [part for part in scheme.sites if _covers(part, point)]
    named = [part for part in parts if point.number in part.point_numbers]
    if not parts:
        sentence = f"{case.site(point.site).name} ({point.side}) is not in {scheme.name}."
        yield rule_finding("site-not-in-protocol", "caution", sentence, scheme.evidence, point.id)
        return
    if not named:
        sentence = f"{point.id} is not a point of {scheme.name}."
        yield rule_finding("point-not-in-protocol", "caution", sentence, scheme.evidence, point.id)
    if point.units is None or case.product.key != scheme.product:
        return
    ranges = [part.units_per_point for part in named or parts]
    low, high = min(each.low for each in ranges), max(each.high for each in ranges)
    if not low <= point.units <= high:
        published = case.units(low) if low == high else f"{low.normalize():f} to {case.units(high)}"
        sentence = f"{point.id} gets {case.units(point.units)}; published: {published} a point."
        yield rule_finding("dose-outside-protocol", "caution", sentence, ranges[0].evidence, point.id)


def _pools(case: PlanCase, scheme: Protocol) -> Iterator[Finding]:
    """More points beside the fixed ones of a muscle than its scheme allows, on both sides together."""
    for part in scheme.sites:
        if part.most_points is None:
            continue
        fixed = {
            n for each in scheme.sites if each.site == part.site and each != part for n in each.point_numbers
        }
        extra = [point for point in case.plan.points if point.site == part.site and point.number not in fixed]
        if len(extra) > part.most_points:
            sentence = (
                f"{case.site(part.site).name}: {len(extra)} points beside the fixed ones; at most "
                f"{part.most_points} are allowed, both sides together."
            )
            evidence = part.units_per_point.evidence
            yield rule_finding("extra-points-over", "caution", sentence, evidence, part.site)


def _left_out(case: PlanCase, scheme: Protocol) -> Iterator[Finding]:
    for part in scheme.sites:
        if part.optional or part.only_if_painful:
            continue
        present = {point.side for point in case.plan.points if _covers(part, point)}
        wanted = {"left", "right"} if part.sides == "both" else set[str]()
        if not present or wanted - present:
            sides = f" ({', '.join(sorted(wanted - present))})" if present else ""
            sentence = f"{case.site(part.site).name}{sides}, part of {scheme.name}, is left out."
            yield rule_finding("site-left-out", "note", sentence, scheme.evidence, part.site)


def _total(case: PlanCase, scheme: Protocol) -> Iterator[Finding]:
    total, published = case.planned(case.plan.points), scheme.total_units
    if total and not published.low <= total <= published.high:
        span = (
            case.units(published.low)
            if published.low == published.high
            else f"{published.low.normalize():f} to {case.units(published.high)}"
        )
        sentence = f"The plan has {case.units(total)} in all; published: {span}."
        yield rule_finding("total-outside-protocol", "caution", sentence, published.evidence)


def _covers(part: ProtocolSite, point: PlannedPoint) -> bool:
    is_midline = point.side == "midline"
    return part.site == point.site and (part.sides == "midline") == is_midline
