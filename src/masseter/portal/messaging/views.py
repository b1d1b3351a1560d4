"""Which messages a patient wishes, and where the link in one leads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.journey.messaging.actions.choosing import choose_channels
from masseter.journey.messaging.models import Channel, Kind, Message
from masseter.journey.messaging.queries import message_of, messages_to, settings_of, wishes_of
from masseter.portal.home.views import OwnPage
from masseter.ui.pages import Context, FormPage

# Where the link of each kind leads, once the person has signed in.
LEADS = {
    Kind.VISIT: "my_home",
    Kind.DIARY: "my_diary",
    Kind.NEXT_VISIT: "my_follow_up",
    Kind.CONSENT: "my_consents",
    Kind.PAPER: "my_passport",
    Kind.OFFER: "my_visits",
    Kind.CONFIRMED: "my_visits",
    Kind.MOVED: "my_visits",
    Kind.CANCELLED: "my_visits",
}
KIND_WORDS = {
    Kind.VISIT: _("Reminder of a visit"),
    Kind.DIARY: _("Something to fill in"),
    Kind.NEXT_VISIT: _("Time to arrange a visit"),
    Kind.CONSENT: _("Something to read"),
    Kind.PAPER: _("A new paper"),
    Kind.OFFER: _("A time offered to you"),
    Kind.CONFIRMED: _("A visit that is booked"),
    Kind.MOVED: _("A visit that was moved"),
    Kind.CANCELLED: _("A visit that was cancelled"),
}
CHANNEL_WORDS = {Channel.EMAIL: _("e-mail"), Channel.TEXT: _("text message")}


class ChannelsForm(forms.Form):
    """On which channels messages are wished."""

    email = forms.BooleanField(label=_("By e-mail"), required=False)
    text = forms.BooleanField(label=_("By text message"), required=False)


class MyMessagesView(OwnPage, FormPage):
    """Channels, what messages are about, and the newest ones."""

    template = "portal/messaging/messages.html"
    page_name = "Messages"
    form_class = ChannelsForm
    success = _("Your choice is saved.")

    def initial(self) -> dict[str, Any]:
        return wishes_of(self.patient)

    def context(self) -> Context:
        return {
            "patient": self.patient,
            "sends_texts": settings_of(self.by).sends_texts,
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
