"""The published schemes for a case, those first that fit the diagnosis and are licensed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from masseter.clinic.plan.words import plain, source_of
from masseter.core.facts import Facts
from masseter.core.plan.schemes import Ranked, rank_schemes
from masseter.core.plan.where import painful_sites
from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.stock.queries import usable_counts
from masseter.knowledge.load import load
from masseter.knowledge.model import ProtocolSite, Source
from masseter.ui.words import product_words

KINDS = {
    "label": "Licensed scheme",
    "trial": "From a trial",
    "series": "From a case series",
    "default": "Our starting scheme, within published ranges",
}
LICENCES = {
    "licensed": ("good", "Licensed use"),
    "off_label": ("caution", "Off-label use"),
    "research": ("stop", "Research only"),
}
GRADES = {
    "high": "high certainty",
    "moderate": "moderate certainty",
    "low": "low certainty",
    "very_low": "very low certainty",
    "expert": "expert opinion",
    "label": "product label",
    "ungraded": "certainty not graded",
}


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One protocol as a choice."""

    key: str
    name: str
    product: str
    total: str
    points: int
    kind: str
    grade: str
    summary: str
    licence_tone: str
    licence: str
    licence_text: str
    sources: tuple[Source, ...]
    stock: int
    fits: bool


def schemes_for(by: Actor, case: Case, diagnosis: str, today: date) -> list[Scheme]:
    """Every scheme of the case's condition, the fitting and licensed ones first."""
    counts: dict[str, int] = {}
    for (product, _), count in usable_counts(by, today).items():
        counts[product] = counts.get(product, 0) + count
    ranked = rank_schemes(
        condition=case.condition,
        diagnosis=diagnosis,
        jurisdiction=by.jurisdiction,
        knowledge=load(),
        in_stock={product for product, count in counts.items() if count},
    )
    return [_scheme(each, counts.get(each.protocol.product, 0)) for each in ranked]


def optional_sites(case: Case, facts: Facts) -> list[tuple[str, str]]:
    """The muscles that are optional in a scheme of the condition; those only for pain where it hurts."""
    knowledge, painful = load(), painful_sites(facts, load())
    found: dict[str, str] = {}
    for part in _optional_parts(case):
        name, sides = knowledge.sites[part.site].name, [side for site, side in painful if site == part.site]
        if not part.only_if_painful:
            found[part.site] = name
        elif sides:
            found.setdefault(part.site, f"{name} (hurts {' and '.join(sides)})")
    return sorted(found.items(), key=lambda pair: pair[1])


def waiting_for_pain(case: Case, offered: Iterable[tuple[str, str]]) -> list[str]:
    """The optional muscles that are offered once pain is recorded there, by name."""
    there = {code for code, _ in offered}
    names = {load().sites[part.site].name for part in _optional_parts(case) if part.site not in there}
    return sorted(names)


def _optional_parts(case: Case) -> list[ProtocolSite]:
    return [
        part
        for protocol in load().protocols.values()
        for part in protocol.sites
        if protocol.condition == case.condition and part.optional
    ]


def needs_side(case: Case) -> bool:
    """Whether a side can be chosen: for a scheme of the affected side, or of two sides that is no label's."""
    return any(
        part.sides == "affected" or (part.sides == "both" and protocol.kind != "label")
        for protocol in load().protocols.values()
        for part in protocol.sites
        if protocol.condition == case.condition
    )


def _scheme(each: Ranked, stock: int) -> Scheme:
    protocol = each.protocol
    tone, words = LICENCES[each.status]
    low, high = protocol.total_units.low, protocol.total_units.high
    return Scheme(
        key=protocol.key,
        name=protocol.name,
        product=product_words(protocol.product),
        total=plain(low) if low == high else f"{plain(low)} to {plain(high)}",
        points=sum(
            part.points * (2 if part.sides == "both" else 1) for part in protocol.sites if not part.optional
        ),
        kind=KINDS[protocol.kind],
        grade=GRADES[protocol.evidence.grade],
        summary=protocol.summary.text,
        licence_tone=tone,
        licence=words,
        licence_text=each.licence.text if each.licence else "No licence for this use is known here.",
        sources=tuple(source_of(key) for key in protocol.evidence.sources),
        stock=stock,
        fits=each.fits,
    )
