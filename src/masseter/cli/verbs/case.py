"""`masseter case`: start a case file."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from masseter.cli.case.template import template
from masseter.cli.clock import today
from masseter.cli.verbs.runner import BAD_INPUT
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction

app = typer.Typer(no_args_is_help=True, help="Case files.")


@app.callback()
def cases() -> None:
    """Commands about case files."""


@app.command("new")
def new(
    condition: Annotated[str, typer.Argument(help="The code of a condition, e.g. tmd")],
    jurisdiction: Annotated[str, typer.Option(help="US, EU or UK")] = "UK",
) -> None:
    """Print a commented case file to start from: `masseter case new tmd > case.yaml`."""
    knowledge = load()
    places: dict[str, Jurisdiction] = {"US": "US", "EU": "EU", "UK": "UK"}
    if condition not in knowledge.conditions or jurisdiction not in places:
        known = f"conditions: {', '.join(knowledge.conditions)}; jurisdictions: {', '.join(places)}"
        Console(stderr=True, soft_wrap=True).print(f"There is no such thing; {known}", markup=False)
        raise typer.Exit(BAD_INPUT)
    # The day is written into the file, where it can be changed; nothing is judged by the clock.
    text = template(
        knowledge.conditions[condition], knowledge, jurisdiction=places[jurisdiction], today=today()
    )
    print(text, end="")
