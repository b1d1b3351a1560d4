"""Addresses of the clinic's pages for `record`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.record import views

urlpatterns = [
    path("records/asked/", views.AskedListView.as_view(), name="asked_list"),
    path("records/asked/<int:asked>/", views.AskedView.as_view(), name="asked"),
    path("records/retention/", views.RetentionView.as_view(), name="retention"),
]
