"""`python -m benchmarks [part …]`: measure, print the table, and write figures.md when all parts ran.

These run by themselves only, since they take long, and write figures-PART.md; a number says how many points,
patients, registries or cycles: `recall` (gigabytes of disk), `peers` (needs lme4 in R, and gpboost), `nuts`
(needs NumPyro), `recovery`, `registry` (grows from disk, and on a cluster), `dates` of wear-off, `reminders`.
`trial` and `phone` take no number. What is missing is said in its row.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from benchmarks.figure import Figure, table

PARTS = ("decisions", "batch", "pages", "weight", "editing", "clicks", "courses", "start")
LONG = ("recall", "peers", "nuts", "recovery", "registry", "trial", "dates", "reminders", "phone")
FILE = Path(__file__).with_name("figures.md")


def main() -> None:
    """Each part runs in a process of its own, so that none warms another."""
    size = [word for word in sys.argv[1:] if word.isdigit()]
    wanted = [word for word in sys.argv[1:] if not word.isdigit()] or list(PARTS)
    if unknown := set(wanted) - {*PARTS, *LONG}:
        sys.exit(f"Unknown part: {', '.join(sorted(unknown))}. Parts: {', '.join((*PARTS, *LONG))}.")
    if size and (len(wanted) != 1 or wanted[0] not in LONG):
        sys.exit(f"Only one of these takes a number: {', '.join(LONG)}.")
    figures: list[Figure] = []
    for part in wanted:
        command = [sys.executable, "-m", "benchmarks.part", part, *size]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = [line for line in done.stdout.splitlines() if line.startswith("FIGURE\t")]
        if done.returncode or not lines:
            figures.append(Figure(part, "could not be measured", "see the message above"))
            print(done.stderr[-3000:], file=sys.stderr)
        figures += [Figure(*line.split("\t")[1:]) for line in lines]
    print(table(figures))
    if set(wanted) == set(PARTS):
        FILE.write_text(_page(figures, "make bench"))
    if len(wanted) == 1 and wanted[0] in LONG:
        command = " ".join(["python -m benchmarks", *wanted, *size])
        FILE.with_name(f"figures-{wanted[0]}.md").write_text(_page(figures, command))


def _page(figures: list[Figure], command: str) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "numba", "scipy"))
    words = f"Made by `{command}`. No test asserts a time; limits are those that we hold ourselves to."
    return f"# Figures\n\n{words} Measured on: {machine}, {versions}.\n\n{table(figures)}\n"


if __name__ == "__main__":
    main()
