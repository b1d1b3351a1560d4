"""What a run left alive, read from the folder where mutmut worked."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import mangled_name_from_mutant_name

from tests.mutants.listed import Mutant

# A mutant that runs for ever was noticed too.
NOTICED = ("killed", "timeout")


@dataclass(frozen=True, kw_only=True)
class Run:
    """How many mutants ended how, and those that no test noticed."""

    counts: dict[str, int]
    alive: tuple[Mutant, ...]

    @property
    def killed(self) -> int:
        """Mutants that the tests noticed."""
        return sum(self.counts.get(status, 0) for status in NOTICED)


def read_run(scratch: Path) -> Run:
    """The result of the last run in a folder."""
    counts: dict[str, int] = {}
    alive = []
    with _inside(scratch):
        for place in sorted(Path("mutants/src").rglob("*.meta")):
            source = place.relative_to("mutants").with_suffix("")
            for name, code in json.loads(place.read_text())["exit_code_by_key"].items():
                status = status_by_exit_code[code]
                counts[status] = counts.get(status, 0) + 1
                if status not in NOTICED:
                    alive.append(Mutant(function=_function(name), change=_change(name, source)))
    return Run(counts=counts, alive=tuple(alive))


def forget_survivors(scratch: Path) -> None:
    """Let the next run try again what was not noticed, with the tests that there are by then."""
    (scratch / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    for place in (scratch / "mutants").rglob("*.meta"):
        kept = json.loads(place.read_text())
        codes = kept["exit_code_by_key"]
        kept["exit_code_by_key"] = {
            name: code if status_by_exit_code[code] in NOTICED else None for name, code in codes.items()
        }
        place.write_text(json.dumps(kept))


def _function(name: str) -> str:
    """`masseter.core.plan.case.x_open_case__mutmut_3` → `plan.case.open_case`; a method has its class."""
    module, _, function = mangled_name_from_mutant_name(name).rpartition(".")
    plain = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"{module.removeprefix('masseter.core.')}.{plain}"


def _change(name: str, source: Path) -> str:
    lines = get_diff_for_mutant(name, path=source).splitlines()
    told = [line for line in lines if line[:1] in {"+", "-"} and not line.startswith(("+++", "---"))]
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in told)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    # mutmut finds its settings and its mutants from where it stands.
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
