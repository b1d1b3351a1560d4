"""The app of the room `stock`."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "masseter.journey.stock"
    label = "stock"
