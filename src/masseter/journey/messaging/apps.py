"""The app of the room `messaging`."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "masseter.journey.messaging"
    label = "messaging"
