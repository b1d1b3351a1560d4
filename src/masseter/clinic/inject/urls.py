"""Addresses of the clinic's pages for `inject`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.inject.views import amend, billing, chair, line, paper, prepare, show

urlpatterns = [
    path("plans/<int:plan>/inject/", prepare.PrepareView.as_view(), name="treatment_prepare"),
    path("plans/<int:plan>/vial/", prepare.OpenVialView.as_view(), name="vial_open"),
    path("chair/<int:plan>/", chair.ChairView.as_view(), name="chair"),
    path("chair/<int:plan>/line/", line.LineView.as_view(), name="chair_line"),
    path("chair/<int:plan>/check/", line.ChairCheckView.as_view(), name="chair_check"),
    path("chair/key/", line.ChairKeyView.as_view(), name="chair_key"),
    path("chair/shell/", line.ChairShellView.as_view(), name="chair_shell"),
    path("chair/worker.js", line.worker, name="chair_worker"),
    path("treatments/<int:treatment>/", show.TreatmentView.as_view(), name="treatment"),
    path("treatments/<int:treatment>/correct/", amend.AmendView.as_view(), name="treatment_amend"),
    path("billing/", billing.BillingView.as_view(), name="billing"),
    path("treatments/<int:treatment>/billing/", billing.ClaimView.as_view(), name="treatment_billing"),
    path("treatments/<int:treatment>/billing.pdf", billing.ClaimPdfView.as_view(), name="billing_pdf"),
    path("treatments/<int:treatment>/billing.csv", billing.ClaimCsvView.as_view(), name="billing_csv"),
    path("treatments/<int:treatment>/record.pdf", paper.RecordView.as_view(), name="treatment_pdf"),
    path("treatments/<int:treatment>/aftercare.pdf", paper.AftercareView.as_view(), name="aftercare_pdf"),
]
