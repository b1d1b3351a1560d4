"""The app of the room `plan`."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "masseter.journey.plan"
    label = "plan"
