"""Starting Django for a command."""

from __future__ import annotations

import os

import django


def set_up() -> None:
    """Read the settings and load the apps; once is enough."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masseter.config.settings")
    django.setup()
