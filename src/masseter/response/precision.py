"""Single or double precision: the kernels compute in that of the memory which they are given."""

from __future__ import annotations

from masseter.response.compiled import compiled
from masseter.response.layout import Array


@compiled
def as_in(memory: Array, number: float) -> float:
    """The number in the precision of this memory: one wider number would make a whole loop wide."""
    same: float = memory.dtype.type(number)
    return same
