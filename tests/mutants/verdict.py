"""Whether a run is good enough: enough mutants died, and each that lives is listed with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.mutants.listed import Mutant

if TYPE_CHECKING:
    from tests.mutants.run import Run

FEWEST_KILLED = Fraction(95, 100)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The figures of a run beside the list. `gone` are listed mutants that died or are no more."""

    counts: dict[str, int]
    killed: int
    total: int
    unlisted: tuple[Mutant, ...]
    gone: tuple[Mutant, ...]

    @property
    def share(self) -> Fraction:
        """Mutants that died, of all."""
        return Fraction(self.killed, self.total) if self.total else Fraction(0)

    @property
    def is_good(self) -> bool:
        """Enough died, and no other lives than those that may."""
        return self.share >= FEWEST_KILLED and not self.unlisted


def judge(run: Run, listed: dict[Mutant, str]) -> Verdict:
    """Compare a run with the list of the room."""
    alive = set(run.alive)
    return Verdict(
        counts=run.counts,
        killed=run.killed,
        total=sum(run.counts.values()),
        unlisted=tuple(mutant for mutant in dict.fromkeys(run.alive) if mutant not in listed),
        gone=tuple(mutant for mutant in listed if mutant not in alive),
    )


def report(room: str, verdict: Verdict) -> str:
    """The figures, and what is to be done, as lines to read; unlisted mutants ready for the list."""
    how = ", ".join(f"{count} {status}" for status, count in sorted(verdict.counts.items()))
    lines = [f"core/{room}: {verdict.killed} of {verdict.total} killed, {float(verdict.share):.1%} ({how})"]
    for mutant in verdict.gone:
        lines.append(f"No longer alive, take it off {room}.yaml: {mutant.function}\n{mutant.change}")
    if verdict.unlisted:
        lines.append(f"Alive and not in tests/mutants/{room}.yaml ({len(verdict.unlisted)}):")
    for mutant in verdict.unlisted:
        change = mutant.change.replace("\n", "\n    ")
        lines.append(f"- function: {mutant.function}\n  change: |-\n    {change}\n  reason:")
    if verdict.share < FEWEST_KILLED:
        lines.append(f"Fewer than {FEWEST_KILLED * 100} of 100 died.")
    return "\n".join(lines)
