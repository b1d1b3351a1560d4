"""Addresses of the patient's pages for `consult`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.consult import (
    consents,
    identity,
    medicines,
    needs,
    pain,
    photographs,
    reading,
    research,
    signing,
    views,
)

urlpatterns = [
    path("intake/", views.MyIntakeView.as_view(), name="my_intake"),
    path("medicines/", medicines.MyMedicinesView.as_view(), name="my_medicines"),
    path("medicines/hits/", medicines.MedicineHitsView.as_view(), name="my_medicine_hits"),
    path("needs/", needs.MyNeedsView.as_view(), name="my_needs"),
    path("intake/done/", views.MyIntakeDoneView.as_view(), name="my_intake_done"),
    path("pain/", pain.MyPainView.as_view(), name="my_pain"),
    path("pain/<int:pain>/", pain.MyPainDrawingView.as_view(), name="my_pain_drawing"),
    path("consents/", consents.MyConsentsView.as_view(), name="my_consents"),
    path("consents/read/<int:case>/", reading.MyConsentTextView.as_view(), name="my_consent_text"),
    path("consents/sign/<int:release>/", signing.MyConsentSignView.as_view(), name="my_consent_sign"),
    path(
        "consents/sign/<int:release>/part/<int:part>/",
        signing.MyConsentPartView.as_view(),
        name="my_consent_part",
    ),
    path("consents/sign/<int:release>/you/", identity.MyIdentityView.as_view(), name="my_identity"),
    path(
        "consents/sign/<int:release>/you/code/",
        identity.MyIdentityCodeView.as_view(),
        name="my_identity_code",
    ),
    path("consents/<int:consent>/pdf/", consents.MyConsentPdfView.as_view(), name="my_consent_pdf"),
    path("consents/<int:consent>/", consents.MyConsentView.as_view(), name="my_consent"),
    path(
        "photograph-consents/<int:photograph_consent>/",
        photographs.MyPhotographConsentView.as_view(),
        name="my_photograph_consent",
    ),
    path(
        "research-consents/<int:research_consent>/",
        research.MyResearchConsentView.as_view(),
        name="my_research_consent",
    ),
    path(
        "photographs/<int:photograph>/picture/",
        photographs.MyPictureView.as_view(),
        name="my_photograph_picture",
    ),
]
