"""What is wrong with a foreign table, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One thing that is not taken.

    `line`: of the file, header 1; nought where it is the whole file, or what `where` names instead.
    """

    line: int
    column: str
    why: str
    where: str = "file"

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else self.where
        return f"{place}, {self.column}: {self.why}" if self.column else f"{place}: {self.why}"


def plural(many: int, one: str) -> str:
    """How many of what: 1 line, 2 lines."""
    return f"{many} {one}" if many == 1 else f"{many} {one}s"


class CannotTake(Exception):
    """The file or the mapping as a whole cannot be used. `refusals`: all that was found."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(str(each) for each in refusals))
        self.refusals = refusals


def whole(why: str, column: str = "") -> CannotTake:
    """A refusal of the whole file."""
    return CannotTake(Refusal(line=0, column=column, why=why))


class Lost(CannotTake):
    """Something outside went away, as a scheduler: the same command may do the next time."""


def lost(why: str) -> Lost:
    """What went away."""
    return Lost(Refusal(line=0, column="", why=why))
