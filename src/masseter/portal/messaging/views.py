"""Which messages a patient wishes, and where the link in one leads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.journey.messaging.actions.choosing import choose_channels
from masseter.journey.messaging.devices import devices_of
from masseter.journey.messaging.models import Channel, Kind, Message
from masseter.journey.messaging.queries import first_channel, message_of, messages_to, settings_of, wishes_of
from masseter.portal.home.views import OwnPage
from masseter.ui.forms import OneField
from masseter.ui.pages import Context, FormPage

# Where the link of each kind leads, once the person has signed in.
LEADS = {
    Kind.VISIT: "my_home",
    Kind.DIARY: "my_diary",
    Kind.NEXT_VISIT: "my_follow_up",
    Kind.CONSENT: "my_consents",
    Kind.REPLY: "my_consents",
    Kind.PAPER: "my_passport",
    Kind.OFFER: "my_visits",
    Kind.CONFIRMED: "my_visits",
    Kind.MOVED: "my_visits",
    Kind.CANCELLED: "my_visits",
    Kind.ANSWER: "my_asked",
}
KIND_WORDS = {
    Kind.VISIT: _("Reminder of a visit"),
    Kind.DIARY: _("Something to fill in"),
    Kind.NEXT_VISIT: _("Time to arrange a visit"),
    Kind.CONSENT: _("Something to read"),
    Kind.REPLY: _("An answer from your clinic"),
    Kind.PAPER: _("A new paper"),
    Kind.OFFER: _("A time offered to you"),
    Kind.CONFIRMED: _("A visit that is booked"),
    Kind.MOVED: _("A visit that was moved"),
    Kind.CANCELLED: _("A visit that was cancelled"),
    Kind.ANSWER: _("An answer"),
}
CHANNEL_WORDS = {
    Channel.EMAIL: _("e-mail"),
    Channel.TEXT: _("text message"),
    Channel.PUSH: _("notification"),
}


FIRST_WORDS = {
    Channel.EMAIL: _("by e-mail"),
    Channel.TEXT: _("by text message"),
    Channel.PUSH: _("as a notification"),
}


class ChannelsForm(forms.Form):
    """On which channels messages are wished, of those that there are, and which one comes first."""

    email = forms.BooleanField(label=_("By e-mail"), required=False)
    text = forms.BooleanField(label=_("By text message"), required=False)
    push = forms.BooleanField(label=_("As a notification"), required=False)
    first = OneField(
        label=_("Which way first?"),
        choices=[],
        required=False,
        help_text=_("Where this way is not open, we take the next one that you ticked."),
    )

    def __init__(self, *args: Any, channels: tuple[Channel, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in set(Channel) - set(channels):
            del self.fields[channel.value]
        if len(channels) < 2:
            del self.fields["first"]
        else:
            self.fields["first"].choices = [(one.value, FIRST_WORDS[one]) for one in channels]  # type: ignore[attr-defined]


class MyMessagesView(OwnPage, FormPage):
    """Channels, what messages are about, and the newest ones."""

    template = "portal/messaging/messages.html"
    page_name = "Messages"
    form_class = ChannelsForm
    success = _("Your choice is saved.")
    channels: tuple[Channel, ...]

    def load(self) -> None:
        super().load()
        self.channels = (Channel.EMAIL,)
        if settings_of(self.by).sends_texts:
            self.channels += (Channel.TEXT,)
        if devices_of(self.patient):
            self.channels += (Channel.PUSH,)

    def form_options(self) -> dict[str, Any]:
        return {"channels": self.channels}

    def initial(self) -> dict[str, Any]:
        first = first_channel(self.patient)
        return {**wishes_of(self.patient), "first": first if first in self.channels else self.channels[0]}

    def context(self) -> Context:
        return {
            "patient": self.patient,
            "has_devices": Channel.PUSH in self.channels,
            "sent": [_row(one) for one in messages_to(self.by, self.patient)],
        }

    def act(self, form: forms.Form) -> str:
        choose_channels(by=self.by, patient=self.patient, **form.cleaned_data)
        return reverse("my_messages")


class MyMessageView(OwnPage):
    """The link in a message: to the page that it is about."""

    template = ""
    page_name = "Message"
    message: Message

    def load(self) -> None:
        super().load()
        self.message = message_of(self.by, self.kwargs["message"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(LEADS.get(Kind(self.message.kind), "my_home"))


def _row(message: Message) -> dict[str, object]:
    return {
        "at": message.handed_at,
        "words": KIND_WORDS.get(Kind(message.kind), message.get_kind_display()),
        "channel": CHANNEL_WORDS.get(Channel(message.channel), ""),
    }
