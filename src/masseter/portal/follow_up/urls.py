"""Addresses of the patient's pages for `follow_up`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.follow_up import passport, views

urlpatterns = [
    path("follow-up/", views.MyFollowUpView.as_view(), name="my_follow_up"),
    path("passport/", passport.MyPassportView.as_view(), name="my_passport"),
    path("passport/pdf/", passport.MyPassportPaperView.as_view(), name="my_passport_pdf"),
]
