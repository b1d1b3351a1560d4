"""The app of the room `record`."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "masseter.journey.record"
    label = "record"
