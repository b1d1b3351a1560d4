"""Addresses of the patient's pages for `screen`."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
