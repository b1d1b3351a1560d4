"""People treated with botulinum toxin for jaw or face pain, drawn without sight of any forecasting model.

Toxin stored in nerve endings cuts a release protein; the store decays and the protein grows back, so that
the duration comes out of the kinetics. `unseen_sites.py` has a second such simulator, and shares what is
here. 'TC 1a' etc. is the part of reference/response-model, section 1, that a number comes from; 'ours' (or
nothing) is a choice of our own. Pairs are (median, log spread) or (mean, SD) of people unless said
otherwise; times are weeks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

CYCLES, SCORES = 4, 8
BLOCK = SCORES + 1  # columns of a cycle: injection, then scores
ROWS = 1 + CYCLES * BLOCK
INJECTION: Flags = np.arange(ROWS) % BLOCK == 1
STEP = 0.1
GRID: Array = np.arange(0.0, 40.0 + STEP / 2, STEP)  # of the true course, from an injection on
RESPONDS_FROM, SHORTEST, LONGEST = 1.5, 12.0, 26.0  # points; weeks between injections

# Store. 1 / decay is the gain in weeks per e-fold dose, 6.2 in TC 1c; cutting is over regrowth at usual dose.
DECAY, CUTTING = (1 / 6.0, 0.16), (3.75, 0.45)
UPTAKE, REGROWTH = 3.0, 0.7  # per week: into the nerve ending; of the cut protein
RELIEF_HALF, RELIEF_STEEP, DIRECT = 0.5, 3.0, (1.5, 2.5)  # cut share at half relief; Beta of direct part
CALM, RESENSITISE = (1.4, 0.35), 1.3  # pathways settle (pain lags frequency, TC 1c); slower return
STORE_BASE, STORE_SHARE = (6.0, 1.2), (5.8, 3.2)  # points, TC 1b, 1c: 5.4 to 7.8; Beta of full relief over it
STORE_NONE, SITES_NONE = 0.14, 0.15  # share with next to no benefit; TC 1a: 15.4 % after 5 cycles
STORE_PLACEBO, COMES_WHEN_BAD = (0.6, 0.6), 0.5  # points that stay; care is sought on a high, which fades
SWING, FLARE = (0.85, 2.5), (0.085, 1.8, 1.1)  # points, weeks; stress: per week, points, weeks of decay
STORE_ERROR, SEASON, MISSES = (0.7, 0.3), 0.3, (1.3, 7.0)  # points; points; Beta of missing entries
STORE_DELAY, LATE_SLOT = (1.2, 0.9), (0.06, 3.0, 8.0)  # gamma, weeks over 12; share, from, to more
RAISE, LOWER = (0.45, 0.35), 0.04  # share of those with less than this left in the last week; share
PLACEMENT, IMMUNE = 0.3, (0.015, 0.4)  # log spread per injection; antibodies: share, effect left
STORE_LEAVE, SITES_LEAVE = (-1.25, 0.55), (-1.4, 0.6)  # log odds per cycle; fall per point gained (TC 1a)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What was seen (week, injection, value, kept) and what was true (responds, worn_off)."""

    week: Array
    injection: Flags
    value: Array
    kept: Flags
    responds: Flags
    worn_off: Array


def log_normal(rng: np.random.Generator, median: float | Array, spread: float, size: int) -> Array:
    """Skewed positive values around a median."""
    return np.asarray(median * np.exp(rng.normal(0.0, spread, size)), dtype=np.float64)


def at(course: Array, when: Array) -> Array:
    """Course (people, grid) read at weeks since the injection (people, k), by straight lines."""
    place = np.clip(when / STEP, 0.0, len(GRID) - 1.001)
    low = place.astype(np.int64)
    left, right = (np.take_along_axis(course, low + more, axis=1) for more in (0, 1))
    return np.asarray(left + (place - low) * (right - left))


def half_time(course: Array) -> Array:
    """First week after the peak at which half the peak is left; 40 where that never comes."""
    peak = course.argmax(axis=1)[:, None]
    half = np.take_along_axis(course, peak, axis=1) / 2
    below = (course <= half) & (np.arange(len(GRID)) > peak)
    first = np.where(below.any(axis=1), below.argmax(axis=1), len(GRID) - 0.5)
    return np.asarray((first - 0.5) * STEP)


