"""A fit as a curve of knowledge: a file to be reviewed, from which one person can be forecast."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from masseter.knowledge.load import load
from masseter.registry.problems import whole
from masseter.response.calibrate import Limits
from masseter.response.stretch import HIGHER, LOWER, USUAL

PROMISED = (50, 80, 95)
SHOWN_DIGITS = 5
TITLE = "Fitted to the data of a registry"


def curve_text(told: Mapping[str, Any], *, key: str, source: str, data_cut: date) -> str:
    """The file of a fit (`told`: its readable part).

    Raises CannotTake for a fit that cannot be one: several products, a measure or condition that knowledge
    does not have, not converged, not judged by people held out.
    """
    unit = _unit(told)
    evidence = f"{{sources: [{source}], sure: verified, grade: ungraded, checked: {data_cut}}}"
    lines = [
        f"key: {key}",
        "version: 1",
        "kind: fitted",
        f"condition: {told['condition']}",
        f"measure: {told['measure']['key']}",
        f"title: {TITLE}",
        f"evidence: {evidence}",
        f'words: "{TITLE}: {told["patients"]} people, {told["treatments"]} treatments."',
        *_numbers(told["parameters"], unit),
        *_fit(told, data_cut),
    ]
    return "\n".join(lines) + "\n"


def _unit(told: Mapping[str, Any]) -> str:
    """The unit of the measure, once everything else that a curve needs is there."""
    known = load()
    instrument = known.instruments.get(str(told["measure"].get("key", "")))
    if instrument is None or told["condition"] not in known.conditions:
        raise whole("knowledge has no such condition or measure, so no person could be forecast from it")
    if told["about"] != ["one"]:
        raise whole("the fit tells several products apart, which a curve has no place for")
    if not told["is_converged"]:
        raise whole(f"the fit did not converge: {told['why_not']}")
    if told["calibration"] is None or told["calibration"]["wear_off"] is None:
        raise whole(
            "nobody was held out to judge scores and wear-off by, so nothing says that its bands hold"
        )
    return instrument.unit


def _numbers(parameters: Mapping[str, Mapping[str, float]], unit: str) -> Iterator[str]:
    """Every number of the curve; variances as standard deviations, covariances as correlations."""
    value = {name: float(one["value"]) for name, one in parameters.items()}
    sizes = ("baseline", "non_specific", "benefit")
    spread = {name: math.sqrt(value[f"between.{name}.{name}"]) for name in sizes}
    for name in sizes:
        mean = _value(value[f"{name}.one"], unit)
        yield f"{name}: {{mean: {mean}, spread: {_value(spread[name], unit)}}}"
    for first, second in (("non_specific", "baseline"), ("benefit", "baseline"), ("benefit", "non_specific")):
        together = value[f"between.{first}.{second}"] / (spread[first] * spread[second])
        yield f"{second}_and_{first}: {_value(together, 'correlation')}"
    for name, number, of in (
        ("wear_off_weeks", math.exp(value["log_duration.one"]), "weeks"),
        ("wear_off_spread", value["duration_spread"], "standard deviation of the logarithm"),
        *((each, value[each], "weeks") for each in ("rise_weeks", "steepness_weeks", "carry_over_weeks")),
        ("dose_exponent", value["dose_exponent"], "exponent"),
        ("learn_weeks", value["learn_weeks"], "weeks"),
        ("fade_per_week", value["fade_per_week"], "per week"),
        ("growth", value["growth"], "share"),
        ("drift", math.sqrt(value["drift_variance"]), unit),
        ("drift_weeks", 1 / value["drift_return_per_week"], "weeks"),
        ("noise", math.sqrt(value["noise_variance"]), unit),
        ("cycle_size", math.sqrt(value["cycle_size_variance"]), unit),
        ("cycle_weeks", math.sqrt(value["cycle_length_variance"]), "weeks"),
        ("stretch", value["stretch"], "share"),
        ("unlikeness", value["unlikeness"], "share of the variance"),
        ("odds_of_nothing", value["odds_of_nothing"], "odds"),
    ):
        yield f"{name}: {_value(number, of)}"


def _fit(told: Mapping[str, Any], data_cut: date) -> Iterator[str]:
    """Data, program and how the forecasts held in people held out."""
    scores, wear_off = told["calibration"]["scores"], told["calibration"]["wear_off"]
    yield "fit:"
    yield f"  data_cut: {data_cut}"
    yield f'  data_hash: "{told["data_hash"]}"'
    yield f'  code_hash: "{told["code_hash"]}"'
    yield f"  patients: {told['patients']}"
    yield f"  cycles: {told['treatments']}"
    for name, judged in (("coverage", scores), ("wear_off_coverage", wear_off)):
        yield f"  {name}: [{_held(judged['overall']['stretched'], judged['stretch'])}]"
    yield f"  wear_off_error_days: {_plain(wear_off['overall']['error'])}"
    yield f"  is_calibrated: {str(bool(told['is_calibrated'])).lower()}"
    doses = [
        f"{{product: {name}, units: {_plain(units)}}}" for name, units in told["reference_units"].items()
    ]
    yield f"  reference_doses: [{', '.join(doses)}]"
    yield from _dose_groups(told["calibration"])


def _dose_groups(calibration: Mapping[str, Any]) -> Iterator[str]:
    """The dose groups whose bands have a stretch of their own; of people who were given something."""
    limits = Limits.of(load().practice)
    ends: dict[str, tuple[float, float | None]] = {
        LOWER: (0.0, limits.lower_dose),
        USUAL: (limits.lower_dose, limits.higher_dose),
        HIGHER: (limits.higher_dose, None),
    }
    dates = {one["group"]: one for one in calibration["wear_off"].get("own", ())}
    lines = []
    for one in calibration["scores"].get("own", ()):
        if (name := one["group"]) not in ends:
            continue
        above, up_to = ends[name]
        upper = "" if up_to is None else f", up_to: {_plain(up_to)}"
        held = [f"coverage: [{_held(_found(calibration['scores'], name), one['stretch'])}]"]
        if name in dates:
            of_dates = _held(_found(calibration["wear_off"], name), dates[name]["stretch"])
            held.append(f"wear_off_coverage: [{of_dates}]")
        lines.append(f"    - {{above: {_plain(above)}{upper}, people: {one['people']}, {', '.join(held)}}}")
    if lines:
        yield "  dose_groups:"
        yield from lines


def _found(judged: Mapping[str, Any], name: str) -> Sequence[float]:
    """Coverage after the stretch in a dose group."""
    groups = {tuple(one["name"]): one["stretched"] for one in judged["groups"]}
    found: Sequence[float] = groups["dose", name]
    return found


def _held(found: Sequence[float], stretch: Sequence[float]) -> str:
    lines = zip(PROMISED, found, stretch, strict=True)
    return ", ".join(
        f"{{promised: {promised}, found: {_plain(held)}, stretch: {_plain(by)}}}"
        for promised, held, by in lines
    )


def _value(number: float, unit: str) -> str:
    return f"{{value: {_plain(number)}, unit: {unit}}}"


def _plain(number: float) -> str:
    """A few digits, without an exponent."""
    return f"{Decimal(f'{number:.{SHOWN_DIGITS}g}'):f}"
