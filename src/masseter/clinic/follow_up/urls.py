"""Addresses of the clinic's pages for `follow_up`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.follow_up import views

urlpatterns = [
    path("cases/<int:case>/review/", views.AddReviewView.as_view(), name="review_add"),
    path("reviews/<int:review>/", views.ReviewView.as_view(), name="review"),
    path("recalls/", views.RecallsView.as_view(), name="recalls"),
    path("recalls/<int:recall>/", views.RecallView.as_view(), name="recall"),
]
