"""The part of `masseter migrate` that runs as the owner of the tables."""

from __future__ import annotations

from django.core.management import call_command

from masseter.cli.django import set_up


def main() -> None:
    """Migrate, make the cache table, and secure every table."""
    set_up()
    from masseter.journey.ground.row_security import secure

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    call_command("createcachetable", verbosity=0)
    secure()


if __name__ == "__main__":
    main()
