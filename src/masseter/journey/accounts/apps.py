"""The app of the room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "masseter.journey.accounts"
    label = "accounts"
