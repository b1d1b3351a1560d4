"""What is wrong with a knowledge file, said so that its author finds the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One fault: the file, the line (0 when it belongs to no line), the field's path and a sentence."""

    file: str
    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.path}: {self.sentence}" if self.path else f"{place}: {self.sentence}"


class KnowledgeError(Exception):
    """The knowledge cannot be used; `problems` holds every fault that was found, not the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
