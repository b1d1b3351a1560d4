"""Starting Django for a command."""

from __future__ import annotations

import os

import django
from django.conf import settings


def set_up() -> None:
    """Read the settings and load the apps; once is enough."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masseter.config.settings")
    django.setup()


def do_without_settings() -> None:
    """Let charts be drawn, in English, by a command that needs no rows: no key and no database are made."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
