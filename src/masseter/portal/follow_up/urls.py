"""Addresses of the patient's pages for `follow_up`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.follow_up import views

urlpatterns = [
    path("follow-up/", views.MyFollowUpView.as_view(), name="my_follow_up"),
]
