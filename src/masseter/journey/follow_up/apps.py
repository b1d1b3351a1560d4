"""The app of the room `follow_up`."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    name = "masseter.journey.follow_up"
    label = "follow_up"
