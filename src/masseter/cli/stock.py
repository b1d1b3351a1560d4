"""`masseter stock`: do the books of the vials balance?"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from masseter.cli.django import set_up

app = typer.Typer(no_args_is_help=True, help="The stock of vials.")


@app.callback()
def stock() -> None:
    """Commands about the stock."""


@app.command()
def balance(
    clinic: Annotated[str, typer.Option(help="Only this clinic, by its short name")] = "",
) -> None:
    """Add up every vial: received = given + discarded + returned + left; exit code 1 where it is not so."""
    set_up()
    from masseter.journey.accounts.actions import command_line
    from masseter.journey.accounts.models import Clinic
    from masseter.journey.ground.scope import clinic_scope
    from masseter.journey.inject.balance import balance_of

    console, wrong = Console(), 0
    clinics = Clinic.objects.filter(slug=clinic) if clinic else Clinic.objects.all()
    if clinic and not clinics:
        console.print(f"[red]There is no clinic '{clinic}'.[/red]")
        raise typer.Exit(2)
    for one in clinics:
        with clinic_scope(one.pk):
            books = balance_of(command_line(one))
        table = Table(title=one.name, title_justify="left")
        for heading in (
            "Product",
            "Vials",
            "Received",
            "Given",
            "Discarded",
            "Returned",
            "Left",
            "Difference",
        ):
            table.add_column(heading, justify="left" if heading == "Product" else "right")
        for product, sums in books.products.items():
            units = (sums.received, sums.given, sums.discarded, sums.returned, sums.left, sums.difference)
            table.add_row(product, str(sums.vials), *(f"{each.normalize():f}" for each in units))
        console.print(table)
        for fault in books.faults:
            console.print(f"[red]{fault.sentence}[/red]")
        wrong += not books.is_balanced
        console.print(f"{books.whole_vials} vials, {'balanced' if books.is_balanced else 'NOT balanced'}.")
    raise typer.Exit(1 if wrong else 0)
