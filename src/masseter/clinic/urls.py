"""Addresses of what clinicians see, room by room."""

from __future__ import annotations

from django.urls import include, path

ROOMS = (
    "home",
    "people",
    "stock",
    "calendar",
    "screen",
    "consult",
    "plan",
    "inject",
    "recover",
    "results",
    "cycles",
    "follow_up",
    "messaging",
    "record",
    "administration",
)
urlpatterns = [path("", include(f"masseter.clinic.{room}.urls")) for room in ROOMS]
