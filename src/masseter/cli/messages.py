"""`masseter messages`: letters that came back."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from masseter.cli.django import set_up

app = typer.Typer(no_args_is_help=True, help="Messages to patients.")


@app.callback()
def _messages() -> None:
    """Messages to patients."""


@app.command("bounced")
def bounced() -> None:
    """Read one letter that came back from the input, and put its message on the desk's list."""
    set_up()
    from masseter.journey.messaging.returned import take_bounce

    took = take_bounce(sys.stdin.buffer.read())
    Console().print("A message came back." if took else "This letter says nothing of a message of ours.")
