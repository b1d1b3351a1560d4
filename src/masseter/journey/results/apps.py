"""The app of the room `results`."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "masseter.journey.results"
    label = "results"
