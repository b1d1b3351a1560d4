"""A row of any table field by field, for tables that nobody has put into words of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django.utils.text import capfirst

# What every row has and what says nothing to a reader.
_SILENT = {"id", "clinic", "patient", "version"}


def fields_of(table: type[models.Model]) -> Iterator[models.Field[object, object]]:
    """The fields that a reader can make something of."""
    for field in table._meta.concrete_fields:
        is_other = field.is_relation or isinstance(field, models.BinaryField)
        if field.name not in _SILENT and not is_other:
            yield field


def told(row: models.Model) -> dict[str, str]:
    """What a row says: the name of each field, and its value in words; nothing for what is empty."""
    return {capfirst(str(field.verbose_name)): _words(row, field) for field in fields_of(type(row))}


def _words(row: models.Model, field: models.Field[object, object]) -> str:
    value = getattr(row, field.attname)
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
