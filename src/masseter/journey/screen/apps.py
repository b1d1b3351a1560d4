"""The app of the room `screen`."""

from django.apps import AppConfig


class ScreenConfig(AppConfig):
    name = "masseter.journey.screen"
    label = "screen"
