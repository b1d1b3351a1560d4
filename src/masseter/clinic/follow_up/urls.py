"""Addresses of the clinic's pages for `follow_up`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.follow_up import payer_views, views

urlpatterns = [
    path("cases/<int:case>/review/", views.AddReviewView.as_view(), name="review_add"),
    path("reviews/<int:review>/", views.ReviewView.as_view(), name="review"),
    path("cases/<int:case>/payer/", payer_views.WritePayerLetterView.as_view(), name="payer_write"),
    path("payer-letters/<int:letter>/", payer_views.PayerLetterView.as_view(), name="payer_letter"),
    path(
        "payer-letters/<int:letter>/letter.pdf",
        payer_views.PayerLetterPdfView.as_view(),
        name="payer_letter_pdf",
    ),
    path("recalls/", views.RecallsView.as_view(), name="recalls"),
    path("recalls/<int:recall>/", views.RecallView.as_view(), name="recall"),
]
