"""Addresses of what patients see after signing in, room by room. The public pages are in `screen`."""

from __future__ import annotations

from django.urls import include, path

ROOMS = ("home", "record", "consult", "recover", "results", "follow_up", "calendar", "messaging")
urlpatterns = [path("", include(f"masseter.portal.{room}.urls")) for room in ROOMS]
