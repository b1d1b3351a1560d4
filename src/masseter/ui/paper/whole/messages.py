"""Messages that went to the patient, and which channels are wanted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.messaging.models import ChannelChoice, Message
from masseter.ui.paper.whole.blocks import Told, section, table, yes_no


def messages(told: Told) -> dict[str, object]:
    """Each message with what became of it, and each choice of a channel."""
    sent = [
        (
            told.at(one.due_at),
            one.get_kind_display(),
            one.get_channel_display(),
            one.get_state_display(),
            told.at(one.handed_at),
            one.reason,
            f"{told.at(one.put_aside_at)} {one.put_aside_by_name}".strip(),
        )
        for one in told.record.of(Message)
    ]
    wishes = [
        (told.at(one.created_at), one.get_channel_display(), yes_no(one.is_wanted), one.by_name)
        for one in told.record.of(ChannelChoice)
    ]
    head = (_("When"), _("Kind"), _("How"), _("State"), _("Sent"), _("Why"), _("Put aside"))
    return section(
        _("Messages to you"),
        table(head, sent),
        table((_("Chosen"), _("How"), _("Wanted"), _("By")), wishes),
    )
