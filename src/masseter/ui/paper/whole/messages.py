"""Messages that went to the patient, and which channels are wanted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.messaging.models import ChannelChoice, Device, Message
from masseter.ui.paper.whole.blocks import Told, section, table, yes_no


def messages(told: Told) -> dict[str, object]:
    """Each message with what became of it, each choice of a channel, the devices for notifications."""
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
    devices = [
        (told.at(one.created_at), one.label, told.at(one.ended_at), one.ended_reason)
        for one in told.record.of(Device)
    ]
    head = (_("When"), _("Kind"), _("How"), _("State"), _("Sent"), _("Why"), _("Put aside"))
    return section(
        _("Messages to you"),
        table(head, sent),
        table((_("Chosen"), _("How"), _("Wanted"), _("By")), wishes),
        table((_("Since"), _("Device"), _("Ended"), _("Why")), devices),
    )
