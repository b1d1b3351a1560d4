"""The population fit: the parameters that make all scores most probable, under weak priors.

A sample of patients is fitted first by a quasi-Newton search; then larger parts of the data, and at last all
of it, correct the result by steps of Fisher scoring whose information is the sum of the patients' squared
scores. Far along the way one step over all data is worth a whole search over the sample, since the sample's
answer is already as near as its size allows.

Source: J. Berndt, B. Hall, R. Hall and J. Hausman, Estimation and inference in nonlinear structural models,
1974; one-step estimation: L. Le Cam, 1956.

Passes on the way are made in single precision, the last ones over everybody in double, and these alone say
whether the fit is done and how sure it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import minimize

from masseter.response.courses import Courses
from masseter.response.layout import Array
from masseter.response.likelihood import Crowd, Here, Sums
from masseter.response.parameters import Parameters, bound, free_names, freed, freeing

FIRST = 2000  # patients of the first search
GROWTH = 12  # each further part is so many times larger
NEAR = 0.05  # gain in log likelihood, still to be had, at which the fit is done
ENOUGH = 0.5  # the same for a part of the data, whose answer is off by that much for each parameter anyway
SEARCHES = 120
STEPS = 25
HALVINGS = 6
PLACES = 6  # a search enlarges the rounding of its sums; what it hands on is rounded, so that this ends there


@dataclass(frozen=True, kw_only=True)
class Prior:
    """Normal priors of the free numbers; an infinite spread says nothing. Shapes: (free,) each."""

    middle: Array
    spread: Array

    def log(self, free: Array) -> float:
        """Log density but for a constant."""
        return float(-0.5 * np.sum(((free - self.middle) / self.spread) ** 2))

    def slope(self, free: Array) -> Array:
        """Its derivative. Shape: (free,)."""
        return np.asarray((self.middle - free) / self.spread**2)

    @property
    def precision(self) -> Array:
        """Minus the second derivative, a diagonal. Shape: (free,)."""
        return np.asarray(1.0 / self.spread**2)


@dataclass(frozen=True, kw_only=True)
class Pass:
    """One pass over (a part of) the data."""

    patients: int
    log: float
    still: float  # gain in log likelihood that a step from here still promises


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A fitted population: parameters, how sure, and how the fit came there.

    `covariance`: of the free numbers, from the patients' squared scores and the prior, and wider by what the
    model's approximations may shift some of them (`SHIFTS`). `why`: why it did not
    converge, else empty.
    """

    parameters: Parameters
    free: Array
    covariance: Array
    log: float
    passes: tuple[Pass, ...]
    why: str = ""

    @property
    def is_converged(self) -> bool:
        """A step from here promises no gain worth having."""
        return not self.why


# By how much the model's own approximations may shift a parameter besides, as registries simulated from a
# known truth show: a straight line for a cycle's length, one factor for the scatter of scores and rounding.
SHIFTS = {"log noise_variance": 0.05, "log unlikeness": 0.15, "log cycle_length_variance": 0.15}

