"""One patient's posterior beside a sampler of the identical model: NUTS of NumPyro over every latent number.

The sampler knows nothing of our algebra: it draws level, change, benefit, duration, the patient's own factor,
each cycle's size and length and the residual at each score, and weighs whether anything wears off. What is
compared is the mean and the standard deviation of duration (nought where nothing wears off), benefit and
factor. NumPyro is no part of the set-up; without it the row says so.
Source: M. D. Hoffman and A. Gelman, The No-U-Turn Sampler, 2014.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata, util
from typing import Any

import numpy as np
from tests.response.population import population

from benchmarks.figure import Figure
from masseter.response import layout
from masseter.response.courses import Courses, Scale
from masseter.response.datum import mark_rows, usual
from masseter.response.faces import non_specific
from masseter.response.known import Known, know
from masseter.response.layout import Array
from masseter.response.simulate import Visits, simulate

SCALE = Scale(low=-1000.0, high=1000.0, step=0.0)  # without ends: no datum is one-sided
VISITS = Visits(cycles=3, scores=6)
WARM_UP, DRAWS, CHAINS = 1500, 4000, 2
NAMES = ("duration", "benefit", "factor")


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What the sampler is told of the scores. Shapes: (patients, scores) each."""

    week: Array
    score: Array
    change: Array
    grown: Array
    rest: Array
    works: Array
    cycle: np.ndarray
    usual: Array


def measure(patients: int = 12) -> list[Figure]:
    """Patients simulated from the model, each judged alone at the true parameters."""
    if util.find_spec("numpyro") is None:
        return [Figure("Posterior beside NUTS", "not measured", "NumPyro is not installed here")]
    truth = population()
    courses, _truth = simulate(truth, SCALE, VISITS, patients=patients, seed=11)
    alone = [courses.part(one, one + 1) for one in range(patients)]
    ours = np.array([_told(know(one, truth)) for one in alone])
    theirs, errors = _sampled(_rows(courses, truth.kernels(), truth.means(courses.about)), courses, truth)
    far = np.abs(ours - theirs) / errors
    spreads = ours[:, 1] / theirs[:, 1] - 1
    told = f"{patients} patients, {CHAINS} × {DRAWS:,} draws, NumPyro {metadata.version('numpyro')}"
    return [
        Figure("Posterior beside NUTS: means within 2 Monte Carlo errors", _share(far[:, 0] < 2), told),
        Figure("… furthest mean", f"{far[:, 0].max():.1f} Monte Carlo errors", _name(far[:, 0])),
        Figure("… standard deviations within 2", _share(far[:, 1] < 2), f"furthest {far[:, 1].max():.1f}"),
        Figure(
            "… standard deviations, ours to theirs",
            f"{100 * spreads.mean():+.1f} %",
            f"from {100 * spreads.min():+.1f} to {100 * spreads.max():+.1f} %",
        ),
    ]


def _share(good: np.ndarray) -> str:
    return f"{good.sum()} of {good.size}"


def _name(far: np.ndarray) -> str:
    return f"of the {NAMES[int(far.max(axis=0).argmax())]}"


def _told(known: Known) -> list[list[float]]:
    """Means and standard deviations of duration, benefit and factor. Shape: (2, 3)."""
    nodes = layout.NODES
    weeks, share = layout.durations(), known.share
    weeks[0] = 0.0  # of those with nothing that wears off
    benefit = known.state[layout.MEAN + 2 * nodes : layout.MEAN + 3 * nodes]
    spread = known.state[layout.SPREAD + 5 * nodes : layout.SPREAD + 6 * nodes] * known.factor
    # The factor is inverse gamma: its variance by its mean and its degrees of freedom.
    factor = 2 * known.factor**2 / (known.freedom - 4)
    means = [float(share @ one) for one in (weeks, benefit, known.factor)]
    seconds = [weeks**2, benefit**2 + spread, known.factor**2 + factor]
    return [means, [float(np.sqrt(share @ two - one**2)) for one, two in zip(means, seconds, strict=True)]]


def _rows(courses: Courses, par: Array, means: Array) -> Rows:
    """The scores of every patient with all that does not depend on the latent numbers."""
    found: list[list[Array]] = []
    for patient in range(courses.patients):
        _starts, kind, week, value, _weight, _about = courses.part(patient, patient + 1).columns()
        marks = np.zeros((kind.size, layout.MARKS))
        mark_rows(kind, week, value, par, marks)
        taken = kind == layout.SCORE
        change = np.array([non_specific(mark, par) for mark in marks])
        cycle = np.maximum(np.cumsum(kind == layout.INJECTION) - 1, 0)
        grown = 1.0 + par[layout.TREND] * marks[:, layout.CYCLE]
        late = marks[:, layout.CYCLE]
        columns = [week, value, change, grown, marks[:, layout.REST], marks[:, layout.WORKS], cycle, late]
        found.append([column[taken] for column in columns])
    week, score, change, grown, rest, works, cycle, lates = (
        np.array(column) for column in zip(*found, strict=True)
    )
    return Rows(
        week=week,
        score=score,
        change=change,
        grown=grown,
        rest=rest,
        works=works,
        cycle=cycle.astype(int),
        usual=np.array(
            [[usual(own, par, late) for late in line] for own, line in zip(means, lates, strict=True)]
        ),
    )


