"""What every command of the registry says where it stops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console

from masseter.registry.problems import CannotTake, Lost, Refusal

SHOWN = 50
INTERRUPTED = 130
AGAIN = 75  # exit code of what may do the next time, as sysexits.h has it


def terminal() -> Console:
    """Where commands print: names of data sets, conditions and files are no markup, whatever they hold."""
    return Console(markup=False, emoji=False)


@contextmanager
def refusing(console: Console, all_lines: bool = False) -> Iterator[None]:
    """Say what stops a command; end it with exit code 1, or 75 where the same command may do next time."""
    try:
        yield
    except KeyboardInterrupt:
        stopped(console, ())
        raise typer.Exit(INTERRUPTED) from None
    except Lost as error:
        stopped(console, error.refusals, all_lines)
        raise typer.Exit(AGAIN) from None
    except CannotTake as error:
        raise stopped(console, error.refusals, all_lines) from None
    except OSError as error:
        place = f"'{error.filename}': " if error.filename else ""
        refusal = Refusal(line=0, column="", why=f"{place}{error.strerror or error}")
        raise stopped(console, [refusal], all_lines) from None


def stopped(console: Console, refusals: Sequence[Refusal], all_lines: bool = False) -> typer.Exit:
    """Say what was refused and that nothing was written; to be raised."""
    list_refusals(console, "Refused", refusals, all_lines)
    console.print("Nothing was written.", style="bold red")
    return typer.Exit(1)


def list_refusals(console: Console, title: str, refusals: Sequence[Refusal], all_lines: bool) -> None:
    """The refusals, the first 50 unless all are asked for."""
    if not refusals:
        return
    console.print(f"\n{title}:", style="bold")
    shown = refusals if all_lines else refusals[:SHOWN]
    for refusal in shown:
        console.print(f"  {refusal}", highlight=False, soft_wrap=True)
    if len(refusals) > len(shown):
        console.print(f"  and {len(refusals) - len(shown)} more: --all-lines shows them")
