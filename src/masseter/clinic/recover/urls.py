"""Addresses of the clinic's pages for `recover`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.recover import views

urlpatterns = [
    path("treatments/<int:treatment>/symptoms/", views.SymptomsView.as_view(), name="symptoms"),
    path("symptoms/<int:check>/", views.CheckView.as_view(), name="symptom_check"),
    path("cases/<int:case>/adverse/", views.AdverseListView.as_view(), name="adverse_list"),
    path("treatments/<int:treatment>/adverse/", views.AddAdverseView.as_view(), name="adverse_add"),
    path("adverse/<int:adverse>/", views.AdverseView.as_view(), name="adverse"),
    path("stock/lots/<int:lot>/effects/", views.LotEffectsView.as_view(), name="lot_effects"),
]
