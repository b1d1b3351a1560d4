"""Addresses of the patient's pages about the record as a whole."""

from __future__ import annotations

from django.urls import path

from masseter.portal.record import views

urlpatterns = [
    path("record/", views.MyRecordView.as_view(), name="my_record"),
    path("record/everything.pdf", views.MyRecordPaperView.as_view(), name="my_record_paper"),
    path("record/everything.json", views.MyRecordBundleView.as_view(), name="my_record_bundle"),
]
