"""Which provider carries what in this installation."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from masseter.journey.messaging.models import Channel
from masseter.journey.messaging.providers.folder import FolderProvider
from masseter.journey.messaging.providers.interface import Provider
from masseter.journey.messaging.providers.mail import MailProvider
from masseter.journey.messaging.providers.push import PushProvider
from masseter.journey.messaging.providers.web import WebProvider

Providers = Mapping[str, Provider]


def providers() -> Providers:
    """The providers by channel. Without a gateway, text messages go to a folder, but not in production."""
    found: dict[str, Provider] = {Channel.EMAIL: MailProvider(), Channel.PUSH: PushProvider()}
    if settings.TEXT_URL:
        found[Channel.TEXT] = WebProvider(settings.TEXT_URL, settings.TEXT_TOKEN)
    elif not settings.IS_PRODUCTION:
        found[Channel.TEXT] = FolderProvider(settings.TEXT_FOLDER)
    return found
