"""Every way of drawing patients with a known truth that is not the model's own curve, by name."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from masseter.response.courses import Courses, Scale
from masseter.response.mechanisms import simulate_diary, simulate_terminals
from masseter.response.otherwise import LAWS, Real, simulate_otherwise
from masseter.response.simulate import Visits


class World(Protocol):
    """Draws one piece of patients, and their truth."""

    def __call__(
        self, scale: Scale, visits: Visits, *, patients: int, seed: int, piece: int = 0
    ) -> tuple[Courses, Real]: ...


WORLDS: dict[str, World] = {
    **{name: partial(simulate_otherwise, law) for name, law in LAWS.items()},
    "terminals": simulate_terminals,
    "diary": simulate_diary,
}
