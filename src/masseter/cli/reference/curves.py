"""The curves that forecasts are made from, number by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from masseter.cli.reference.words import amount, number, proof, table
from masseter.knowledge.model import Between, CurveFit, Knowledge, ResponseCurve, Value

KINDS = {
    "literature": "Put together from publications, with a wide band, until a fitted curve takes its place.",
    "fitted": "Fitted to a registry's own data.",
}
OPENING = (
    "## Curves for forecasts\n\n"
    "From these numbers one person's course is forecast; what each of them means stands in "
    "[how a time course is modelled](../explanation/response-model.md). A fitted curve comes before one from "
    "publications; a fitted one whose report says that its bands do not hold is not shown to patients.\n\n"
)


def curves(known: Knowledge) -> str:
    """Every curve with its numbers, and the rules of the forecast."""
    text = OPENING + "".join(_curve(each, known) for each in known.curves.values())
    lacking = [
        f"{condition.name}: {known.instruments[condition.main_measure].name}"
        for condition in known.conditions.values()
        if (condition.code, condition.main_measure)
        not in {(each.condition, each.measure) for each in known.curves.values()}
    ]
    text += f"No curve, since no course was published: {'; '.join(lacking)}.\n\n" if lacking else ""
    return text + "".join(_rules(known))


def _curve(told: ResponseCurve, known: Knowledge) -> str:
    text = (
        f"### {told.title}\n\n`{told.key}`, version {told.version}, {known.conditions[told.condition].name}, "
    )
    text += f"{known.instruments[told.measure].name}. {KINDS[told.kind]} {told.words.text} "
    text += f"{proof(told.words.evidence)}\n\n"
    text += table(["Number", "Value", "Source"], _rows(told))
    return text + (_fit(told.fit) if told.fit is not None else "")


def _rows(told: ResponseCurve) -> Iterator[list[str]]:
    for each in fields(told):
        value = getattr(told, each.name)
        if isinstance(value, Value):
            yield [f"`{each.name}`", amount(value), proof(value.evidence)]
        elif isinstance(value, Between):
            for name, part in (("mean", value.mean), ("spread", value.spread)):
                yield [f"`{each.name}`, {name}", amount(part), proof(part.evidence)]


def _fit(fit: CurveFit) -> str:
    held = "; ".join(f"{number(one.found)} of {number(one.promised)}" for one in fit.coverage)
    groups = "; ".join(
        f"above {number(one.above)}: {', '.join(number(each.stretch) for each in one.coverage)}"
        for one in fit.dose_groups
    )
    apart = f" By dose group, bands are stretched by: {groups}." if groups else ""
    verdict = "Calibrated." if fit.is_calibrated else "Not calibrated: no patient sees it."
    return (
        f"Data up to {fit.data_cut}: {fit.patients} people, {fit.cycles} cycles (data `{fit.data_hash}`, "
        f"program `{fit.code_hash}`). Held of 100: {held}. Wear-off off by "
        f"{number(fit.wear_off_error_days)} days on average.{apart} {verdict}\n\n"
    )


def _rules(known: Knowledge) -> Iterator[str]:
    rules = known.practice.forecast
    if rules is None:
        return
    yield "### Rules of the forecast\n\n"
    numbers = [
        [f"`{each.name}`", amount(value), proof(value.evidence)]
        for each in fields(rules)
        if isinstance(value := getattr(rules, each.name), Value)
    ]
    yield table(["Number", "Value", "Source"], numbers)
    yield f"{rules.worse.text} {proof(rules.worse.evidence)}\n\n"
    yield table(
        ["Look at", "What", "Source"],
        ([each.title, each.text, proof(each.evidence)] for each in rules.causes),
    )
