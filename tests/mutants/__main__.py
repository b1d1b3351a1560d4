"""`python -m tests.mutants ROOM [--again]`: break core/ROOM, see what the tests notice, judge the rest.

Fails when fewer than 95 of 100 mutants die, or when one that lives is not in `ROOM.yaml` with its reason.
`--again` keeps what died in the last run and tries only what is new, changed or lived: quick while a test
is written, but only a run without it counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.mutants.listed import read_listed
from tests.mutants.run import forget_survivors, read_run
from tests.mutants.verdict import judge, report

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = ROOT / ".mutants"
# What the tests read beside the source: everything of the project that lies beside `src`.
LEFT_OUT = {".git", ".venv", ".masseter", ".mutants", "pyproject.toml", "node_modules", "shots"}


def main() -> None:
    """Run one room and say how it went."""
    words = [word for word in sys.argv[1:] if word != "--again"]
    rooms = sorted(
        path.name for path in (ROOT / "src/masseter/core").iterdir() if (path / "__init__.py").exists()
    )
    if len(words) != 1 or words[0] not in rooms:
        sys.exit(f"Usage: python -m tests.mutants ROOM [--again]. Rooms: {', '.join(rooms)}.")
    room = words[0]
    scratch = prepare(room, is_again="--again" in sys.argv)
    environment = {**os.environ, "PYTHONPATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "mutmut", "run", *_children()]
    with (scratch / "run.log").open("w") as log:
        print(f"Breaking core/{room}; what mutmut says goes to {log.name}", flush=True)
        done = subprocess.run(command, cwd=scratch, env=environment, stdout=log, stderr=log, check=False)
    if done.returncode:
        sys.exit(f"mutmut could not run; the end of {scratch / 'run.log'} says why.")
    verdict = judge(read_run(scratch), read_listed(Path(__file__).with_name(f"{room}.yaml")))
    print(report(room, verdict))
    sys.exit(not verdict.is_good)


def prepare(room: str, *, is_again: bool) -> Path:
    """A folder where mutmut finds the project and writes its mutants, so that the tree stays clean."""
    scratch = SCRATCH / room
    if is_again and scratch.exists():
        forget_survivors(scratch)
    else:
        shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True, exist_ok=True)
    for path in ROOT.iterdir():
        link = scratch / path.name
        if path.name not in LEFT_OUT and not link.is_symlink():
            link.symlink_to(path)
    text = (ROOT / "pyproject.toml").read_text()
    (scratch / "pyproject.toml").write_text(text.replace("core/ROOM", f"core/{room}"))
    return scratch


def _children() -> list[str]:
    workers = os.environ.get("WORKERS")
    return ["--max-children", workers] if workers else []


if __name__ == "__main__":
    main()
