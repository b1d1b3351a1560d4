"""Addresses of the clinic's pages for `people`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.people import carers, home, views

urlpatterns = [
    path("patients/", views.PeopleView.as_view(), name="people"),
    path("patients/add/", views.AddPatientView.as_view(), name="patient_add"),
    path("patients/<int:patient>/", home.PatientView.as_view(), name="patient"),
    path("patients/<int:patient>/change/", views.ChangePatientView.as_view(), name="patient_change"),
    path("patients/<int:patient>/merge/", views.MergeView.as_view(), name="patient_merge"),
    path("patients/<int:patient>/looks/", views.LooksView.as_view(), name="patient_looks"),
    path("patients/<int:patient>/carers/", carers.CarersView.as_view(), name="patient_carers"),
    path("carers/<int:proxy>/end/", carers.EndCarerView.as_view(), name="carer_end"),
    path("patients/<int:patient>/portal/", views.OpenPortalView.as_view(), name="patient_portal"),
    path(
        "patients/<int:patient>/portal/close/", views.ClosePortalView.as_view(), name="patient_portal_close"
    ),
]
