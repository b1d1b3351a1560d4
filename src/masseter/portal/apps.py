"""The app of the room `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "masseter.portal"
    label = "masseter_portal"
