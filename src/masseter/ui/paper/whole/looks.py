"""Who looked at the record and who wrote in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.ui.events import look_words, role_words
from masseter.ui.paper.whole.blocks import Told, section, table


def looks(told: Told) -> dict[str, object]:
    """The whole list, the newest first."""
    rows = [
        (told.at(look.at), look.name, role_words(look.roles), look_words(look), look.why)
        for look in told.record.looks
    ]
    head = (_("When"), _("Who"), _("As"), _("What"), _("Why"))
    return section(_("Who looked at your record and wrote in it"), table(head, rows))
