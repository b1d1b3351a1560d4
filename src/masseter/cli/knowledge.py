"""`masseter knowledge`: check the data files, and list what needs a fresh look."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from masseter.cli.clock import today
from masseter.knowledge.check import check_all, due

app = typer.Typer(no_args_is_help=True, help="The clinical knowledge files.")


@app.command("check")
def check_files() -> None:
    """Check every file; exit code 1 where something is wrong."""
    problems = check_all()
    console = Console()
    for problem in problems:
        console.print(str(problem), markup=False)
    console.print("The knowledge holds." if not problems else f"{len(problems)} problems.")
    raise typer.Exit(1 if problems else 0)


@app.command("due")
def list_due(
    after_days: Annotated[int, typer.Option(help="Days after which a value needs a fresh look")] = 365,
) -> None:
    """List values that were last checked too long ago, and those that nobody has verified."""
    found = due(today(), after_days)
    console = Console(soft_wrap=True)
    for line in found:
        console.print(str(line), markup=False)
    console.print(f"{len(found)} values to look at.")
