"""What was worked out once and is kept for the next time, within bounds."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(dict[K, V]):
    """A dictionary that forgets everything before it would hold more than so many entries."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: K, value: V) -> V:
        """Hold a value, and give it back."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
