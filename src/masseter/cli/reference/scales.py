"""Instruments, effects, aftercare and published time courses."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, amount, number, proof, rule, table
from masseter.knowledge.model import Knowledge


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
    return GENERATED + text


def effects(known: Knowledge) -> str:
    """Unwanted effects, the symptom check and aftercare."""
    text = "# Effects, symptom check and aftercare\n\n"
    rows = [
        [
            each.name,
            amount(each.onset_days),
            amount(each.lasts_days),
            "; ".join(f"{number(r.percent)} % ({r.population})" for r in each.rates),
            each.management.text,
            proof(each.evidence),
        ]
        for each in known.effects.values()
    ]
    text += table(["Effect", "Begins", "Lasts", "How often", "What to do", "Source"], rows)
    text += "## Symptom check\n\n"
    checks = [
        [f"`{r.code}`", r.grade, r.sentence, rule(r.when), proof(r.evidence)] for r in known.symptom_rules
    ]
    text += table(["Rule", "Answer", "Sentence", "When", "Source"], checks)
    text += "## Aftercare\n\n"
    days = [[f"{a.from_day}–{a.to_day}", a.title, a.text, proof(a.evidence)] for a in known.aftercare]
    return GENERATED + text + table(["Days", "Title", "Advice", "Source"], days)


def response(known: Knowledge) -> str:
    """The published time courses that the charts show as a reference band."""
    text = "# Time courses\n\nPercent of the baseline score that is left, by day.\n\n"
    for band in known.response_bands.values():
        text += f"## {band.title}\n\n{band.words.text} {proof(band.evidence)}\n\n"
        rows = [[str(p.day), number(p.low), number(p.middle), number(p.high)] for p in band.points]
        text += table(["Day", "Low", "Middle", "High"], rows)
    return GENERATED + text