def _sampled(rows: Rows, courses: Courses, truth: Any) -> tuple[Array, Array]:
    """Means and standard deviations by NUTS, and their Monte Carlo errors. Shapes: (patients, 2, 3)."""
    import jax
    from numpyro import set_host_device_count
    from numpyro.diagnostics import effective_sample_size
    from numpyro.infer import MCMC, NUTS

    set_host_device_count(CHAINS)
    jax.config.update("jax_enable_x64", True)
    sampler = MCMC(
        NUTS(_model, target_accept_prob=0.9),
        num_warmup=WARM_UP,
        num_samples=DRAWS,
        num_chains=CHAINS,
        progress_bar=False,
    )
    sampler.run(jax.random.PRNGKey(5), rows, truth.kernels(), truth.means(courses.about), truth.between())
    drawn = sampler.get_samples(group_by_chain=True)
    nothing = np.asarray(drawn["nothing"])
    wears = np.random.default_rng(5).uniform(size=nothing.shape) >= nothing
    drawn["duration"] = np.asarray(drawn["duration"]) * wears
    draws = np.stack([np.asarray(drawn[name]) for name in NAMES], axis=-1)
    middle = draws.mean(axis=(0, 1))
    spread = draws.std(axis=(0, 1))
    size = effective_sample_size(draws)
    squares = (draws - middle) ** 2
    # The error of a standard deviation, from that of the variance (delta method).
    size_of_squares = effective_sample_size(squares)
    error = squares.std(axis=(0, 1)) / np.sqrt(size_of_squares) / (2 * spread)
    return np.stack([middle, spread], axis=1), np.stack([spread / np.sqrt(size), error], axis=1)


def _model(rows: Rows, par: Array, means: Array, between: Array) -> None:
    """The density of all latent numbers and scores; what `par` holds is told in `response/layout.py`."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as law

    patients, scores = rows.score.shape
    cycles = int(rows.cycle.max()) + 1

    def free(name: str, *shape: int) -> Any:
        return numpyro.sample(name, law.Normal(0.0, 1.0).expand(shape).to_event(len(shape)))

    freedom = 2.0 + 1.0 / par[layout.TAIL]
    half = jnp.full(patients, freedom / 2)
    factor = numpyro.sample("factor", law.InverseGamma(half, half - 1.0).to_event(1))
    root = jnp.sqrt(factor)
    duration = jnp.exp(means[:, 3] + par[layout.WIDTH] * free("long", patients))
    numpyro.deterministic("duration", duration)
    state = means[:, :3] + root[:, None] * (free("state", patients, 3) @ np.linalg.cholesky(between).T)
    numpyro.deterministic("benefit", state[:, 2])
    slower = (duration / layout.REFERENCE_WEEKS) ** par[layout.STRETCH]
    size = root[:, None] * np.sqrt(par[layout.SIZE]) * free("size", patients, cycles)
    length = (root * slower)[:, None] * np.sqrt(par[layout.LENGTH]) * free("length", patients, cycles)

    steep = (1.0 / (par[layout.STEEP] * slower))[:, None]
    curve = rows.works / (1.0 + jnp.exp(-(duration[:, None] + rows.rest) * steep))
    slope = curve * (1.0 - curve) * steep
    drift = _drift(free("drift", patients, scores), rows.week, par) * root[:, None]
    level = state[:, [0]] + state[:, [1]] * rows.change + drift
    wears = state[:, [2]] * rows.grown * curve + jnp.take_along_axis(size, rows.cycle, axis=1) * curve
    wears += rows.usual * slope * jnp.take_along_axis(length, rows.cycle, axis=1)
    noise = root[:, None] * np.sqrt(par[layout.NOISE])
    odds = par[layout.ODDS]
    some = law.Normal(level + wears, noise).log_prob(rows.score).sum(axis=1) - np.log1p(odds)
    nothing = law.Normal(level, noise).log_prob(rows.score).sum(axis=1) + np.log(odds) - np.log1p(odds)
    both = jnp.logaddexp(some, nothing)
    numpyro.factor("scores", both.sum())
    numpyro.deterministic("nothing", jnp.exp(nothing - both))


def _drift(free: Any, week: Array, par: Array) -> Any:
    """The residual process from independent steps. Shapes: (patients, scores) each."""
    import jax.numpy as jnp

    keep = np.exp(-par[layout.RETURN] * np.diff(week, axis=1))
    drift = [free[:, 0]]
    for step in range(keep.shape[1]):
        fresh = np.sqrt(1.0 - keep[:, step] ** 2)
        drift.append(keep[:, step] * drift[-1] + fresh * free[:, step + 1])
    return np.sqrt(par[layout.DRIFT]) * jnp.stack(drift, axis=1)
