"""The app of the room `clinic`."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "masseter.clinic"
    label = "masseter_clinic"
