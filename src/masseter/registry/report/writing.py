"""From what was counted to the sections of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from masseter.knowledge.load import load
from masseter.registry.hiding import OTHER
from masseter.registry.report.arms import HEADS, by_arm, product_name, response
from masseter.registry.report.document import (
    Block,
    Picture,
    Section,
    Words,
    count,
    grid,
    middle,
    number,
    percent,
)
from masseter.registry.report.funnel import day_below, kept_share
from masseter.registry.report.measures import LATER, Measured
from masseter.registry.report.pictures import course_chart, kept_chart
from masseter.registry.report.rules import Rules
from masseter.registry.report.safety import clinics, effects, gaps

OPEN = (
    "Change since treatment, in people who were all treated: what of it the toxin did, a registry without a "
    "group for comparison cannot show."
)
MIXED = (
    "Change since treatment, in all people together, those given placebo too: what of it the toxin did, only "
    "groups beside each other can show."
)
TURNED_ABOUT = (
    "Values were turned about between the ends of the scale, so that higher counts as worse. Falls and "
    "scores in percent, who responded and who lost half of a benefit then depend on where the ends were put: "
    "do not read them."
)
# Parameters of a fit that a reader can make something of, with what they are called.
TOLD = {
    "baseline.one": "Baseline, mean",
    "non_specific.one": "Change that does not wear off",
    "benefit.one": "Change that wears off, at its full size",
    "log_duration.one": "Logarithm of the weeks to half of the benefit",
    "duration_spread": "Spread of that between patients",
    "rise_weeks": "Weeks of the rise",
    "steepness_weeks": "Weeks of the fall",
    "carry_over_weeks": "Weeks in which the amount left falls by the factor e",
    "dose_exponent": "Exponent of the dose",
    "growth": "Growth from cycle to cycle",
}


def sections(found: Measured, rules: Rules, fit: dict[str, Any] | None) -> Iterator[Section]:  # Any: JSON
    """All sections, in the order of a course."""
    warned = (Words(text=TURNED_ABOUT),) if rules.is_turned else ()
    patients, treatments, scores, _points, _events = (int(str(each)) for each in found.totals)
    yield Section(
        title="Who and how much",
        blocks=(
            grid("In all", ("", "Number"), _totals(patients, treatments, scores)),
            grid(
                "Doses by product, units of each product's own",
                ("Product", "Treatments", "Patients", "Median (quartiles)", "Smallest", "Largest"),
                [
                    (
                        product_name(name),
                        number(many),
                        number(who),
                        middle(low, half, high),
                        number(least),
                        number(most),
                    )
                    for name, many, who, low, half, high, least, most in found.doses
                ],
            ),
        ),
    )
    yield Section(title="Sites", blocks=tuple(_sites(found, treatments)))
    yield Section(title="Intervals", blocks=tuple(_intervals(found, rules)))
    yield Section(title="Response by cycle", blocks=(*warned, *_responses(found, rules)))
    yield Section(title="Wear-off", blocks=(*warned, *_wear_off(found, rules, fit)))
    yield Section(title="Unwanted effects", blocks=tuple(effects(found, treatments)))
    yield Section(title="Clinics beside each other", blocks=(*warned, *clinics(found, rules)))
    yield Section(title="What is missing", blocks=tuple(gaps(found, patients, scores)))


def _totals(patients: int, treatments: int, scores: int) -> list[tuple[str, str]]:
    return [("Patients", number(patients)), ("Treatments", number(treatments)), ("Scores", number(scores))]


def _cycle(value: object) -> str:
    return f"{value} and later" if value == LATER else str(value)


def _sites(found: Measured, treatments: int) -> Iterator[Block]:
    if not found.sites:
        yield Words(text="The data do not say where was injected.")
        return
    names = {code: site.name for code, site in load().sites.items()} | {OTHER: "Other sites"}
    yield grid(
        "Units in one treatment, both sides together",
        ("Site", "Treatments", "Of all", "Median (quartiles)"),
        [
            (
                names.get(str(site), str(site)),
                number(many),
                percent(int(str(many)), treatments),
                middle(low, half, high, 1),
            )
            for site, many, low, half, high in found.sites
        ],
    )


def _intervals(found: Measured, rules: Rules) -> Iterator[Block]:
    if not found.intervals:
        yield Words(text="Nobody was treated twice.")
        return
    days = number(rules.interval_days)
    yield grid(
        "Days from one treatment to the next",
        ("After cycle", "Intervals", "Median (quartiles)", f"Under {days} days"),
        [
            (_cycle(cycle), number(many), middle(low, half, high), count(int(str(short)), int(str(many))))
            for cycle, many, low, half, high, short in found.intervals
        ],
    )
    whose = "of the condition" if rules.is_own else "of all conditions, the longest"
    yield Words(text=f"{days} days is the usual interval {whose}.")


def _responses(found: Measured, rules: Rules) -> Iterator[Block]:
    low, high = (number(day) for day in rules.window)
    need = number(rules.response_percent)
    dummies = any(not float(str(most)) for *_, most in found.doses)
    yield Words(
        text=f"{MIXED if dummies else OPEN} "
        f"Judged by the mean of the scores from day {low} to {high} after the treatment, "
        "against the last score before the first treatment. "
        f"A response is a fall by {need} percent or more."
        + (
            ""
            if rules.is_own
            else " The condition is none of ours: threshold and window are the most cautious of all."
        )
    )
    rows = [(_cycle(cycle), *response(*line)) for cycle, *line in found.responses]
    yield grid(f"{rules.measure}: response by cycle", ("Cycle", "Cycles", *HEADS), rows)
    yield from by_arm(found, rules)
    yield from _course(found)


def _course(found: Measured) -> Iterator[Block]:
    lines = [
        tuple(float(str(each)) for each in (week, low, half, high))
        for week, _n, low, half, high in found.course
    ]
    if len(lines) > 1:
        yield Picture(name="course", chart=course_chart(lines))  # type: ignore[arg-type]  # four numbers
        yield grid(
            "Scores after a treatment, percent of the baseline",
            ("From week", "Scores", "Median (quartiles)"),
            [
                (
                    number(week),
                    number(many),
                    middle(100 * float(str(low)), 100 * float(str(half)), 100 * float(str(high))),
                )
                for week, many, low, half, high in found.course
            ],
        )


def _wear_off(found: Measured, rules: Rules, fit: dict[str, Any] | None) -> Iterator[Block]:
    lines = [(float(str(day)), int(str(many)), int(str(lost))) for day, many, lost in found.worn_off]
    cycles, worn = sum(line[1] for line in lines), sum(line[2] for line in lines)
    need = number(rules.response_percent)
    yield Words(
        text=f"Of cycles whose best score was {need} percent or more below the baseline, {cycles:,} in all, "
        f"{worn:,} were seen to lose half of that best benefit before the next treatment. It is dated by "
        "the first score that shows it, so it is later than it was; a single good score counts as the best. "
        "A model that weighs all scores gives truer dates."
    )
    curve = kept_share(lines)
    if curve:
        rows = []
        for share in (0.75, 0.5, 0.25):
            day = day_below(curve, share)
            rows.append((f"{100 * share:.0f} % still have half", "not seen" if day is None else number(day)))
        yield grid("Day after the treatment, Kaplan-Meier", ("", "Day"), rows)
        yield Picture(name="kept", chart=kept_chart(_thinned(curve)))
    if fit is not None:
        yield from _fit(fit)


def _thinned(curve: list[tuple[float, float]], most: int = 200) -> list[tuple[float, float]]:
    """Few enough steps to draw."""
    every = -(-len(curve) // most)
    return [*curve[::every], curve[-1]]


def _fit(fit: dict[str, Any]) -> Iterator[Block]:
    state = "It converged." if fit["is_converged"] else f"It did not converge: {fit['why_not']}."
    judged = (
        "Its bands held in people who were held out."
        if fit["is_calibrated"]
        else "Its bands were not shown to hold in people who were held out: it is not for patients."
    )
    yield Words(text=f"The fitted time course of {fit['patients']:,} patients. {state} {judged}")
    told = fit["parameters"]
    yield grid(
        "Fitted parameters",
        ("", "Value", "95 % interval"),
        [
            (words, f"{told[name]['value']:.3f}", f"{told[name]['low']:.3f} to {told[name]['high']:.3f}")
            for name, words in TOLD.items()
            if name in told
        ],
    )
    if fit["calibration"] is not None:
        yield from errors_of(fit["calibration"])
        yield from _stretches(fit["calibration"])


def errors_of(calibration: dict[str, Any]) -> Iterator[Block]:
    """How far forecasts lay from what came: of all, and by how many scores a forecast knew."""
    lines = []
    for what, judged in (("Scores, points", "scores"), ("Wear-off, days", "wear_off")):
        if calibration[judged] is None:
            continue
        seen = [one for one in calibration[judged]["groups"] if one["name"][0] == "scores seen"]
        for group in (calibration[judged]["overall"], *seen):
            name = "all" if group["name"][0] == "all" else f"{group['name'][1]} scores seen"
            lines.append(_error(what, name, group))
    heads = ("", "Group", "People held out", "Forecasts", "Mean error", "Bias", "Hold of 50, 80, 95")
    yield grid("Forecasts, by people who were not fitted", heads, lines)
    if calibration["wear_off"] is None:
        yield Words(text="Nobody who was held out told when it wore off: the error of that day is not known.")


def _error(what: str, name: str, group: dict[str, Any]) -> tuple[str, ...]:
    inside = ", ".join(f"{one:.0f}" for one in group["stretched"])
    many = (f"{group['people']:,}", f"{group['forecasts']:,}")
    return what, name, *many, f"{group['error']:.2f}", f"{group['bias']:+.2f}", inside


def _stretches(calibration: dict[str, Any]) -> Iterator[Block]:
    """By how much the bands are stretched: of all, and of dose groups with enough people for their own."""
    lines = []
    for what, judged in (("Scores", calibration["scores"]), ("Wear-off", calibration["wear_off"])):
        if judged is None:
            continue
        whole = judged["overall"]
        lines.append(_stretch(what, "all", whole["people"], whole["stretched"], judged["stretch"]))
        held = {tuple(one["name"]): one["stretched"] for one in judged["groups"]}
        for own in judged.get("own", ()):
            found = held.get(("dose", own["group"]), ())
            lines.append(_stretch(what, own["group"], own["people"], found, own["stretch"]))
    heads = ("", "Group", "People held out", "Hold of 50, 80, 95", "Stretched by")
    yield grid("Bands, by people who were not fitted", heads, lines)


def _stretch(
    what: str, group: str, people: int, held: Sequence[float], stretch: Sequence[float]
) -> tuple[str, ...]:
    inside, by = ", ".join(f"{one:.0f}" for one in held), ", ".join(f"{one:.2f}" for one in stretch)
    return what, group, f"{people:,}", inside, by
