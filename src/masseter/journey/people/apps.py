"""The app of the room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "masseter.journey.people"
    label = "people"
