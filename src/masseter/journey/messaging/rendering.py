"""From a message to the envelope that a provider takes: channel, address, words and links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.messaging.devices import devices_of, target_of
from masseter.journey.messaging.kinds import KINDS, LANGUAGES, Words
from masseter.journey.messaging.models import Channel, Device, Kind, Message
from masseter.journey.messaging.providers.interface import Envelope, Target
from masseter.journey.messaging.queries import first_channel, refused_channels, settings_of, text_of
from masseter.journey.messaging.tokens import stop_token
from masseter.journey.messaging.wording import Filled, fill, first_name, one_line
from masseter.journey.people.models import Patient

FALLBACK = "en"
_FEWEST_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a message goes: by which channel, to which address; for a notification, to which device."""

    channel: str
    address: str
    device: Device | None = None
    target: Target | None = None


def ways_of(
    message: Message, able: Collection[str], *, texts: bool, passed: Collection[str] = ()
) -> list[Way]:
    """The ways of one channel: first the one that the patient wishes, then mail, then the others.

    `able`: the channels with a provider. `passed`: addresses that are done with. A channel that a hand-over
    began with is kept, so that a repeat stays the same message. Empty where nothing is left.
    """
    patient = message.patient
    if patient is None:
        mail = Way(channel=Channel.EMAIL, address=message.address)
        return [mail] if Channel.EMAIL in able else []
    refused = refused_channels([patient.pk]).get(patient.pk, set())
    open_ones = [one for one in able if one not in refused and (texts or one != Channel.TEXT)]
    first = first_channel(patient)
    for channel in sorted(Channel, key=lambda one: one != first):
        if channel not in open_ones or message.channel not in ("", channel):
            continue
        ways = [one for one in _ways_on(message, patient, channel) if one.address not in passed]
        if ways:
            return ways
    return []


def _ways_on(message: Message, patient: Patient, channel: Channel) -> Iterator[Way]:
    if channel == Channel.PUSH:
        # Who cannot sign in any more could not open what the notification leads to.
        for device in devices_of(patient) if patient.user_id is not None else ():
            target = target_of(device)
            if target is not None:
                address = f"{device.label} (device {device.pk})"
                yield Way(channel=channel, address=address, device=device, target=target)
    elif _has_words(message.kind, channel) and address_on(patient, channel):
        yield Way(channel=channel, address=address_on(patient, channel))


def address_on(patient: Patient, channel: str) -> str:
    """The patient's address on e-mail or text messages; empty where there is none."""
    if channel == Channel.EMAIL:
        return patient.email
    number = re.sub(r"[^\d+]", "", patient.phone)
    return number if sum(sign.isdigit() for sign in number) >= _FEWEST_DIGITS else ""


def envelope_of(by: Actor, clinic: Clinic, message: Message, way: Way) -> Envelope:
    """The message as it goes out, in the person's language."""
    language = message.language if message.language in LANGUAGES else FALLBACK
    sender = one_line(settings_of(by).sender_name or clinic.name)
    stop_url = _url("stop_messages") + f"?m={stop_token(by.clinic_id, message.pk)}" if message.patient else ""
    with translation.override(language):
        if way.channel == Channel.PUSH:
            return _notification(message, way, sender, language)
        filled = _filled(by, clinic, message, way.channel, language, sender)
        body = filled.body
        if way.channel == Channel.EMAIL and stop_url:
            body += "\n\n-- \n" + _("No more of these messages: %(link)s") % {"link": stop_url} + "\n"
        elif stop_url:
            body += " " + _("Stop: %(link)s") % {"link": stop_url}
    return Envelope(
        key=message.provider_key,
        to=way.address,
        sender=sender,
        subject=filled.subject,
        body=body,
        stop_url=stop_url,
        language=language,
    )


def _notification(message: Message, way: Way, sender: str, language: str) -> Envelope:
    """The same few words whatever it is about: a notification lies open on a locked screen."""
    return Envelope(
        key=message.provider_key,
        to=way.address,
        sender=sender,
        subject=sender,
        body=_("There is something for you. Open it and sign in."),
        language=language,
        target=way.target,
        link=reverse("my_message", args=[message.pk]),
    )


def shipped_words(kind: str, language: str) -> Words:
    """The words that hold where a clinic has none of its own, in a language that has them."""
    words = KINDS[kind].words
    with translation.override(language):
        return Words(subject=_(words.subject), body=_(words.body), text=_(words.text) if words.text else "")


def specimen(by: Actor, clinic: Clinic, kind: str, language: str, channel: str, at: datetime) -> Filled:
    """What a message looks like, to a patient called Ada."""
    patient = Patient(given_names="Ada") if kind != Kind.REQUEST else None
    message = Message(kind=kind, language=language, patient=patient, starts_at=at)
    sender = one_line(settings_of(by).sender_name or clinic.name)
    with translation.override(language):
        return _filled(by, clinic, message, channel, language, sender)


def _filled(by: Actor, clinic: Clinic, message: Message, channel: str, language: str, sender: str) -> Filled:
    shipped, own = KINDS[message.kind].words, text_of(by, message.kind, language)
    values = {
        "first_name": first_name(message.patient.given_names) if message.patient else "",
        "clinic": sender,
        "phone": one_line(clinic.phone),
        "link": _link(message),
    }
    if message.starts_at is not None:
        local = message.starts_at.astimezone(ZoneInfo(by.zone))
        values |= {"day": date_format(local, _("l j F")), "time": date_format(local, "H:i")}
    subject = (own and own.subject) or _(shipped.subject)
    if channel == Channel.TEXT:
        body = (own and own.text) or (_(shipped.text) if shipped.text else "")
    else:
        body = (own and own.body) or _(shipped.body)
    return Filled(subject=one_line(fill(subject, values)), body=fill(body, values))


def _link(message: Message) -> str:
    if message.patient is not None:
        return _url("my_message", message.pk or 1)
    leads = KINDS[message.kind].leads
    return _url(leads) if leads else ""


def _has_words(kind: str, channel: str) -> bool:
    return channel == Channel.EMAIL or bool(KINDS[kind].words.text)


def _url(name: str, *args: int) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name, args=args)
