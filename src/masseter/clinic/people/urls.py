"""Addresses of the clinic's pages for `people`."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
