"""Addresses of the clinic's pages for `calendar`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.calendar import views

urlpatterns = [
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("calendar/add/", views.AddAppointmentView.as_view(), name="appointment_add"),
    path("calendar/<int:appointment>/", views.AppointmentView.as_view(), name="appointment"),
    path("calendar/<int:appointment>/move/", views.MoveView.as_view(), name="appointment_move"),
    path("calendar/<int:appointment>/state/", views.StateView.as_view(), name="appointment_state"),
]