def swings(rng: np.random.Generator, week: Array, sd: float, span: float, start: float) -> Array:
    """Ups and downs that forget themselves over `span` weeks; `start` is the mean of the first one."""
    out = np.empty_like(week)
    out[:, 0] = start + rng.normal(0.0, sd, len(week))
    for row in range(1, week.shape[1]):
        keep = np.exp(-(week[:, row] - week[:, row - 1]) / span)
        out[:, row] = keep * out[:, row - 1] + rng.normal(0.0, sd, len(week)) * np.sqrt(1 - keep**2)
    return out


def flares(rng: np.random.Generator, week: Array) -> Array:
    """Stress flares: sudden, of very different size, gone within weeks."""
    rate, size, decay = FLARE
    start, end = -6.0, float(week.max())
    number = rng.poisson(rate * (end - start), len(week))
    total = np.zeros_like(week)
    for flare in range(int(number.max())):
        since = week - rng.uniform(start, end, (len(week), 1))
        height = rng.exponential(size, len(week)) * (flare < number)
        total += np.where(since >= 0, height[:, None] * np.exp(-np.maximum(since, 0) / decay), 0.0)
    return total


def score_times(rng: np.random.Generator, interval: Array, crowd: float) -> Array:
    """Weeks since the injection of the scores of a cycle, the last just before the next; crowd > 1: early."""
    jitter = rng.uniform(0.02, 0.98, (len(interval), SCORES - 1))
    early = 0.2 + (interval - 1.2) * ((np.arange(SCORES - 1) + jitter) / (SCORES - 1)) ** crowd
    return np.hstack([early, interval - rng.uniform(0.05, 0.8, interval.shape)])


def leave(rng: np.random.Generator, score: Array, odds: tuple[float, float]) -> Flags:
    """Rows before a person leaves, likelier at little gain: 60 % skip the next injection, 40 % fade out."""
    people, last = len(score), np.full(len(score), ROWS)
    for cycle in range(CYCLES):
        first = 1 + cycle * BLOCK
        gain = score[:, 0] - score[:, first + 1 : first + BLOCK].mean(axis=1)
        goes = rng.random(people) < expit(odds[0] - odds[1] * gain)
        fades = rng.integers(first + 3, first + BLOCK, people)
        stop = np.where(rng.random(people) < 0.6, first + BLOCK, fades)
        last = np.where(goes & (last == ROWS), stop, last)
    return np.asarray(np.arange(ROWS) < last[:, None])


def drawn(week: Array, gained: Array, score: Array, kept: Flags, courses: list[Array]) -> Drawn:
    """Put a draw together; a person responds when the mean best benefit of the cycles is large enough."""
    best = np.stack([course.max(axis=1) for course in courses], axis=1)
    whole = np.abs(np.round(np.clip(score, 0.0, 10.0)))
    return Drawn(
        week=week,
        injection=np.tile(INJECTION, (len(week), 1)),
        value=np.where(INJECTION, gained, whole),
        kept=kept,
        responds=best.mean(axis=1) >= RESPONDS_FROM,
        worn_off=np.stack([half_time(course) for course in courses], axis=1),
    )


def store_course(state: Array, people: dict[str, Array]) -> Array:
    """Toxin outside, toxin at work, intact protein and calm from an injection on: (4, people, grid)."""
    out = np.empty((4, state.shape[1], len(GRID)))
    depot, active, intact, calm = state
    into, lost = 1 - np.exp(-UPTAKE * STEP), np.exp(-people["decay"] * STEP)
    for step in range(len(GRID)):
        out[:, :, step] = (depot, active, intact, calm)
        active = active * lost + depot * into
        depot = depot * (1 - into)
        cutting = 1 + people["cutting"] * active
        intact = 1 / cutting + (intact - 1 / cutting) * np.exp(-REGROWTH * cutting * STEP)
        aim = relief(intact)
        span = people["calm"] * np.where(aim > calm, 1.0, RESENSITISE)
        calm = aim + (calm - aim) * np.exp(-STEP / span)
    return out


