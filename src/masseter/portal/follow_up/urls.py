"""Addresses of the patient's pages for `follow_up`."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
