"""Every state and every other fixed choice that a record may have."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

from masseter.cli.reference.words import GENERATED, table


def states() -> str:
    """The choices of every record's fields, from the tables themselves."""
    text = "# States\n\nWhat may stand in a field of fixed choices, record by record.\n\n"
    for model in sorted(_records(), key=lambda each: each._meta.label_lower):
        rows = [
            [f"`{field.name}`", f"`{value}`", str(label)]
            for field in model._meta.get_fields()
            for value, label in getattr(field, "choices", None) or ()
        ]
        if rows:
            text += f"## {model._meta.label_lower}\n\n" + table(["Field", "Code", "Meaning"], rows)
    return GENERATED + text


def _records() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("masseter.") and not model._meta.proxy
    ]
