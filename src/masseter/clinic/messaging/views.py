"""What the desk sees of messages: those that did not arrive, and the newest of the others."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.urls import reverse

from masseter.clinic.messaging.forms import MendForm
from masseter.clinic.messaging.presenters import message_row
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.actions.settling import correct_address, put_message_aside, try_message_again
from masseter.journey.messaging.models import Channel, Message
from masseter.journey.messaging.queries import message_of, newest_messages, not_arrived, waiting_count
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.records import RecordPage

DONE = {
    "again": "The message goes out again.",
    "correct": "The address is corrected, and the message goes out again.",
    "aside": "The message is put aside.",
}


class MessagesView(Page):
    """The list of the desk."""

    right: ClassVar = Right.KEEP_PEOPLE
    template = "clinic/messaging/messages.html"

    def context(self) -> Context:
        return {
            "lost": [message_row(one) for one in not_arrived(self.by)],
            "others": [message_row(one) for one in newest_messages(self.by)],
            "waiting": waiting_count(self.by),
            "may_decide": self.by.may(Right.KEEP_MESSAGES),
        }


class MessageView(RecordPage, FormPage):
    """One message: why it did not arrive, and what to do about it."""

    right: ClassVar = Right.KEEP_PEOPLE
    template = "clinic/messaging/message.html"
    page_name = "Message"
    form_class = MendForm
    message: Message

    def load(self) -> None:
        self.message = message_of(self.by, self.kwargs["message"])

    def shown_record(self) -> ClinicOwned:
        return self.message.patient or self.message

    def form_options(self) -> dict[str, Any]:
        return {"has_address": self.message.patient is not None and self.message.channel != Channel.PUSH}

    def context(self) -> Context:
        return {
            "row": message_row(self.message),
            "hand_overs": list(self.message.hand_overs.all()),
            "is_at_fault": self.message.is_at_fault,
        }

    def act(self, form: forms.Form) -> str:
        what = form.cleaned_data["what"]
        if what == "correct":
            correct_address(by=self.by, message=self.message, address=form.cleaned_data["address"])
        elif what == "again":
            try_message_again(by=self.by, message=self.message)
        else:
            put_message_aside(by=self.by, message=self.message)
        messages.success(self.request, DONE[what])
        return reverse("messages")
