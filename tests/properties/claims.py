"""An independent reckoning of what a treatment is billed with and of the volume in one place; in fractions.

Written from the formulary's rules alone (4.7, 7.2, the largest volumes of label and publications); it shares
no code with the product beside the shapes of the knowledge.
"""

from __future__ import annotations

from fractions import Fraction

from masseter.knowledge.model import Knowledge
from tests.properties.ceilings import Told


def claim(given: Fraction, opened: Fraction, per_unit: int) -> tuple[int, int]:
    """Billing units (administered, discarded), laid down one by one out of the opened units.

    A unit that was begun counts as administered. What is left fills whole discarded units only, and none
    is billed as discarded where less than a single unit was given.
    """
    administered = 0
    while administered * per_unit < given:
        administered += 1
    discarded = 0
    while (administered + discarded + 1) * per_unit <= opened:
        discarded += 1
    return administered, 0 if 0 < given < per_unit else discarded


def too_much_in_one_place(
    told: Told, known: Knowledge, draws: dict[str, tuple[Fraction, Fraction]]
) -> set[str]:
    """The points that take more than the product's label or a site's publication puts into one place.

    Of the exact volume and the drawn one the larger counts (6.3).
    """
    product, found = known.products[told.product], set()
    for point in told.points:
        volume = max(draws[point.name][0], point.units * told.volume_ml / told.label_units)
        for named in (product.point_ml, known.sites[point.site].point_ml):
            if named is not None and volume > Fraction(named.value):
                found.add(point.name)
    return found
