"""Machine code for the inner loops: one decorator, so that every kernel is compiled alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., object])
HERE = Path(__file__).parent


def _edition() -> str:
    """Short hash of every kernel's text and of the compiler's version.

    A compiled kernel holds copies of those that it calls, and the compiler looks at its own file alone: so
    each state of this room gets a store of its own.
    """
    text = numba.__version__.encode()
    for file in sorted(HERE.glob("*.py")):
        text += file.name.encode() + file.read_bytes()
    return hashlib.sha256(text).hexdigest()[:16]


def _store() -> Path:
    """Where compiled kernels are kept: beside the code, or in the user's cache where that is read-only."""
    beside = HERE / "__pycache__"
    try:
        beside.mkdir(exist_ok=True)
        (beside / ".written").touch()
    except OSError:
        beside = Path.home() / ".cache" / "masseter"
    return beside / f"kernels-{_edition()}"


setattr(numba.config, "CACHE_DIR", str(_store()))  # noqa: B010 (unknown to its types)


def compiled(function: _Function) -> _Function:
    """Compile on first use, keep the result on disk, and leave other threads free to run.

    Division by nought gives an infinity as in NumPy. Sums may be reordered within a kernel, which is the same
    for every partitioning since a kernel sees one patient at a time. What a kernel calls is built into it:
    shared, the copy that was loaded first would count, and with it the order of sums.
    """
    fast = {"contract", "reassoc", "nsz", "arcp"}
    return cast(
        _Function,
        numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=fast, forceinline=True)(function),
    )
