"""Every command of the command line, from the command line itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import typer

from masseter.cli.reference.words import GENERATED, table


def commands() -> str:
    """Every command with what it does and what it takes."""
    # The command line imports this page's room, so it is asked for only when the page is written.
    from masseter.cli.main import app

    rows = [
        [f"`{name}`", (inspect.getdoc(does) or "").splitlines()[0], _takes(does)]
        for name, does in every_command(app, "masseter")
    ]
    words = (
        "# Commands\n\n`masseter --help` says the same at the terminal. Inside the project's folder the "
        "program is `.venv/bin/masseter`.\n\n"
    )
    return GENERATED + words + table(["Command", "What it does", "Takes"], rows)


def every_command(app: typer.Typer, before: str) -> Iterator[tuple[str, Callable[..., object]]]:
    """Full name and function of every command, groups included."""
    for info in app.registered_commands:
        if info.callback is not None:
            name = info.name or info.callback.__name__.replace("_", "-")
            yield f"{before} {name}", info.callback
    for group in app.registered_groups:
        if group.typer_instance is not None:
            yield from every_command(group.typer_instance, f"{before} {group.name}")


def _takes(does: Callable[..., object]) -> str:
    """Arguments in capitals, options with two dashes."""
    words = []
    for name, parameter in inspect.signature(does).parameters.items():
        option = "OptionInfo" in str(parameter.annotation) or parameter.annotation in ("bool", bool)
        is_option = option or "typer.Option" in str(parameter.annotation)
        shown = name.replace("_", "-")
        words.append(f"`--{shown}`" if is_option else f"`{shown.upper()}`")
    return " ".join(words)
