"""The app of the room `calendar`."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "masseter.journey.calendar"
    label = "calendar"
