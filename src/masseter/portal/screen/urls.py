"""Addresses of the public pages: nobody needs an account here."""

from __future__ import annotations

from django.urls import path

from masseter.portal.screen import appointment, self_check, views

urlpatterns = [
    path("", views.TreatmentView.as_view(), name="treatment_page"),
    path("conditions/<str:condition>/", views.ConditionView.as_view(), name="condition_page"),
    path("self-check/", self_check.StartView.as_view(), name="self_check_start"),
    path("self-check/<str:condition>/", self_check.SelfCheckView.as_view(), name="self_check"),
    path("appointment/", appointment.AskView.as_view(), name="ask_appointment"),
    path("appointment/asked/", appointment.AskedView.as_view(), name="appointment_asked"),
]
