"""Addresses of the clinic's pages for `screen`: the inbox of requests."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.screen import views

urlpatterns = [
    path("requests/", views.ReferralsView.as_view(), name="referrals"),
    path("requests/<int:referral>/", views.ReferralView.as_view(), name="referral"),
    path("requests/<int:referral>/accept/", views.AcceptView.as_view(), name="referral_accept"),
    path("requests/<int:referral>/decline/", views.DeclineView.as_view(), name="referral_decline"),
]