Look = Callable[[Pass], None]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Where a search ended: log posterior, its derivative, its information, and why not at the top."""

    free: Array
    slope: Array
    information: Array
    log: float
    why: str


@dataclass(kw_only=True)
class _Search:
    """What one fit carries along."""

    crowd: Crowd
    prior: Prior
    look: Look
    passes: list[Pass] = field(default_factory=list)
    single: bool = True

    def at(self, patients: int, free: Array) -> tuple[float, Array, Array]:
        """Log posterior of the free numbers over the first patients, its derivative and its information."""
        turned, parameters = freeing(free), bound(free, self.crowd.names)
        sums = self.crowd.sums(patients, parameters, single=self.single)
        if self.single and not np.isfinite(sums.log + sums.slopes.sum() + sums.outer.sum()):
            self.single = False  # numbers too large for it
            sums = self.crowd.sums(patients, parameters)
        slope = turned.T @ sums.slopes + self.prior.slope(free)
        information = turned.T @ sums.outer @ turned + np.diag(self.prior.precision)
        self.note(sums, slope, information)
        return sums.log + self.prior.log(free), slope, information

    @property
    def still(self) -> float:
        """What a step from the last pass promises."""
        return self.passes[-1].still

    def note(self, sums: Sums, slope: Array, information: Array) -> None:
        """Write down the pass, and show it."""
        still = 0.5 * float(slope @ solved(information, slope))
        self.passes.append(Pass(patients=sums.patients, log=sums.log, still=still))
        self.look(self.passes[-1])

    def quasi_newton(self, patients: int, free: Array) -> Array:
        """Search from here over a small part, in coordinates in which the information is about one."""
        _log, _slope, information = self.at(patients, free)
        if self.still < ENOUGH:
            return free
        root = np.linalg.cholesky(information + 1e-8 * np.diag(np.diag(information)))

        def below(step: Array) -> tuple[float, Array]:
            log, slope, _information = self.at(patients, free + solve_triangular(root.T, step))
            return -log, -solve_triangular(root, slope, lower=True)

        def enough(_step: Array) -> None:
            if self.still < ENOUGH:
                raise StopIteration

        options = {"maxiter": SEARCHES, "ftol": 1e-9, "gtol": 1e-3}
        found = minimize(
            below, np.zeros(free.size), jac=True, method="L-BFGS-B", callback=enough, options=options
        )
        return np.asarray(free + solve_triangular(root.T, found.x))

    def score(self, patients: int, free: Array, least: float) -> _Found:
        """Fisher scoring over the first patients until a step promises less than `least`."""
        log, slope, information = self.at(patients, free)
        why = ""
        for _ in range(STEPS):
            if self.still < least:
                break
            step = solved(information, slope)
            for _ in range(HALVINGS):
                tried = self.at(patients, free + step)
                if tried[0] > log:
                    break
                step = step / 2
            else:
                why = "no step in the best direction gains anything"
                break
            free = free + step
            log, slope, information = tried
        else:
            why = "" if self.still < least else f"still gaining after {STEPS} steps"
        return _Found(free=free, slope=slope, information=information, log=log, why=why)

    def finish(self, free: Array) -> _Found:
        """The last steps over all patients: in single precision to near the top, then in double."""
        everybody = self.crowd.patients
        if self.single:
            near = self.score(everybody, free, ENOUGH)
            step = solved(near.information, near.slope)
            free = near.free if near.why else near.free + step
        self.single = False
        return self.score(everybody, free, NEAR)


def solved(information: Array, slope: Array) -> Array:
    """The step to the top of a parabola. Shapes: (free, free), (free,)."""
    ridge = 1e-10 * np.diag(np.diag(information) + 1e-12)
    answer: Array = cho_solve(cho_factor(information + ridge), slope)
    return answer


def stages(patients: int) -> list[int]:
    """How many patients each part of a fit takes: a small one first, all at last."""
    sizes = [FIRST]
    while sizes[-1] * GROWTH < patients / 2:
        sizes.append(sizes[-1] * GROWTH)
    return [size for size in sizes if size < patients / 2] + [patients]


def fit(
    courses: Courses,
    start: Parameters,
    prior: Prior,
    *,
    threads: int = 1,
    look: Look = lambda _pass: None,
) -> Fit:
    """Fit the population in these columns, in this process."""
    return fit_crowd(Here(parts=(courses,), threads=threads), start, prior, look=look)


def fit_crowd(crowd: Crowd, start: Parameters, prior: Prior, *, look: Look = lambda _pass: None) -> Fit:
    """Fit the population of a crowd, wherever its patients lie.

    Deterministic: the same data, start and prior give the same result for any number of threads and parts. A
    sample is taken from the beginning: data come in the order of a hash of the patient's key. A start from an
    earlier fit goes on from it. `look` is shown each pass.
    """
    search = _Search(crowd=crowd, prior=prior, look=look)
    parts = stages(crowd.patients)
    free = np.round(search.quasi_newton(parts[0], freed(start)), PLACES)
    for part in parts[:-1]:
        free = np.round(search.score(part, free, ENOUGH).free, PLACES)
    return _fit(search, search.finish(free))


def refine(crowd: Crowd, start: Parameters, prior: Prior, *, look: Look = lambda _pass: None) -> Fit:
    """Go on over all patients from a fit that is near already, as one over most of them."""
    search = _Search(crowd=crowd, prior=prior, look=look)
    return _fit(search, search.finish(freed(start)))


def _fit(search: _Search, found: _Found) -> Fit:
    shifts = [SHIFTS.get(name, 0.0) for name in free_names(search.crowd.names)]
    covariance = np.linalg.inv(found.information) + np.diag(np.square(shifts))
    return Fit(
        parameters=bound(found.free, search.crowd.names),
        free=found.free,
        covariance=np.asarray(covariance, dtype=np.float64),
        log=found.log - search.prior.log(found.free),
        passes=tuple(search.passes),
        why=found.why,
    )
