"""Whether the plan stays within the product's ceilings, with everything on record counted.

The larger of planned and drawn units counts. Brands of one toxin (one INN) share their unit and are
counted together; units of different toxins never are. Source: P1, P5, P7, P10, P17.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from masseter.core.findings import Finding
from masseter.core.intervals import days_window_ends, months_window_ends
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.types import Earlier, PlannedPoint
from masseter.core.rules import holds_in
from masseter.knowledge.model import Evidence, Limit

_NO_EVIDENCE = Evidence(sources=(), sure="design", checked=date.min)

SHORTEST_MONTH = 28  # days: a window of fewer is no window of months


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a ceiling leaves for some points of a plan, and how many units the plan has there."""

    limit: Limit
    points: frozenset[str]
    planned: Fraction
    left: Fraction


def check_limits(case: PlanCase) -> Iterator[Finding]:
    """Every limit of the product, or of its toxin under another brand, that applies here and is exceeded."""
    for limit in limits_of(case):
        if limit.units_per_kg is not None and (
            _number("weight_kg", case) is None or _is_old("weight_kg", case)
        ):
            yield _weight_missing(limit, limit.units_per_kg, case)
        if limit.scope == "in_interval":
            yield from _in_interval(limit, case)
        else:
            yield from _in_treatment(limit, case)


def limits_of(case: PlanCase) -> Iterator[Limit]:
    """Every limit of the product, or of its toxin under another brand, that applies here."""
    return (limit for limit in (*case.product.limits, *_of_sister_brands(case)) if _applies(limit, case))


def rooms(case: PlanCase) -> Iterator[Room]:
    """What each ceiling leaves for the points over which it sums."""
    for limit in limits_of(case):
        ceiling = _ceiling(limit, case)
        if limit.scope == "in_interval":
            earlier = _most_counted(limit, case) - case.counted(case.plan.points)
            yield _room(limit, case.plan.points, case, max(ceiling - earlier, Fraction(0)))
        elif _holds_now(limit, case):
            left = max(ceiling - _of_today(limit, case), Fraction(0)) if _is_whole(limit) else ceiling
            for points in _groups(limit, case).values():
                yield _room(limit, points, case, left)


def same_toxin(treatment: Earlier, case: PlanCase) -> bool:
    """The earlier treatment was with this toxin, under this or another of its brands."""
    if treatment.product is None:
        return False
    known = case.knowledge.products.get(treatment.product)
    return treatment.product == case.product.key or (known is not None and known.inn == case.product.inn)


def counted_earlier(treatments: tuple[Earlier, ...]) -> Fraction:
    """The known units of these treatments; what is not known cannot be counted and is said elsewhere."""
    return sum((Fraction(each.units) for each in treatments if each.units is not None), Fraction(0))


def earlier_in_days(case: PlanCase, days: int) -> tuple[Earlier, ...]:
    """Treatments with this toxin in the last so many days; one exactly so many days ago is outside."""
    return tuple(
        each
        for each in case.earlier
        if same_toxin(each, case) and days_window_ends(each.given_on, days) > case.today
    )


def earlier_in_months(case: PlanCase, months: int) -> tuple[Earlier, ...]:
    """Treatments with this toxin in the last so many calendar months."""
    return tuple(
        each
        for each in case.earlier
        if same_toxin(each, case) and months_window_ends(each.given_on, months) > case.today
    )


def _of_sister_brands(case: PlanCase) -> Iterator[Limit]:
    """The proven session and interval stops that other labels print for this toxin, each once."""
    seen = {_printed(limit) for limit in case.product.limits}
    for key, product in sorted(case.knowledge.products.items()):
        if key == case.product.key or product.inn != case.product.inn:
            continue
        for limit in product.limits:
            if _is_proven_stop(limit) and _printed(limit) not in seen:
                seen.add(_printed(limit))
                yield replace(limit, sentence=f"Label of {product.brand}, the same toxin: {limit.sentence}")


def _is_proven_stop(limit: Limit) -> bool:
    is_whole = limit.scope in ("per_session", "in_interval")
    return is_whole and limit.severity == "stop" and limit.evidence.sure == "verified"


def _printed(limit: Limit) -> Limit:
    """The limit without its words: what two labels may print alike."""
    return replace(limit, code="", sentence="", evidence=_NO_EVIDENCE)


def _applies(limit: Limit, case: PlanCase) -> bool:
    return (
        holds_in(limit, case.jurisdiction)
        and (not limit.conditions or case.condition.code in limit.conditions)
        and (not limit.diagnoses or case.plan.diagnosis in limit.diagnoses)
        and (limit.max_age is None or _is_that_young(limit.max_age, case))
    )


def _is_that_young(max_age: int, case: PlanCase) -> bool:
    """The person is no older than this; an age that is not known counts as young."""
    age = _number("age_years", case)
    return age is None or age <= max_age


def _number(code: str, case: PlanCase) -> Fraction | None:
    known = case.facts.get(code)
    return Fraction(known.value) if known and isinstance(known.value, (int, Decimal)) else None


def _ceiling(limit: Limit, case: PlanCase) -> Fraction:
    """The units of a limit; the lower of these and those by body weight where the limit has both."""
    weight = _number("weight_kg", case)
    if limit.units_per_kg is None or weight is None:
        return Fraction(limit.units)
    return min(Fraction(limit.units), Fraction(limit.units_per_kg) * weight)


def _is_old(code: str, case: PlanCase) -> bool:
    """The answer is older than it may be relied on."""
    known = case.facts.get(code)
    return known is not None and known.is_stale


