"""Addresses of the patient's pages for `calendar`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.calendar import ask, views

urlpatterns = [
    path("visits/", views.MyVisitsView.as_view(), name="my_visits"),
    path("visits/ask/", ask.AskKindView.as_view(), name="my_visit_kinds"),
    path("visits/ask/<str:kind>/", ask.AskTimeView.as_view(), name="my_visit_ask"),
    path("visits/<int:appointment>/file.ics", views.MyVisitFileView.as_view(), name="my_visit_file"),
    path("visits/<int:appointment>/answer/", views.MyOfferView.as_view(), name="my_offer"),
    path("visits/<int:appointment>/cancel/", views.MyCancelView.as_view(), name="my_visit_cancel"),
    path("visits/waiting/<int:waiting>/end/", views.MyWaitEndView.as_view(), name="my_waiting_end"),
]
