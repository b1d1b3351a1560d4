"""Addresses of the clinic's pages over several cycles."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.cycles import views

urlpatterns = [
    path("cases/<int:case>/compare/", views.CompareView.as_view(), name="compare"),
    path("cases/<int:case>/map/", views.HeatView.as_view(), name="heat"),
    path("cases/<int:case>/cycles/", views.CyclesView.as_view(), name="cycles"),
]
