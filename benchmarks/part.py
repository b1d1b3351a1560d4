"""One part of the benchmarks, run by `python -m benchmarks` in a process of its own."""

from __future__ import annotations

import importlib
import sys
from contextlib import nullcontext

from benchmarks.demo import demo_in_process
from benchmarks.figure import Figure

IN_THE_DEMO = {"pages", "recall"}


def main() -> None:
    """Measure and print one line a figure."""
    part = sys.argv[1]
    module = importlib.import_module(f"benchmarks.{part}")
    with demo_in_process() if part in IN_THE_DEMO else nullcontext():
        figures: list[Figure] = module.measure(*map(int, sys.argv[2:]))
    for one in figures:
        print("FIGURE", one.what, one.value, one.beside, sep="\t")


if __name__ == "__main__":
    main()
