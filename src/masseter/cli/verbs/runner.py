"""What all case commands share: reading, answering, printing, the exit code, many cases at once.

Exit code 0: nothing stops. 1: something stops (each command says what). 2: the input is at fault.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import Annotated, Generic, Protocol, TypeVar, cast

import typer
from rich.console import Console

from masseter.cli.answers.block import Answer
from masseter.cli.answers.shape import BadInputOut, ProblemOut
from masseter.cli.case.many import CaseReader
from masseter.cli.case.problems import BadCase, Problem
from masseter.cli.case.reading import Case, read_case
from masseter.cli.case.source import Source, read_yaml
from masseter.core.consult.alike import Alike
from masseter.knowledge.load import load
from masseter.knowledge.model import Knowledge

FINE, STOPS, BAD_INPUT = 0, 1, 2
STANDARD_INPUT = "-"
_MOST_HELD_BACK = 250_000  # bytes of a batch's answers before they are written
A = TypeVar("A", bound=Answer)

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="A case in YAML or JSON; - reads the input")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON")]
BatchOption = Annotated[
    bool, typer.Option("--batch", help="Read many cases, one JSON a line; answer likewise")
]


class Many(Protocol):
    """What answers many cases faster than one after the other; `alike` is what it looks answers up by."""

    alike: Alike

    def answer(self, case: Case) -> tuple[bytes, bool]: ...


@dataclass(frozen=True, kw_only=True)
class Verb(Generic[A]):
    """One command: what it asks, how it is shown, and whether the answer stops.

    `many` makes what answers case after case faster.
    """

    ask: Callable[[Case], A]
    show: Callable[[A, Console], None]
    stops: Callable[[A], bool]
    many: Callable[[Knowledge], Many] | None = None

    def one_by_one(self, knowledge: Knowledge) -> tuple[CaseReader, Callable[[Case], tuple[bytes, bool]]]:
        """Reads case after case, and answers each with its line of JSON and whether it stops."""
        if self.many is None:
            return CaseReader(knowledge), self._one
        many = self.many(knowledge)
        return CaseReader(knowledge, many.alike), many.answer

    def _one(self, case: Case) -> tuple[bytes, bool]:
        answer = self.ask(case)
        return answer.model_dump_json().encode(), self.stops(answer)


def run(verb: Verb[A], file: Path, *, as_json: bool, is_batch: bool) -> None:
    """Answer one case, or each line of a batch. Raises: typer.Exit with the exit code."""
    raise typer.Exit(_batch(verb, file) if is_batch else _single(verb, file, as_json))


def _single(verb: Verb[A], file: Path, as_json: bool) -> int:
    try:
        answer = verb.ask(read_case(_source(file), load()))
    except BadCase as bad:
        _show_bad(bad, as_json)
        return BAD_INPUT
    if as_json:
        print(answer.model_dump_json(indent=2))
    else:
        verb.show(answer, Console())
    return STOPS if verb.stops(answer) else FINE


def _batch(verb: Verb[A], file: Path) -> int:
    knowledge, worst = load(), FINE
    reader, answer = verb.one_by_one(knowledge)
    _collect_seldom()
    out = BufferedWriter(cast(RawIOBase, sys.stdout.buffer), _MOST_HELD_BACK)
    try:
        for number, line in _lines(file):
            try:
                told, stops = answer(reader.read_line(line, str(file), number))
                worst = max(worst, STOPS if stops else FINE)
            except BadCase as bad:
                told, worst = _bad(bad).model_dump_json().encode(), BAD_INPUT
            out.write(told + b"\n")
    finally:
        out.detach()  # which writes what was held back
    gc.freeze()  # all that is kept goes with the process; to look through it for garbage would take long
    return worst


def _collect_seldom() -> None:
    """Look for garbage more seldom: what is kept of earlier cases is none, and grows with each case."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _source(file: Path) -> Source:
    try:
        text = sys.stdin.read() if str(file) == STANDARD_INPUT else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, error) from None
    return read_yaml(text, str(file))


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Each line that is not empty, with its number."""
    if str(file) == STANDARD_INPUT:
        yield from ((number, line) for number, line in enumerate(sys.stdin.buffer, 1) if line.strip())
        return
    try:
        with file.open("rb") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except OSError as error:
        _show_bad(_unreadable(file, error), as_json=False)
        raise typer.Exit(BAD_INPUT) from None


def _unreadable(file: Path, error: Exception) -> BadCase:
    reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
    return BadCase([Problem(file=str(file), line=0, path=(), sentence=f"cannot be read: {reason}")])


def _show_bad(bad: BadCase, as_json: bool) -> None:
    if as_json:
        print(_bad(bad).model_dump_json(indent=2))
        return
    for problem in bad.problems:
        Console(stderr=True, soft_wrap=True).print(str(problem), markup=False, highlight=False)


def _bad(bad: BadCase) -> BadInputOut:
    return BadInputOut(
        problems=tuple(
            ProblemOut(file=each.file, line=each.line, field=each.field, sentence=each.sentence)
            for each in bad.problems
        )
    )
