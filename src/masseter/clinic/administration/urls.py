"""Addresses of the clinic's pages for `administration`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.administration import letterhead, views

urlpatterns = [
    path("staff/", views.StaffPage.as_view(), name="staff"),
    path("staff/add/", views.AddStaffPage.as_view(), name="staff_add"),
    path("staff/<int:membership>/end/", views.EndRolePage.as_view(), name="role_end"),
    path("letterhead/", letterhead.LetterheadView.as_view(), name="letterhead"),
    path("letterhead/sample.pdf", letterhead.SampleView.as_view(), name="letterhead_sample"),
    path("audit/", views.AuditTrailPage.as_view(), name="audit_trail"),
    path("knowledge/", views.KnowledgePage.as_view(), name="knowledge"),
]
