"""Addresses of the clinic's pages for `calendar`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.calendar import booking, setup, views, waiting

urlpatterns = [
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("calendar/add/", booking.AddAppointmentView.as_view(), name="appointment_add"),
    path("calendar/<int:appointment>/", views.AppointmentView.as_view(), name="appointment"),
    path("calendar/<int:appointment>/file.ics", views.AppointmentFileView.as_view(), name="appointment_file"),
    path("calendar/<int:appointment>/move/", booking.MoveView.as_view(), name="appointment_move"),
    path("calendar/<int:appointment>/state/", views.StateView.as_view(), name="appointment_state"),
    path("calendar/<int:appointment>/fill/", waiting.FillView.as_view(), name="appointment_fill"),
    path("calendar/waiting/", waiting.WaitingListView.as_view(), name="waiting_list"),
    path("calendar/waiting/add/", waiting.AddWaitingView.as_view(), name="waiting_add"),
    path("calendar/waiting/<int:waiting>/", waiting.WaitingView.as_view(), name="waiting"),
    path("calendar/waiting/<int:waiting>/off/", waiting.StopWaitingView.as_view(), name="waiting_off"),
    path("calendar/setup/", setup.SetupView.as_view(), name="calendar_setup"),
    path("calendar/setup/length/<str:kind>/", setup.VisitTypeView.as_view(), name="visit_type"),
    path("calendar/setup/rooms/add/", setup.AddRoomView.as_view(), name="room_add"),
    path("calendar/setup/rooms/<int:room>/", setup.RenameRoomView.as_view(), name="room_rename"),
    path("calendar/setup/rooms/<int:room>/close/", setup.CloseRoomView.as_view(), name="room_close"),
    path("calendar/setup/hours/<int:person>/", setup.HoursView.as_view(), name="hours"),
    path("calendar/setup/away/", setup.AddAbsenceView.as_view(), name="absence_add"),
    path("calendar/setup/away/<int:absence>/end/", setup.EndAbsenceView.as_view(), name="absence_end"),
]
