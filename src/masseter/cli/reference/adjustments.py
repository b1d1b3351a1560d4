"""Adjustments: what makes a proposal smaller for one patient."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, proof, table
from masseter.core.answers import observations_of
from masseter.core.quantities import plain
from masseter.knowledge.model import Adjustment, Knowledge, OneOf

_DOES = {"low_end": "low end of the published range", "leave_out": "left out"}


def adjustments(known: Knowledge) -> str:
    """Every adjustment with what it reads, where it holds and what it does."""
    text = (
        "# Adjustments\n\n"
        "What makes a proposal smaller for one patient than its scheme. Each is reckoned from the scheme's "
        "own start, and the lowest counts; none ever raises a dose or adds a point. Ceilings of the product "
        "lower it in the same way: what is left of one is shared out evenly among its points.\n\n"
    )
    rows = (
        [f"`{each.code}`", _reads(each, known), _where(each, known), _does(each), _why(each)]
        for each in known.adjustments
    )
    return GENERATED + text + table(["Code", "Reads", "Where", "Does", "Why"], rows)


def _reads(each: Adjustment, known: Knowledge) -> str:
    labels = "; ".join(known.observations[code].label for code in observations_of(each.when))
    if not isinstance(each.when, OneOf):
        return labels
    named = {choice.code: choice.label for choice in known.observations[each.when.observation].choices}
    return f"{labels}: {', '.join(named[code].lower() for code in each.when.one_of)}"


def _where(each: Adjustment, known: Knowledge) -> str:
    sites = ", ".join(known.sites[code].name for code in each.sites)
    points = f", point {', '.join(each.points)}" if each.points else ""
    regions = ", ".join(region.replace("_", " ") for region in each.regions)
    return f"{sites}{points}" or regions or "everywhere"


def _does(each: Adjustment) -> str:
    if each.keep_percent is None:
        return _DOES[each.does]
    return f"{plain(each.keep_percent.value)} percent of the start. {proof(each.keep_percent.evidence)}"


def _why(each: Adjustment) -> str:
    return f"{each.sentence} {proof(each.evidence)}"
