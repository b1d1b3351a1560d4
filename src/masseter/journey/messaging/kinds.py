"""The shipped words of each kind of message, and what they may name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from masseter.journey.messaging.models import Kind

# Languages that words can be kept in; the shipped words of a language come with its translation.
LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "ar": "Arabic"}
# What words may name, with what it stands for.
PLACEHOLDERS = {
    "first_name": "the patient's first given name",
    "clinic": "the name of the clinic in messages",
    "link": "the address that leads to it, after signing in",
    "phone": "the clinic's telephone number",
    "day": "the day of the visit",
    "time": "the time of the visit",
}
_ALWAYS = ("first_name", "clinic", "link", "phone")


@dataclass(frozen=True, kw_only=True)
class Words:
    """Subject and body of a mail, and a text message, with placeholders in braces."""

    subject: str
    body: str
    text: str


@dataclass(frozen=True, kw_only=True)
class KindOf:
    """One kind: its shipped words and what they may name; `is_immediate`: quiet hours do not hold it.

    `leads`: the page that the link leads to where the message goes to no patient. `is_for_staff`: written in
    English, without words of the clinic's own.
    """

    words: Words
    names: tuple[str, ...] = _ALWAYS
    is_immediate: bool = False
    leads: str = ""
    is_for_staff: bool = False


KINDS: dict[str, KindOf] = {
    Kind.VISIT: KindOf(
        words=Words(
            subject=_("A reminder from {clinic}"),
            body=_(
                "You have a visit at {clinic} on {day} at {time}.\n\n"
                "To see it, open this page, after signing in:\n{link}\n\n"
                "If you cannot come, please call {phone}."
            ),
            text=_("{clinic}: your visit is on {day} at {time}. If you cannot come, call {phone}."),
        ),
        names=(*_ALWAYS, "day", "time"),
    ),
    Kind.DIARY: KindOf(
        words=Words(
            subject=_("A few minutes for {clinic}"),
            body=_(
                "{clinic} asks you for a minute: there is something to fill in.\n\n"
                "Open this page, after signing in:\n{link}\n\nQuestions? Call {phone}."
            ),
            text=_("{clinic}: there is something to fill in for you. {link}"),
        )
    ),
    Kind.NEXT_VISIT: KindOf(
        words=Words(
            subject=_("Your next visit at {clinic}"),
            body=_(
                "It is time to arrange your next visit at {clinic}. Please call {phone}.\n\n"
                "What comes next is on this page, after signing in:\n{link}"
            ),
            text=_("{clinic}: it is time to arrange your next visit. Please call {phone}."),
        )
    ),
    Kind.CONSENT: KindOf(
        words=Words(
            subject=_("Something to read from {clinic}"),
            body=_(
                "{clinic} has something for you to read before your next visit.\n\n"
                "Open this page, after signing in:\n{link}\n\nQuestions? Call {phone}."
            ),
            text=_("{clinic}: there is something to read before your next visit. {link}"),
        )
    ),
    Kind.REPLY: KindOf(
        words=Words(
            subject=_("An answer from {clinic}"),
            body=_(
                "{clinic} has answered you.\n\n"
                "Open this page, after signing in:\n{link}\n\nQuestions? Call {phone}."
            ),
            text=_("{clinic}: there is an answer for you. {link}"),
        )
    ),
    Kind.PAPER: KindOf(
        words=Words(
            subject=_("A new paper from {clinic}"),
            body=_(
                "There is a new paper for you from {clinic}.\n\n"
                "Open this page, after signing in:\n{link}\n\nQuestions? Call {phone}."
            ),
            text=_("{clinic}: there is a new paper for you. {link}"),
        )
    ),
    Kind.REQUEST: KindOf(
        words=Words(
            subject=_("Your request to {clinic}"),
            body=_(
                "Thank you for writing to {clinic}.\n\nYour request for an appointment has arrived. "
                "Somebody will answer on one of the next working days.\n\n"
                "If you did not ask for one, you need do nothing."
            ),
            text="",
        ),
        names=("clinic", "phone"),
        is_immediate=True,
    ),
    Kind.ANSWER: KindOf(
        words=Words(
            subject=_("An answer from {clinic}"),
            body=_(
                "{clinic} has answered what you asked.\n\n"
                "Open this page, after signing in:\n{link}\n\nQuestions? Call {phone}."
            ),
            text=_("{clinic} has answered what you asked. {link}"),
        )
    ),
    Kind.ALARM: KindOf(
        words=Words(
            subject="A message waits at {clinic}",
            body=(
                "Somebody wrote to {clinic} in Masseter and was told to call, or to get help.\n\n"
                "It stands at the top of the list of today:\n{link}\n\n"
                "Please look now. This message says no more, because e-mail is not private."
            ),
            text="",
        ),
        names=("clinic", "link"),
        is_immediate=True,
        leads="start",
        is_for_staff=True,
    ),
    Kind.OFFER: KindOf(
        words=Words(
            subject=_("A time for you at {clinic}"),
            body=_(
                "{clinic} offers you a time: {day} at {time}.\n\n"
                "To say yes or no, and to see until when it is kept for you, open this page, "
                "after signing in:\n{link}\n\nQuestions? Call {phone}."
            ),
            text=_("{clinic} offers you a time: {day} at {time}. Please answer soon: {link}"),
        ),
        names=(*_ALWAYS, "day", "time"),
    ),
    Kind.CONFIRMED: KindOf(
        words=Words(
            subject=_("Your visit at {clinic}"),
            body=_(
                "Your visit at {clinic} is booked: {day} at {time}.\n\n"
                "To see it, open this page, after signing in:\n{link}\n\n"
                "If you cannot come, please call {phone}."
            ),
            text=_("{clinic}: your visit is booked for {day} at {time}. If you cannot come, call {phone}."),
        ),
        names=(*_ALWAYS, "day", "time"),
    ),
    Kind.MOVED: KindOf(
        words=Words(
            subject=_("A new time for your visit at {clinic}"),
            body=_(
                "Your visit at {clinic} has a new time: {day} at {time}.\n\n"
                "To see it, open this page, after signing in:\n{link}\n\n"
                "If you cannot come, please call {phone}."
            ),
            text=_("{clinic}: your visit has a new time: {day} at {time}. If you cannot come, call {phone}."),
        ),
        names=(*_ALWAYS, "day", "time"),
    ),
    Kind.CANCELLED: KindOf(
        words=Words(
            subject=_("Your visit at {clinic} is cancelled"),
            body=_(
                "The visit at {clinic} on {day} at {time} will not take place.\n\n"
                "To see your visits, or to ask for another time, open this page, "
                "after signing in:\n{link}\n\nQuestions? Call {phone}."
            ),
            text=_("{clinic}: the visit on {day} at {time} will not take place. Questions? Call {phone}."),
        ),
        names=(*_ALWAYS, "day", "time"),
    ),
}
IMMEDIATE = frozenset(kind for kind, one in KINDS.items() if one.is_immediate)
TO_PATIENTS = tuple(kind for kind, one in KINDS.items() if not one.is_for_staff)
