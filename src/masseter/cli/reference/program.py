"""Roles, actions and settings."""

from __future__ import annotations

import importlib
import pkgutil

from django.conf import settings

import masseter.journey
from masseter.cli.reference.words import GENERATED, table
from masseter.journey.ground.action import ACTIONS
from masseter.journey.ground.rights import RIGHT_NAMES, RIGHTS, ROLE_NAMES, Right, Role


def roles() -> str:
    """Which role may do what."""
    head = ["May", *(ROLE_NAMES[role] for role in Role)]
    rows = [[RIGHT_NAMES[right], *("●" if right in RIGHTS[role] else "" for role in Role)] for right in Right]
    words = (
        "# Roles and rights\n\nA person may have several roles in a clinic. A page or an action that "
        "needs a right is refused without it; another clinic's records are "
        "answered as if they did not exist.\n\n"
    )
    return GENERATED + words + table(head, rows)


def load_actions() -> None:
    """Import every actions module, so that all actions are registered."""
    for package in pkgutil.iter_modules(masseter.journey.__path__):
        name = f"masseter.journey.{package.name}"
        for module in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            if "actions" in module.name.rsplit(".", 2)[-1] or ".actions" in module.name:
                importlib.import_module(module.name)


def actions() -> str:
    """Every write that the program can do."""
    load_actions()
    rows = [
        [f"`{entry.name}`", entry.sentence, " or ".join(RIGHT_NAMES[right] for right in entry.rights)]
        for entry in sorted(ACTIONS.values(), key=lambda entry: entry.name)
    ]
    words = (
        "# Actions\n\nEverything that changes a record. Each runs in one transaction with its event in the "
        "audit trail.\n\n"
    )
    return GENERATED + words + table(["Action", "What it does", "Needs the right"], rows)


def settings_page() -> str:
    """Every setting, its default and what it is for."""
    rows = []
    for name, field in type(settings.ENVIRONMENT).model_fields.items():
        default = field.default
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        variable = "DATABASE_URL" if name == "database_url" else f"MASSETER_{name.upper()}"
        rows.append([f"`{variable}`", f"`{shown}`" if shown else "empty", field.description or ""])
    words = (
        "# Settings\n\nRead from the environment when Masseter starts. A wrong or unknown one stops the "
        "start with a sentence that names it.\n\n"
    )
    return GENERATED + words + table(["Variable", "Default", "What it is for"], rows)
