"""`masseter clinic`: set up a clinic and its first people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from masseter.cli.django import set_up

if TYPE_CHECKING:
    from masseter.journey.accounts.models import Clinic

app = typer.Typer(no_args_is_help=True, help="Clinics and their people.")


@app.command()
def found(
    slug: str,
    name: str,
    jurisdiction: Annotated[str, typer.Option(help="US, EU or UK")],
    zone: Annotated[str, typer.Option(help="Time zone, such as Europe/London")],
    phone: Annotated[str, typer.Option(help="The clinic's telephone number")],
    emergency: Annotated[
        str,
        typer.Option(help="The emergency number that patients are told; left out, the jurisdiction's own"),
    ] = "",
) -> None:
    """Set up a new clinic."""
    set_up()
    from masseter.journey.accounts.actions import found_clinic
    from masseter.journey.ground.refusals import Refused

    try:
        clinic = found_clinic(
            slug=slug,
            name=name,
            jurisdiction=jurisdiction,
            zone=zone,
            phone=phone,
            emergency_number=emergency or _own_number(jurisdiction),
        )
    except Refused as error:
        Console().print(f"[red]{error.sentence}[/red]")
        raise typer.Exit(2) from error
    Console().print(f"{clinic.name} is set up as '{clinic.slug}'. Next: masseter clinic add-staff")


def _own_number(jurisdiction: str) -> str:
    from masseter.knowledge.load import load

    return next((each.number for each in load().emergency if each.jurisdiction == jurisdiction), "")


@app.command("add-staff")
def add_staff_member(
    slug: str,
    email: str,
    name: str,
    role: Annotated[list[str], typer.Option(help="Once for each role")],
    show_link: Annotated[
        bool, typer.Option("--show-link", help="Print the link too, where mail does not go out yet")
    ] = False,
) -> None:
    """Add a member of staff, who chooses a password by a link sent by e-mail."""
    set_up()
    from masseter.journey.accounts.actions import add_staff, command_line
    from masseter.journey.accounts.letters import password_link
    from masseter.journey.ground.refusals import Refused
    from masseter.journey.ground.rights import OUTSIDE, Role
    from masseter.journey.ground.scope import clinic_scope

    console, clinic = Console(), _clinic(slug)
    try:
        roles = frozenset(Role(text) for text in role)
        with clinic_scope(clinic.pk):
            user = add_staff(by=command_line(clinic), email=email, name=name, roles=roles)
    except ValueError as error:
        known = ", ".join(r.value for r in Role if r not in OUTSIDE)
        console.print(f"[red]{error}. Known roles: {known}.[/red]")
        raise typer.Exit(2) from error
    except Refused as error:
        console.print(f"[red]{error.sentence}[/red]")
        raise typer.Exit(2) from error
    if user.has_usable_password():
        console.print(f"{user.email} signs in already, and keeps name, password and second factor.")
        return
    console.print(f"{name} was added. A link to choose a password is on its way to {user.email}.")
    if show_link:
        # Whoever has the link becomes this person: it goes to nobody else.
        console.print(password_link(user), soft_wrap=True, markup=False, highlight=False)


@app.command("reset-factor")
def reset_factor(
    slug: str,
    email: str,
    reason: Annotated[str, typer.Option(prompt="How do you know who is asking?")],
) -> None:
    """Take away the second factor of a member of staff who lost it; the next sign-in sets up a new one."""
    set_up()
    from masseter.journey.accounts.actions import command_line, reset_second_factor
    from masseter.journey.accounts.telling import user_at
    from masseter.journey.ground.refusals import Refused
    from masseter.journey.ground.scope import clinic_scope

    console, clinic, user = Console(), _clinic(slug), user_at(email)
    if user is None:
        console.print(f"[red]Nobody signs in with {email}.[/red]")
        raise typer.Exit(2)
    try:
        with clinic_scope(clinic.pk):
            reset_second_factor(by=command_line(clinic), user=user, reason=reason)
    except Refused as error:
        console.print(f"[red]{error.sentence}[/red]")
        raise typer.Exit(2) from error
    console.print(f"{user.email} has no second factor any more and sets up a new one at the next sign-in.")


def _clinic(slug: str) -> Clinic:
    """The clinic of this short name; the command ends with a sentence where there is none."""
    from masseter.journey.accounts.models import Clinic

    found = Clinic.objects.filter(slug=slug).first()
    if found is None:
        Console().print(f"[red]There is no clinic '{slug}'.[/red]")
        raise typer.Exit(2)
    return found
