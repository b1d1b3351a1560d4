"""The app of the room `config`."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "masseter.config"
    label = "masseter_config"
