"""The look that all pages share."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "masseter.ui"
    label = "ui"
    verbose_name = "Look"
