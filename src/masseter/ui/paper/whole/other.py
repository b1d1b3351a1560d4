"""Entries of tables that have no section of their own yet: nothing is left out for want of words."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from masseter.journey.record.plainly import told as told_plainly
from masseter.journey.record.whole import tables
from masseter.ui.paper.whole.blocks import Block, Told, heading, section, table


def others(told: Told, but: Collection[str]) -> dict[str, object]:
    """Every row of the tables that are not in `but`, field by field."""
    parts: list[Block] = []
    for label, kind in tables().items():
        rows = [told_plainly(row) for row in told.record.rows.get(label, ())]
        if label in but or not rows:
            continue
        names = list(rows[0])
        parts.append(heading(capfirst(str(kind._meta.verbose_name_plural))))
        parts += table(names, [[row[name] for name in names] for row in rows])
    return section(_("Other entries"), parts)