def relief(intact: Array) -> Array:
    """Relief (0 to 1) at the nerve ending, from the share of release protein that is intact."""
    cut = (1 - intact) ** RELIEF_STEEP
    return np.asarray(cut / (cut + RELIEF_HALF**RELIEF_STEEP))


def store_people(rng: np.random.Generator, n: int) -> dict[str, Array]:
    """Traits of the people with jaw and face pain."""
    base = np.clip(rng.normal(*STORE_BASE, n), 3.5, 9.5)
    share = np.where(rng.random(n) < STORE_NONE, rng.uniform(0.0, 0.06, n), rng.beta(*STORE_SHARE, n))
    return {
        "base": base,
        "full": base * share,
        "decay": log_normal(rng, *DECAY, n),
        "cutting": log_normal(rng, *CUTTING, n),
        "calm": log_normal(rng, *CALM, n),
        "direct": rng.beta(*DIRECT, n),
        "immune": np.where(rng.random(n) < IMMUNE[0], IMMUNE[1], 1.0),
        "placebo": rng.normal(*STORE_PLACEBO, n),
        "error": log_normal(rng, *STORE_ERROR, n),
        "season": rng.uniform(0.0, 52.0, n),
        "misses": rng.beta(*MISSES, n),
    }


def draw_store(rng: np.random.Generator, patients: int) -> Drawn:
    """Jaw and face pain: a decaying store of toxin cuts a protein that grows back.

    Dose and placement act mostly on duration. Relief is partly direct, partly through sensitised pathways
    that follow. The doctor raises the dose when little is left before the next injection, and lowers it for
    weak chewing. Antibodies in a few. Slow swings, flares, season. Some write little; one holiday gap.
    """
    who = store_people(rng, patients)
    zero, start, dose = np.zeros((patients, 1)), np.zeros(patients), np.ones(patients)
    weeks, gains, courses = [zero - 0.5], [zero], []
    state = np.stack([np.zeros(patients), np.zeros(patients), np.ones(patients), np.zeros(patients)])
    for cycle in range(CYCLES):
        state[0] += log_normal(rng, dose, PLACEMENT, patients) * who["immune"] ** cycle
        track = store_course(state, who)
        share = who["direct"][:, None] * relief(track[2]) + (1 - who["direct"])[:, None] * track[3]
        courses.append(who["full"][:, None] * share)
        late = (rng.random(patients) < LATE_SLOT[0]) * rng.uniform(*LATE_SLOT[1:], patients)
        interval = np.minimum(SHORTEST + rng.gamma(*STORE_DELAY, patients) + late, LONGEST)[:, None]
        since = score_times(rng, interval, 1.0)
        weeks.append(start[:, None] + np.hstack([zero, since]))
        gains.append(np.hstack([dose[:, None], at(courses[-1], since)]))
        state = np.stack([at(one, interval)[:, 0] for one in track])
        asks = rng.random(patients) < RAISE[0] * (at(share, interval - 1)[:, 0] < RAISE[1])
        dose = np.where(asks, 1.25, np.where(rng.random(patients) < LOWER, 0.75, dose))
        start = start + interval[:, 0]
    week, gained = np.hstack(weeks), np.hstack(gains)
    score = store_scores(rng, who, week, gained)
    hole = rng.uniform(0.0, 90.0, patients)[:, None]
    here = (rng.random(week.shape) > who["misses"][:, None]) & ~((week > hole) & (week < hole + 3))
    here |= week < 0
    return drawn(week, gained, score, (here | INJECTION) & leave(rng, score, STORE_LEAVE), courses)


def store_scores(rng: np.random.Generator, who: dict[str, Array], week: Array, benefit: Array) -> Array:
    """Reported scores of the people with jaw and face pain."""
    settled = who["placebo"][:, None] * (1 - np.exp(-np.maximum(week, 0) / 3.0))
    season = SEASON * np.cos(2 * np.pi * (week - who["season"][:, None]) / 52)
    wander = swings(rng, week, *SWING, COMES_WHEN_BAD) + flares(rng, week)
    wander += who["error"][:, None] * rng.normal(size=week.shape)
    return np.asarray(who["base"][:, None] - settled - benefit + season + wander)
