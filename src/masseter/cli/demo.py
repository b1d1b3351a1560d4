"""`masseter demo`: a clinic with somebody at every step, made by the same actions as a real one."""

from __future__ import annotations

from rich.console import Console

from masseter.cli.django import set_up

SLUG = "demo"


def demo_is_loaded() -> bool:
    """Whether the demo clinic is there."""
    from masseter.journey.accounts.models import Clinic

    return Clinic.objects.filter(slug=SLUG).exists()


def load_demo() -> None:
    """Load the demo clinic: synthetic and published patients, clearly marked."""
    set_up()


def print_sign_ins(console: Console) -> None:
    """Print the demo's sign-ins."""
