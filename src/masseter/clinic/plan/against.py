"""Two sets of points beside each other, in words: a plan against the last treatment, or any two of a case."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.words import plain, site_words
from masseter.core.plan.compare import Comparison, MappedPoints, PointChange, TotalChange, compare_points
from masseter.core.plan.totals import Total
from masseter.ui.facemap.diff import alike, change_words, count_words, signed_words
from masseter.ui.words import product_words, unit_words

# A map of another version may be drawn otherwise; a place on it is no place on today's.
OTHER_MAP = "The drawing has changed between the two, so the places on it are not compared."


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """One point in both: the dose of each, and what changed."""

    id: str
    words: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, kw_only=True)
class MuscleLine:
    """One muscle or area on one side in both; `change` is empty where the units are of two products."""

    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, kw_only=True)
class Against:
    """What `after` does otherwise than `before`; a `change` is empty where nothing can be subtracted."""

    counts: list[str]
    changed: list[PointLine]
    same: list[PointLine]
    muscles: list[MuscleLine]
    whole: MuscleLine
    before_unit: str
    after_unit: str
    is_same_product: bool
    notes: list[str]

    @property
    def points(self) -> list[PointLine]:
        """All points, those that changed first."""
        return [*self.changed, *self.same]


def against(before: MappedPoints, after: MappedPoints) -> Against:
    """What `after` does otherwise than `before`."""
    scale = alike(before.map_version, after.map_version)
    found = compare_points(before=before, after=after, scale=scale)
    lines = [(_point_line(change, before, after), _has_changed(change, found)) for change in found.points]
    return Against(
        counts=count_words(found) if found.is_same_product else [],
        changed=[line for line, has_changed in lines if has_changed],
        same=[line for line, has_changed in lines if not has_changed],
        muscles=[_muscle_line(change) for change in found.totals],
        whole=MuscleLine(
            name="Whole",
            before=_units(found.before),
            after=_units(found.after),
            change=signed_words(found.units),
        ),
        before_unit=unit_words(before.product),
        after_unit=unit_words(after.product),
        is_same_product=found.is_same_product,
        notes=_notes(before, after, found),
    )


def _has_changed(change: PointChange, found: Comparison) -> bool:
    """Whether a point came, went, moved or got another dose, which two products do not tell."""
    return bool({*change.kinds} - {"same", *([] if found.is_same_product else ["not_comparable"])})


def _notes(before: MappedPoints, after: MappedPoints, found: Comparison) -> list[str]:
    notes = []
    if not found.is_same_product:
        notes.append(
            f"{product_words(before.product)} then, {product_words(after.product)} now. Units of two "
            "products cannot be compared or converted, so they stand beside each other and no difference is "
            "shown."
        )
    return [*notes, OTHER_MAP] if found.unplaced else notes


def _point_line(change: PointChange, before: MappedPoints, after: MappedPoints) -> PointLine:
    point, mapped = (change.after, after) if change.after else (change.before, before)
    assert point is not None
    return PointLine(
        id=change.id,
        words=point_words(point, mapped.map_version),
        before=plain(change.before.units) if change.before else "",
        after=plain(change.after.units) if change.after else "",
        change=change_words(change),
    )


def _muscle_line(change: TotalChange) -> MuscleLine:
    return MuscleLine(
        name=site_words(change.site, change.side),
        before=_units(change.before),
        after=_units(change.after),
        change=signed_words(change.units),
    )


def _units(total: Total | None) -> str:
    """A total as far as it is typed; nothing where the muscle was not treated."""
    return plain(total.units) if total else ""
