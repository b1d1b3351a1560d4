"""Numbers, sites and findings in words, for the pages and papers of plan and treatment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from masseter.core.findings import KEY_MARK, Finding, Override, written_for
from masseter.core.plan.totals import Totals
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain as plain_number
from masseter.knowledge.load import load
from masseter.knowledge.model import Severity, Side, Source, Sureness

SIDES: dict[str, str] = {"left": "left", "right": "right", "midline": "midline"}
_ORDER: tuple[Side, ...] = ("right", "midline", "left")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence of a card and the point that it is about."""

    sentence: str
    point: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """The findings of one code and severity that share a reason, or that all still wait for one.

    `keys` name the very findings that a reason typed here is for; `former` is what was written before
    they changed.
    """

    code: str
    severity: Severity
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    sure: Sureness
    reason: str
    is_blocking: bool
    keys: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    former: str = ""

    @property
    def field(self) -> str:
        return f"reason-{self.keys[0]}"

    @property
    def takes_reason(self) -> bool:
        return self.severity == "caution"


@dataclass(frozen=True, kw_only=True)
class TotalRow:
    """The total of a muscle or area, by side."""

    name: str
    right: str
    midline: str
    left: str
    whole: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Way:
    """How deep and by which route a muscle or area is injected; `points` where they are not all alike."""

    name: str
    points: str
    route: str
    depth: str


def plain(number: Decimal | Fraction | None) -> str:
    """A number without trailing zeros; empty when it is not there."""
    return "" if number is None else plain_number(number)


def cards(
    findings: Iterable[Finding],
    *,
    blocking: Iterable[Finding],
    reasons: Iterable[Override],
    typed: Mapping[str, str],
) -> list[Card]:
    """Findings in groups of one code and one reason, in the order of their gravity.

    `typed` are reasons by key; one whose finding is no longer there is shown as written before.
    """
    listed, written, blocked = tuple(findings), tuple(reasons), set(blocking)
    groups: dict[tuple[str, Severity, str], list[Finding]] = {}
    for found in listed:
        own = written_for(found, written)
        groups.setdefault((found.code, found.severity, own.reason if own else ""), []).append(found)
    gone = {key: text for key, text in typed.items() if key not in {each.key for each in listed}}
    return [
        Card(
            code=code,
            severity=severity,
            lines=tuple(Line(sentence=each.sentence, point=each.subject) for each in group),
            sources=tuple(source_of(key) for key in dict.fromkeys(k for each in group for k in each.sources)),
            sure=group[0].sure,
            reason=reason,
            is_blocking=any(each in blocked for each in group),
            keys=tuple(each.key for each in group),
            asks=_asked(group),
            former="" if reason or severity != "caution" else _former(group, written, gone),
        )
        for (code, severity, reason), group in groups.items()
    ]


def _former(group: Iterable[Finding], written: Iterable[Override], gone: Mapping[str, str]) -> str:
    """What was typed or written against these findings before they changed; the newest."""
    about = {(each.code, each.subject) for each in group}
    codes = {code for code, _ in about}
    typed = [text for key, text in gone.items() if key.partition(KEY_MARK)[0] in codes and text.strip()]
    kept = [each.reason for each in written if (each.code, each.subject) in about]
    return next(reversed([*kept, *typed]), "")


def _asked(group: Iterable[Finding]) -> tuple[str, ...]:
    """What has to be answered, in the words of the form."""
    types = load().observations
    return tuple(types[code].label for code in dict.fromkeys(code for each in group for code in each.asks))


def source_of(key: str) -> Source:
    """The source of a key of the register."""
    return load().sources[key]


def total_rows(totals: Totals) -> list[TotalRow]:
    """Totals by muscle and side, the patient's right first as on the map."""
    sites = load().sites
    return [
        TotalRow(
            name=sites[site].name,
            **{side: _units(totals, site, side) for side in _ORDER},
            whole=plain(total.units),
            points=total.points,
        )
        for site, total in totals.by_site.items()
    ]


def whole_row(totals: Totals) -> TotalRow:
    """The totals of the sides and the whole."""
    return TotalRow(
        name="Whole",
        **{side: plain(total.units) if (total := totals.by_side.get(side)) else "" for side in _ORDER},
        whole=plain(totals.whole.units),
        points=totals.whole.points,
    )


def ways(points: Iterable[PlannedPoint]) -> list[Way]:
    """Depth and route of the points, muscle by muscle."""
    groups: dict[str, dict[tuple[str, str], list[str]]] = {}
    for point in points:
        groups.setdefault(point.site, {}).setdefault((point.route, point.depth), []).append(point.id)
    sites = load().sites
    return [
        Way(
            name=sites[site].name,
            points=", ".join(ids) if len(alike) > 1 else "",
            route=route.capitalize() or "Route not said",
            depth=depth or "Depth not said",
        )
        for site, alike in groups.items()
        for (route, depth), ids in alike.items()
    ]


def site_words(site: str, side: str, number: str = "") -> str:
    """A point in words, e.g. 'Masseter, left: lower rear'."""
    known = load().sites.get(site)
    if known is None:
        return site
    point = next((each for each in known.points if (each.side, each.number) == (side, number)), None)
    where = "" if side == "midline" else f", {side}"
    return f"{known.name}{where}" + (f": {point.words}" if point else "")


def _units(totals: Totals, site: str, side: Side) -> str:
    total = totals.by_site_side.get((site, side))
    return plain(total.units) if total else ""
