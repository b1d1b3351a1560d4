"""Instruments, effects, aftercare and published time courses."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.cli.reference.curves import curves
from masseter.cli.reference.words import GENERATED, amount, number, proof, rule, table
from masseter.knowledge.model import Instrument, Knowledge, Step


def scales(known: Knowledge) -> str:
    """Every questionnaire and scale with its range, scoring, thresholds and licence."""
    text = "# Scales\n\n"
    for told in known.instruments.values():
        worse = "higher is worse" if told.higher_is_worse else "higher is better"
        text += f"## {told.name}\n\n`{told.code}`: {told.measures}. "
        text += f"{number(told.low)}–{number(told.high)} {told.unit}, "
        text += f"{worse}; {told.method}, up to {told.max_missing} items may be missing. "
        text += f"{told.licence.text} {proof(told.evidence)}\n\n"
        rows = [[t.kind, number(t.value), t.meaning, proof(t.evidence)] for t in told.thresholds]
        text += table(["Change in", "Of", "Means", "Source"], rows) if rows else ""
        text += "".join(_more(told))
    return GENERATED + text + _unscored(known)


def _unscored(known: Knowledge) -> str:
    """Measures that are named and not scored."""
    text = "## Measures that are not scored here\n\n"
    rows = (
        [f"{each.name} (`{each.code}`)", each.measures, each.why_not, proof(each.evidence)]
        for each in known.unscored
    )
    return text + table(["Measure", "What it tells", "Why it is not scored", "Source"], rows)


def _more(told: Instrument) -> Iterator[str]:
    """Bands, parts, the grade, alarms and codes of a scale."""
    if told.bands:
        named = (f"{number(b.low)}–{number(b.high)} {b.label}" for b in told.bands)
        yield f"Bands: {'; '.join(named)}.\n\n"
    for part in told.parts:
        bands = "".join(f"; {number(b.low)}–{number(b.high)} {b.label}" for b in part.bands)
        yield f"Part {part.name}: {part.method} of {', '.join(part.items)}{bands}. {proof(part.evidence)}\n\n"
    if (grading := told.grading) is not None:
        yield (
            f"Points of {grading.interference}: {_steps(grading.interference_points)}; of {grading.days}: "
            f"{_steps(grading.day_points)}. Grades by their sum: {_steps(grading.grades)}; below, grade 2 "
            f"from {grading.intensity} {number(grading.high_intensity)}, else 1, and 0 without pain. "
            f"{proof(grading.evidence)}\n\n"
        )
    for alarm in told.alarms:
        yield (
            f"Alarm: {alarm.item} from {number(alarm.at_least)} on raises `{alarm.observation}`, whatever "
            f"the total. {proof(alarm.evidence)}\n\n"
        )
    if told.tells:
        yield f"Its total goes on record as `{told.tells}`.\n\n"
    for code in told.codes:
        yield f"{code.system} {code.code}, {code.display}. {proof(code.evidence)}\n\n"


def _steps(steps: tuple[Step, ...]) -> str:
    return ", ".join(f"from {number(step.at_least)} on {number(step.points)}" for step in steps)


def effects(known: Knowledge) -> str:
    """Unwanted effects, the symptom check and aftercare."""
    text = "# Effects, symptom check and aftercare\n\n"
    rows = [
        [
            each.name,
            amount(each.onset_days),
            amount(each.lasts_days),
            "; ".join(f"{number(r.percent)} % ({r.population}) {proof(r.evidence)}" for r in each.rates),
            each.cause.text if each.cause else "",
            " ".join(text.text for text in (each.management, each.prevent) if text),
            each.counts_from,
            proof(each.evidence),
        ]
        for each in known.effects.values()
    ]
    heads = ["Effect", "Begins", "Lasts", "How often", "Cause", "What to do", "Next plan goes by it from"]
    text += table([*heads, "Source"], rows)
    text += _from_sites(known) + "## Over all effects\n\n"
    overall = [
        [
            each.condition,
            each.what,
            f"{number(each.percent)} %",
            f"{number(each.against)} %" if each.against is not None else "",
            each.population,
            proof(each.evidence),
        ]
        for each in known.overall_rates
    ]
    text += table(["Condition", "What", "How many", "With placebo", "In whom", "Source"], overall)
    text += "## Symptom check\n\n"
    checks = [
        [f"`{r.code}`", r.grade, r.sentence, rule(r.when), proof(r.evidence)] for r in known.symptom_rules
    ]
    text += table(["Rule", "Answer", "Sentence", "When", "Source"], checks)
    text += "## Aftercare\n\n"
    days = [[f"{a.from_day}–{a.to_day}", a.title, a.text, proof(a.evidence)] for a in known.aftercare]
    return GENERATED + text + table(["Days", "Title", "Advice", "Source"], days)


def _from_sites(known: Knowledge) -> str:
    """Which muscles and areas can bring each effect about."""
    text = (
        "## From which muscles and areas\n\nAn effect that is not listed can come from any treated place.\n\n"
    )
    rows = [
        [each.name, ", ".join(known.sites[code].name for code in one.sites), one.how, proof(one.evidence)]
        for each in known.effects.values()
        for one in each.from_sites
    ]
    return text + table(["Effect", "Muscles and areas", "How", "Source"], rows)


def response(known: Knowledge) -> str:
    """The published time courses that the charts show as a reference band, and the curves for forecasts."""
    text = "# Time courses\n\nPercent of the baseline score that is left, by day.\n\n"
    for band in known.response_bands.values():
        text += f"## {band.title}\n\n{band.words.text} {proof(band.evidence)}\n\n"
        rows = [[str(p.day), number(p.low), number(p.middle), number(p.high)] for p in band.points]
        text += table(["Day", "Low", "Middle", "High"], rows)
        phases = (("Begins", band.onset_days), ("Best", band.peak_days), ("Wears off", band.wear_off_days))
        text += table(
            ["Phase", "When", "Source"], ([name, amount(when), proof(when.evidence)] for name, when in phases)
        )
    lacking = sorted(
        set(known.conditions) - {band.condition for band in known.response_bands.values()},
        key=lambda code: known.conditions[code].order,
    )
    for code in lacking:
        told = known.conditions[code]
        text += f"## {told.name}\n\nNo course by day is published; what is known is said in words.\n\n"
        text += "".join(f"- {each.text} {proof(each.evidence)}\n" for each in told.story.how_long) + "\n"
    return GENERATED + text + curves(known)
