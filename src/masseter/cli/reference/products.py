"""Products and published protocols."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.cli.reference.words import GENERATED, amount, number, places, proof, table
from masseter.core.plan.label import ages_in_words, kept_in_words
from masseter.knowledge.model import Knowledge, Product, Protocol, ProtocolSite


def products(known: Knowledge) -> str:
    """Every brand with its vials, dilutions, limits, storage and excipients."""
    words = "# Products\n\nUnits belong to a product: they never add, compare or convert.\n\n"
    return GENERATED + words + "".join(_product(each) for each in known.products.values())


def _product(told: Product) -> str:
    vials = ", ".join(f"{number(p.label_units)} U" for p in told.presentations)
    text = f"## {told.brand}\n\n`{told.key}`, {told.inn}, type {told.serotype}, {told.form}. Vials: {vials}. "
    text += f"Licensed in: {', '.join(told.licensed_in) or 'none of US, EU, UK'}. {proof(told.evidence)}\n\n"
    text += "".join(f"- {line}\n" for line in _lines(told)) + "\n"
    return text + "".join(
        part(told) for part in (_uses, _parts, _keeping, _dilutions, _pairs, _limits, _codes)
    )


def _lines(told: Product) -> Iterator[str]:
    """What is said of a product in one line each."""
    yield f"Shortest interval: {amount(told.min_interval_days)}. {proof(told.min_interval_days.evidence)}"
    yield f"In use: {amount(told.in_use_hours)}. {proof(told.in_use_hours.evidence)}"
    texts = (
        ("Use", told.use_once),
        ("Diluent", told.diluent),
        ("Storage", told.storage),
        ("Excursion", told.excursion),
        ("Proteins", told.proteins),
        ("Boxed warning", told.boxed_warning),
    )
    yield from (f"{title}: {each.text} {proof(each.evidence)}" for title, each in texts if each)
    amounts = (("Shelf life", told.shelf_months), ("Most at one place", told.point_ml))
    yield from (f"{title}: {amount(each)}. {proof(each.evidence)}" for title, each in amounts if each)
    yield from (f"Compared: {each.text} {proof(each.evidence)}" for each in told.comparisons)
    yield from (f"Spread: {each.text} {proof(each.evidence)}" for each in told.spread)
    if told.comparison_note:
        yield f"Comparison, for information only: {told.comparison_note}"


def _uses(told: Product) -> str:
    rows = [
        [
            use.name,
            ", ".join(use.jurisdictions),
            ages_in_words(use),
            f"{amount(use.units)} {proof(use.units.evidence)}" if use.units else "",
            use.note,
            proof(use.evidence),
        ]
        for use in told.indications
    ]
    return table(["Licensed for", "Where", "Age", "Dose", "Note", "Source"], rows) if rows else ""


def _parts(told: Product) -> str:
    rows = [
        [
            part.text,
            "; ".join(f"{number(a.value)} {a.unit} in {a.per} {proof(a.evidence)}" for a in part.amounts),
            proof(part.evidence),
        ]
        for part in told.excipients
    ]
    return table(["Contains", "How much", "Source"], rows)


def _keeping(told: Product) -> str:
    rows = [
        [
            each.stage,
            each.place,
            kept_in_words(each),
            places(each.jurisdictions),
            proof(each.evidence),
        ]
        for each in told.keeping
    ]
    return table(["Kept", "Place", "°C", "Where", "Source"], rows) if rows else ""


def _dilutions(told: Product) -> str:
    rows = [
        [number(d.label_units), number(d.diluent_ml), number(d.units_per_tenth_ml), proof(d.evidence)]
        for d in told.dilutions
    ]
    return table(["Vial U", "Diluent mL", "U in 0.1 mL", "Source"], rows) if rows else ""


def _pairs(told: Product) -> str:
    rows = [
        [
            number(p.label_units),
            number(p.diluent_ml),
            number(p.units),
            number(p.volume_ml),
            proof(p.evidence),
        ]
        for p in told.label_pairs
    ]
    return table(["Vial U", "Diluent mL", "Label's dose U", "Label's mL", "Source"], rows) if rows else ""


def _limits(told: Product) -> str:
    rows = [
        [f"`{x.code}`", x.scope, number(x.units), x.severity, x.sentence, proof(x.evidence)]
        for x in told.limits
    ]
    return table(["Limit", "Scope", "Units", "Severity", "Sentence", "Source"], rows) if rows else ""


def _codes(told: Product) -> str:
    rows = [[each.system, each.code, each.display, proof(each.evidence)] for each in told.codes]
    return table(["System", "Code", "Of", "Source"], rows) if rows else ""


def protocols(known: Knowledge) -> str:
    """Every published scheme, site by site."""
    ordered = sorted(known.protocols.values(), key=lambda each: (each.condition, each.order, each.key))
    offered = "".join(_protocol(each, known) for each in ordered)
    return GENERATED + "# Protocols\n\n" + offered + _published(known)


def _published(known: Knowledge) -> str:
    """Published schemes that are shown and never proposed."""
    text = "## Published, and not offered\n\nNo plan can be made of these; each says why not.\n\n"
    rows = (
        [
            f"{each.title} (`{each.code}`)",
            known.conditions[each.condition].name,
            each.toxin,
            each.doses,
            each.result,
            each.why_not,
            proof(each.evidence),
        ]
        for each in known.published
    )
    head = ["Scheme", "Condition", "Toxin", "Doses", "Result", "Why not offered", "Source"]
    return text + table(head, rows)


def _protocol(told: Protocol, known: Knowledge) -> str:
    brand = known.products[told.product].brand
    text = f"## {told.name}\n\n`{told.key}`, {told.condition}, {brand}, {told.kind}. "
    text += f"Total {amount(told.total_units)}. "
    if told.review_days is not None:
        text += f"Judged after {amount(told.review_days)}. {proof(told.review_days.evidence)} "
    text += f"{told.summary.text} {proof(told.evidence)}\n\n"
    rows = [
        [
            known.sites[each.site].name,
            each.sides,
            str(each.points),
            amount(each.units_per_point),
            _wish(each),
            f"{each.route}. {each.depth.text} {proof(each.depth.evidence)}" if each.depth else "",
            each.note,
        ]
        for each in told.sites
    ]
    return text + table(
        ["Site", "Sides", "Points per side", "Per point", "", "Route, where not the site's own", "Note"], rows
    )


def _wish(part: ProtocolSite) -> str:
    """Whether a part of a scheme is given unasked, and how many of its points at most."""
    most = "" if part.most_points is None else f", at most {part.most_points} in all"
    return f"optional{most}" if part.optional else ""
