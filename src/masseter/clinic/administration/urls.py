"""Addresses of the clinic's pages for `administration`."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
