"""The app of the room `reminding`. It has no table: it reads what is due and writes messages."""

from django.apps import AppConfig


class RemindingConfig(AppConfig):
    name = "masseter.journey.reminding"
    label = "reminding"
