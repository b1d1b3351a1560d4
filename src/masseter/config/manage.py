"""Django's own commands, for developers: `python -m masseter.config.manage makemigrations plan`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one of Django's commands as the owner of the tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masseter.config.settings")
    os.environ.setdefault("MASSETER_DB_ROLE", "owner")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
