"""Whether what is drawn for a point is more than one place takes: a larger volume spreads further.

Source: P17, T82, T91.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain
from masseter.knowledge.model import Product, Site, Value


def check_volumes(case: PlanCase) -> Iterator[Finding]:
    """A volume above what the product's label or the publications of a site put into one point."""
    for point in case.plan.points:
        drawn = case.drawn.draw_of(point.id) if case.drawn else None
        if drawn is None:
            continue
        volume = max(drawn.exact_ml, Fraction(drawn.drawn_ml))
        most = most_passed(volume, case.site(point.site), case.product)
        if most is not None:
            yield _too_much(point, volume, most)


def most_passed(volume: Fraction, site: Site, product: Product) -> Value | None:
    """The largest volume at one point that this one is above, of the site's before the product's."""
    known = (most for most in (site.point_ml, product.point_ml) if most is not None)
    return next((most for most in known if volume > Fraction(most.value)), None)


def _too_much(point: PlannedPoint, volume: Fraction, most: Value) -> Finding:
    sentence = (
        f"{point.id}: {plain(volume)} mL at one point; sources put at most {plain(most.value)} mL there. A "
        "larger volume spreads further: take less diluent or more points."
    )
    return rule_finding("point-volume-large", "caution", sentence, most.evidence, point.id)
