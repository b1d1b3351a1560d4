"""The app of the room `consult`."""

from django.apps import AppConfig


class ConsultConfig(AppConfig):
    name = "masseter.journey.consult"
    label = "consult"
