"""`masseter docs`: write the parts of the documentation that are made from what runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from masseter.cli.django import set_up

app = typer.Typer(no_args_is_help=True, help="Generated reference pages.")


@app.callback()
def pages() -> None:
    """Commands about the documentation."""


@app.command("build")
def build(folder: Annotated[Path, typer.Argument(help="The docs folder")] = Path("docs")) -> None:
    """Write the reference pages for rights, settings, findings and knowledge."""
    set_up()
    from masseter.cli.reference import write_all

    for path in write_all(folder):
        Console().print(str(path))
