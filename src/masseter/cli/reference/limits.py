"""The numbers of every product as the tests hold them: kept up to the ceiling, found one step above."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, table
from masseter.cli.worked.limits import LimitRow, Limits, Setting, read_limits
from masseter.core.quantities import plain
from masseter.knowledge.model import Knowledge


def limits(known: Knowledge) -> dict[str, str]:
    """File name → text; nothing where the table is not at hand."""
    told = read_limits()
    return {} if told is None else {"worked-limits.md": _page(told, known)}


def _page(told: Limits, known: Knowledge) -> str:
    text = (
        "# Numbers from both sides\n\n"
        "The tests hold every ceiling, interval and time of use of every product a second time. "
        "Up to the ceiling nothing is found, one step of the product's units above it the finding. "
        "A changed number makes a test fail until this table is changed as well.\n\n## Ceilings\n\n"
    )
    head = ["Product", "Kept up to", "Found from", "As", "Finding", "Where"]
    text += table(head, (_limit(row, known) for row in told.limits))
    text += "## Intervals\n\nOn the last day named here the interval is over; a day before it is found.\n\n"
    rows = (
        [known.products[row.product].brand, str(row.days), str(row.months), row.before_months_end]
        for row in told.intervals
    )
    text += table(["Product", "Days", "Calendar months", "Between the two"], rows)
    text += "## Times of use\n\nAt the last minute nothing is found, a minute later the finding.\n\n"
    uses = ([known.products[row.product].brand, str(row.hours), row.finds] for row in told.in_use)
    return GENERATED + text + table(["Product", "Hours after it is ready", "As"], uses)


def _limit(row: LimitRow, known: Knowledge) -> list[str]:
    product = known.products[row.product]
    return [
        product.brand,
        plain(row.ceiling),
        plain(row.above),
        row.finds,
        f"`over-limit-{row.limit}`",
        _where(row.where, known),
    ]


def _where(where: Setting, known: Knowledge) -> str:
    """The setting of a row, where it is not the usual one."""
    names = {each.code: each.name for told in known.conditions.values() for each in told.diagnoses}
    usual = Setting()
    words: list[str] = []
    if where.jurisdiction != usual.jurisdiction:
        words.append(where.jurisdiction)
    if where.condition != usual.condition:
        words.append(names.get(where.diagnosis, known.conditions[where.condition].name))
    if where.point != usual.point:
        words.append(f"point {where.point}")
    if where.born != usual.born:
        words.append(f"born {where.born}")
    if where.weight_kg is not None:
        words.append(f"{plain(where.weight_kg)} kg")
    if where.earlier is not None:
        words.append(f"{plain(where.earlier)} of them given {where.days_ago} days ago")
    return "; ".join(words)
