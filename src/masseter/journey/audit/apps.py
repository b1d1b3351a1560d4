"""The app of the room `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "masseter.journey.audit"
    label = "audit"
