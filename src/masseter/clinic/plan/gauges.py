"""The units of a plan beside scheme and ceilings, in words and as a bar: muscle, side and whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from masseter.clinic.plan.words import plain
from masseter.core.findings import Finding
from masseter.core.plan.gauges import Gauge, Standing
from masseter.knowledge.load import load

# tone of the tag and its words; what stands within its range needs none, and over a limit it is the limit’s.
STANDINGS: Mapping[Standing, tuple[str, str]] = {
    "over": ("", "over the limit"),
    "above": ("caution", "above scheme"),
    "below": ("note", "below scheme"),
    "within": ("", ""),
    "alone": ("", ""),
}
_UNEVEN = "uneven-sides"
_WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar in hundredths of its width: how far it is filled, where range and limit lie."""

    filled: str
    low: str
    span: str
    limit: str


@dataclass(frozen=True, kw_only=True)
class GaugeCell:
    """One number with what it is held beside: '25', 'of 15–40', 'limit 60'."""

    units: str
    span: str
    limit: str
    tone: str
    standing: str
    bar: Bar | None


@dataclass(frozen=True, kw_only=True)
class GaugeRow:
    """One muscle or area: right, midline and left; `uneven` says in words how the sides differ."""

    name: str
    right: GaugeCell | None
    midline: GaugeCell | None
    left: GaugeCell | None
    whole: GaugeCell
    uneven: str


@dataclass(frozen=True, kw_only=True)
class Gauges:
    """The rows by muscle, the row of the sides, and the whole."""

    rows: list[GaugeRow]
    sides: GaugeRow
    whole: GaugeCell


def gauge_words(gauges: Iterable[Gauge], findings: Iterable[Finding]) -> Gauges:
    """The gauges of a checked plan, as core reckoned them."""
    listed: dict[tuple[str, str], Gauge] = {(each.site, each.side): each for each in gauges}
    uneven = {found.subject: found.sentence for found in findings if found.code == _UNEVEN}
    sites = dict.fromkeys(site for site, side in listed if site and side)
    return Gauges(
        rows=[_row(site, listed, uneven.get(site, "")) for site in sites],
        sides=_row("", listed, ""),
        whole=_cell(listed[("", "")]),
    )


def _row(site: str, listed: Mapping[tuple[str, str], Gauge], uneven: str) -> GaugeRow:
    known = load().sites.get(site)
    return GaugeRow(
        name=known.name if known else "Whole",
        **{side: _side(listed.get((site, side))) for side in ("right", "midline", "left")},
        whole=_cell(listed[(site, "")]),
        uneven=uneven,
    )


def _side(gauge: Gauge | None) -> GaugeCell | None:
    return None if gauge is None else _cell(gauge)


def _cell(gauge: Gauge) -> GaugeCell:
    tone, words = STANDINGS[gauge.standing]
    return GaugeCell(
        units=plain(gauge.units),
        span=_span(gauge),
        limit="" if gauge.most is None else plain(gauge.most),
        tone=gauge.exceeded or tone,
        standing=words,
        bar=_bar(gauge),
    )


def _span(gauge: Gauge) -> str:
    if gauge.span is None:
        return ""
    low, high = gauge.span
    return plain(high) if low == high else f"{plain(low)}–{plain(high)}"


def _bar(gauge: Gauge) -> Bar | None:
    """The bar reaches as far as the greatest of its numbers; none where nothing is known beside it."""
    low, high = gauge.span or (Fraction(0), Fraction(0))
    full = max(gauge.units, high, gauge.most or Fraction(0))
    if (gauge.span is None and gauge.most is None) or not full:
        return None

    def share(number: Fraction) -> str:
        return f"{float(number / full * _WIDTH):.1f}"

    return Bar(
        filled=share(gauge.units),
        low=share(low),
        span=share(high - low),
        limit="" if gauge.most is None else share(gauge.most),
    )
