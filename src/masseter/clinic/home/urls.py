"""Addresses of the clinic's pages for `home`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.home import views

urlpatterns = [path("", views.HomeView.as_view(), name="clinic_home")]
