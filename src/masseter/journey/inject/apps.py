"""The app of the room `inject`."""

from django.apps import AppConfig


class InjectConfig(AppConfig):
    name = "masseter.journey.inject"
    label = "inject"
