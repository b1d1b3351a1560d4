"""What every command of the registry says where it stops."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import Console

from masseter.registry.problems import Refusal

SHOWN = 50


def stopped(console: Console, refusals: Sequence[Refusal], all_lines: bool = False) -> typer.Exit:
    """Say what was refused and that nothing was written; to be raised."""
    list_refusals(console, "Refused", refusals, all_lines)
    console.print("[bold red]Nothing was written.[/]")
    return typer.Exit(1)


def list_refusals(console: Console, title: str, refusals: Sequence[Refusal], all_lines: bool) -> None:
    """The refusals, the first 50 unless all are asked for."""
    if not refusals:
        return
    console.print(f"\n{title}:", style="bold")
    shown = refusals if all_lines else refusals[:SHOWN]
    for refusal in shown:
        console.print(f"  {refusal}", markup=False, highlight=False, soft_wrap=True)
    if len(refusals) > len(shown):
        console.print(f"  and {len(refusals) - len(shown)} more: --all-lines shows them")
