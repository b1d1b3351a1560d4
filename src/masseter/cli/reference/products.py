"""Products and published protocols."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, amount, number, proof, table
from masseter.knowledge.model import Knowledge, Product, Protocol


def products(known: Knowledge) -> str:
    """Every brand with its vials, dilutions, limits, storage and excipients."""
    words = "# Products\n\nUnits belong to a product: they never add, compare or convert.\n\n"
    return GENERATED + words + "".join(_product(each) for each in known.products.values())


def _product(told: Product) -> str:
    vials = ", ".join(f"{number(p.label_units)} U" for p in told.presentations)
    text = f"## {told.brand}\n\n`{told.key}`, {told.inn}, type {told.serotype}, {told.form}. Vials: {vials}. "
    text += f"Licensed in: {', '.join(told.licensed_in) or 'none of US, EU, UK'}. {proof(told.evidence)}\n\n"
    text += (
        f"- Shortest interval: {amount(told.min_interval_days)}. {proof(told.min_interval_days.evidence)}\n"
    )
    text += f"- In use: {amount(told.in_use_hours)}. {proof(told.in_use_hours.evidence)}\n"
    text += f"- Storage: {told.storage.text} {proof(told.storage.evidence)}\n"
    text += f"- Diluent: {told.diluent.text} {proof(told.diluent.evidence)}\n"
    text += "".join(f"- Contains {part.text}. {proof(part.evidence)}\n" for part in told.excipients)
    if told.comparison_note:
        text += f"- Comparison, for information only: {told.comparison_note}\n"
    text += "\n"
    rows = [
        [number(d.label_units), number(d.diluent_ml), number(d.units_per_tenth_ml), proof(d.evidence)]
        for d in told.dilutions
    ]
    text += table(["Vial U", "Diluent mL", "U in 0.1 mL", "Source"], rows) if rows else ""
    limits = [
        [f"`{x.code}`", x.scope, number(x.units), x.severity, x.sentence, proof(x.evidence)]
        for x in told.limits
    ]
    return text + (
        table(["Limit", "Scope", "Units", "Severity", "Sentence", "Source"], limits) if limits else ""
    )


def protocols(known: Knowledge) -> str:
    """Every published scheme, site by site."""
    ordered = sorted(known.protocols.values(), key=lambda each: (each.condition, each.order, each.key))
    return GENERATED + "# Protocols\n\n" + "".join(_protocol(each, known) for each in ordered)


def _protocol(told: Protocol, known: Knowledge) -> str:
    brand = known.products[told.product].brand
    text = f"## {told.name}\n\n`{told.key}`, {told.condition}, {brand}, {told.kind}. "
    text += f"Total {amount(told.total_units)}. "
    text += f"{told.summary.text} {proof(told.evidence)}\n\n"
    rows = [
        [
            known.sites[each.site].name,
            each.sides,
            str(each.points),
            amount(each.units_per_point),
            "optional" if each.optional else "",
            each.note,
        ]
        for each in told.sites
    ]
    return text + table(["Site", "Sides", "Points per side", "Per point", "", "Note"], rows)