def _weight_missing(limit: Limit, per_kg: Decimal, case: PlanCase) -> Finding:
    """The weight has to be written down, or anew: a child grows, and the ceiling goes by today's weight."""
    known = case.facts.get("weight_kg")
    last = f" The last is of {known.observed_on}." if known is not None and known.is_stale else ""
    sentence = (
        f"The ceiling at this age goes by body weight, {case.units(per_kg)} for each kg; "
        f"write the weight down.{last}"
    )
    return replace(
        rule_finding("weight-missing", "caution", sentence, limit.evidence, limit.code), asks=("weight_kg",)
    )


def _points(limit: Limit, case: PlanCase) -> tuple[PlannedPoint, ...]:
    return tuple(point for point in case.plan.points if not limit.sites or point.site in limit.sites)


def _in_treatment(limit: Limit, case: PlanCase) -> Iterator[Finding]:
    if not _holds_now(limit, case):
        return
    ceiling, before = _ceiling(limit, case), _of_today(limit, case)
    for subject, points in _groups(limit, case).items():
        units = case.counted(points)
        if units > ceiling or (units + before > ceiling and _is_whole(limit)):
            yield _exceeded(limit, case, units + before, subject)
        elif units + before > ceiling:
            yield _exceeded(replace(limit, severity="caution"), case, units + before, subject)


def _of_today(limit: Limit, case: PlanCase) -> Fraction:
    """What was given earlier on the same day: two half treatments are one. Their sites are not known."""
    if limit.scope not in ("per_session", "first_session") or limit.sites:
        return Fraction(0)
    same_day = (each for each in case.earlier if same_toxin(each, case) and each.given_on == case.today)
    return counted_earlier(tuple(same_day))


def _is_whole(limit: Limit) -> bool:
    """The limit is one of the product, not of a use; what else was given today may have been for another."""
    return not (limit.conditions or limit.diagnoses)


def _holds_now(limit: Limit, case: PlanCase) -> bool:
    """The limit is not one of a first treatment, or this is the first."""
    return not (limit.first or limit.scope == "first_session") or _is_first(limit, case)


def _room(limit: Limit, points: tuple[PlannedPoint, ...], case: PlanCase, left: Fraction) -> Room:
    names = frozenset(point.id for point in points)
    return Room(limit=limit, points=names, planned=case.counted(points), left=left)


def _is_first(limit: Limit, case: PlanCase) -> bool:
    """No treatment with this toxin before today; for a ceiling of a use, none for this condition either.

    What was given elsewhere may have been for anything, so it never makes a use a known one.
    """
    if not any(same_toxin(each, case) and each.given_on < case.today for each in case.earlier):
        return True
    return bool(limit.conditions or limit.diagnoses) and not _number("cycles_given", case)


def _groups(limit: Limit, case: PlanCase) -> dict[str, tuple[PlannedPoint, ...]]:
    """The points of a limit in the groups over which it sums, each by its subject."""
    groups: dict[str, list[PlannedPoint]] = {}
    for point in _points(limit, case):
        subject = {
            "per_point": point.id,
            "per_site": f"{point.site}-{point.side}",
            "per_side": point.side,
        }.get(limit.scope, "")
        groups.setdefault(subject, []).append(point)
    return {subject: tuple(points) for subject, points in groups.items()}


def _in_interval(limit: Limit, case: PlanCase) -> Iterator[Finding]:
    planned, ceiling = case.counted(case.plan.points), _ceiling(limit, case)
    days, months = _windows(limit, case)
    in_days = planned + counted_earlier(earlier_in_days(case, days))
    in_months = planned + counted_earlier(earlier_in_months(case, months))
    most = _most_counted(limit, case)
    if most > ceiling:
        yield _exceeded(limit, case, most, "")
    if months and max(in_days, in_months) > planned:
        sentence = (
            f"With this plan {case.units(in_days)} in {days} days and "
            f"{case.units(in_months)} in {months} calendar months, of {case.units(ceiling)}."
        )
        yield rule_finding("counted-in-windows", "note", sentence, limit.evidence, limit.code)
    if in_months > ceiling >= most:
        sentence = (
            f"Within {days} days the ceiling of {case.units(ceiling)} is kept, but within {months} "
            f"calendar months it would be {case.units(in_months)}."
        )
        yield rule_finding("over-limit-in-months", "caution", sentence, limit.evidence, limit.code)


def _windows(limit: Limit, case: PlanCase) -> tuple[int, int]:
    """The days and the calendar months over which a ceiling counts."""
    days = int(case.product.min_interval_days.value) if limit.window_days is None else limit.window_days
    return days, _months(limit, case, days)


def _most_counted(limit: Limit, case: PlanCase) -> Fraction:
    """The units that count against a ceiling of an interval: the plan and what was given before."""
    days, months = _windows(limit, case)
    before = counted_earlier(earlier_in_days(case, days))
    if limit.window_months:
        before = max(before, counted_earlier(earlier_in_months(case, months)))
    return case.counted(case.plan.points) + before


def _months(limit: Limit, case: PlanCase, days: int) -> int:
    """The calendar months to look at beside the days: the ceiling's own, else the product's; 0 for none."""
    if limit.window_months is not None:
        return limit.window_months
    months = case.product.interval_months or 0
    return 0 if days < SHORTEST_MONTH * months else months


def _exceeded(limit: Limit, case: PlanCase, units: Fraction, subject: str) -> Finding:
    sentence = (
        f"{limit.sentence} Counted here: {case.units(units)}; ceiling {case.units(_ceiling(limit, case))}."
    )
    return rule_finding(f"over-limit-{limit.code}", limit.severity, sentence, limit.evidence, subject)
