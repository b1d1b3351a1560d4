"""What all case commands share: reading, answering, printing, the exit code, many cases at once.

Exit code 0: nothing stops. 1: something stops (each command says what). 2: the input is at fault.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Generic, TypeVar

import typer
from rich.console import Console

from masseter.cli.answers.block import Answer
from masseter.cli.answers.shape import BadInputOut, ProblemOut
from masseter.cli.case.many import CaseReader
from masseter.cli.case.problems import BadCase, Problem
from masseter.cli.case.reading import Case, read_case
from masseter.cli.case.source import Source, read_json_line, read_yaml
from masseter.knowledge.load import load
from masseter.knowledge.model import Knowledge

FINE, STOPS, BAD_INPUT = 0, 1, 2
STANDARD_INPUT = "-"
A = TypeVar("A", bound=Answer)

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="A case in YAML or JSON; - reads the input")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON")]
BatchOption = Annotated[
    bool, typer.Option("--batch", help="Read many cases, one JSON a line; answer likewise")
]


@dataclass(frozen=True, kw_only=True)
class Verb(Generic[A]):
    """One command: what it asks, how it is shown, and whether the answer stops.

    `many` makes what answers case after case faster: each with its line of JSON and whether it stops.
    """

    ask: Callable[[Case], A]
    show: Callable[[A, Console], None]
    stops: Callable[[A], bool]
    many: Callable[[Knowledge], Callable[[Case], tuple[str, bool]]] | None = None

    def one_by_one(self, knowledge: Knowledge) -> Callable[[Case], tuple[str, bool]]:
        """Answers case after case: with its line of JSON and whether it stops."""
        return self.many(knowledge) if self.many is not None else self._one

    def _one(self, case: Case) -> tuple[str, bool]:
        answer = self.ask(case)
        return answer.model_dump_json(), self.stops(answer)


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
    reader, answer = CaseReader(knowledge), verb.one_by_one(knowledge)
    _collect_seldom()
    for number, line in _lines(file):
        try:
            told, stops = answer(reader.read(read_json_line(line, str(file), number)))
            worst = max(worst, STOPS if stops else FINE)
        except BadCase as bad:
            told, worst = _bad(bad).model_dump_json(), BAD_INPUT
        sys.stdout.write(told + "\n")
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


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    if str(file) == STANDARD_INPUT:
        yield from ((number, line) for number, line in enumerate(sys.stdin, 1) if line.strip())
        return
    try:
        with file.open(encoding="utf-8") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
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
