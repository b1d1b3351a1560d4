"""People treated with botulinum toxin for chronic migraine, drawn without sight of any forecasting model.

Many injected sites each fall silent and wake up at their own time; together they lower the chance of a
headache day. There are two groups of patients, short and long. Sources as in `unseen.py`.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from benchmarks.unseen import (
    BLOCK,
    CYCLES,
    GRID,
    INJECTION,
    LONGEST,
    ROWS,
    SHORTEST,
    SITES_LEAVE,
    SITES_NONE,
    Array,
    Drawn,
    at,
    drawn,
    leave,
    log_normal,
    score_times,
    swings,
)

# Sites.
SITE_LIFE, LIFE_SPREAD = (10.2, 14.6), (0.18, 0.13)  # short, long (TC 1a, 1c); log, of people, of cycles
SITE_SHAPE, SITE_ONSET = (3.0, 0.3), (1.6, 0.35)  # Weibull; drug beats placebo week 1, steady week 3 (TC 1a)
SHORT_GROUP, DOSE_LIFE = 0.35, 0.18  # wear-off is often told (TC 1a); power of dose in life (TC 1c)
SILENCE, LATE = (2.3, 0.25), (0.14, 0.4)  # 1 - exp(-this * dose), its spread; share (TC 1a), 1st effect
DAYS_BASE, ATTACK = (1.2, 0.55), (8.1, 0.9)  # log odds of headache day (TC 1a: 19-23 of 28); its pain
SITES_PUSH, SITES_PLACEBO = (2.15, 0.4), (0.5, 0.4)  # falls of the log odds: full silence; lasting
STRESS, MONTHLY = (0.45, 3.0), (0.45, 0.35)  # log odds, weeks; share with a four-week rhythm, log odds
FEARS, BAD_DAY = (0.2, 0.35), (0.25, 0.5)  # share; log odds in a cycle's last 2 wk; of writing, per point
DAYS_SEEN, ANCHOR, WRITES = 10, (1.5, 8.0), (2.1, 0.8, 0.012)  # Beta: recall; log odds, SD, fall per week
SITES_DELAY, SITES_RAISE = (0.8, 0.35), 0.12  # mean weeks over 12, more per point left; share per cycle


def sites_people(rng: np.random.Generator, n: int) -> dict[str, Array]:
    """Traits of the people with chronic migraine."""
    none = rng.random(n) < SITES_NONE
    life = np.where(rng.random(n) < SHORT_GROUP, *SITE_LIFE)
    return {
        "base": rng.normal(*DAYS_BASE, n),
        "attack": np.clip(rng.normal(*ATTACK, n), 5.0, 10.0),
        "push": np.where(none, rng.uniform(0.0, 0.2, n), log_normal(rng, *SITES_PUSH, n)),
        "life": log_normal(rng, life, LIFE_SPREAD[0], n),
        "shape": log_normal(rng, *SITE_SHAPE, n),
        "onset": log_normal(rng, *SITE_ONSET, n),
        "placebo": rng.normal(*SITES_PLACEBO, n),
        "first": np.where(rng.random(n) < LATE[0], LATE[1], 1.0),
        "writes": rng.normal(*WRITES[:2], n),
        "monthly": MONTHLY[1] * (rng.random(n) < MONTHLY[0]),
        "phase": rng.uniform(0.0, 4.0, n),
        "fears": FEARS[1] * (rng.random(n) < FEARS[0]),
        "anchor": rng.beta(*ANCHOR, n),
        "bad_day": BAD_DAY[1] * (rng.random(n) < BAD_DAY[0]),
    }


def awake(who: dict[str, Array], age: Array, strength: Array, stretch: Array) -> Array:
    """Share of sites that one injection leaves awake, at its age in weeks (people, grid)."""
    silent = 1 - np.exp(-((age / who["onset"][:, None]) ** 2))
    still = np.exp(-((age / (who["life"] * stretch)[:, None]) ** who["shape"][:, None]))
    return np.asarray(1 - strength[:, None] * silent * still)


def draw_sites(rng: np.random.Generator, patients: int) -> Drawn:
    """Chronic migraine: sites wake up one by one; those silent lower the log odds of a headache day.

    A site is silent when any injection still holds it. Dose acts mostly on how many sites fall silent.
    Benefit, taken past the lasting change, is fewer days times pain of an attack, so it has a floor. Some
    respond late. Who feels well puts the next visit off. Some write on bad days only; all tire of writing.
    """
    who = sites_people(rng, patients)
    zero, start = np.zeros((patients, 1)), np.zeros(patients)
    dose = rng.choice([0.75, 1.0, 1.25], patients, p=[0.08, 0.82, 0.10])
    weeks, gains, pushes, courses = [zero - 0.5], [zero], [zero], []
    given: list[tuple[Array, Array, Array]] = []
    settled = (who["base"] - who["placebo"])[:, None]
    for cycle in range(CYCLES):
        hit = log_normal(rng, dose, SILENCE[1], patients)
        strength = (1 - np.exp(-SILENCE[0] * hit)) * (who["first"] if cycle == 0 else 1.0)
        stretch = log_normal(rng, dose**DOSE_LIFE, LIFE_SPREAD[1], patients)
        given.append((start, strength, stretch))
        left = np.ones((patients, len(GRID)))
        for when, part, longer in given:
            left *= awake(who, GRID + (start - when)[:, None], part, longer)
        push = who["push"][:, None] * (1 - left)
        courses.append(who["attack"][:, None] * (expit(settled) - expit(settled - push)))
        well = at(courses[-1], zero + SHORTEST)
        interval = np.minimum(SHORTEST + rng.exponential(SITES_DELAY[0] + SITES_DELAY[1] * well), LONGEST)
        since = score_times(rng, interval, 1.2)
        weeks.append(start[:, None] + np.hstack([zero, since]))
        gains.append(np.hstack([dose[:, None], at(courses[-1], since)]))
        pushes.append(np.hstack([zero, at(push, since) - who["fears"][:, None] * (since > interval - 2)]))
        dose = np.where(rng.random(patients) < SITES_RAISE, 1.25, dose)
        start = start + interval[:, 0]
    week, gained = np.hstack(weeks), np.hstack(gains)
    score = sites_scores(rng, who, week, np.hstack(pushes))
    above = score - score[:, ~INJECTION].mean(axis=1, keepdims=True)
    writes = who["writes"][:, None] - WRITES[2] * week + who["bad_day"][:, None] * above
    here = (rng.random(week.shape) < expit(writes)) | (week < 0)
    return drawn(week, gained, score, (here | INJECTION) & leave(rng, score, SITES_LEAVE), courses)


def sites_scores(rng: np.random.Generator, who: dict[str, Array], week: Array, push: Array) -> Array:
    """Scores remembered from the headache days just past, pulled towards the score written before."""
    settled = who["placebo"][:, None] * (1 - np.exp(-np.maximum(week, 0) / 5.0))
    monthly = who["monthly"][:, None] * np.cos(np.pi / 2 * (week - who["phase"][:, None]))
    odds = who["base"][:, None] - settled - push + monthly + swings(rng, week, *STRESS, 0.25)
    days = rng.binomial(DAYS_SEEN, expit(odds)) / DAYS_SEEN
    score = who["attack"][:, None] * days + rng.normal(0.0, 0.4, week.shape)
    for row in range(1, ROWS):
        before = row - 1 if row % BLOCK != 2 else row - 2
        score[:, row] += who["anchor"] * (score[:, before] - score[:, row])
    return score
