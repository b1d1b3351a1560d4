"""The app of the room `recover`."""

from django.apps import AppConfig


class RecoverConfig(AppConfig):
    name = "masseter.journey.recover"
    label = "recover"
