"""Addresses of the patient's pages for `recover`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.recover import felt, views

urlpatterns = [
    path("aftercare/", views.MyAftercareView.as_view(), name="my_aftercare"),
    path("symptoms/", views.MySymptomsView.as_view(), name="my_symptoms"),
    path("symptoms/<int:check>/", views.MyCheckView.as_view(), name="my_symptom_check"),
    path("unwanted-effect/", views.MyAdverseView.as_view(), name="my_adverse"),
    path("unwanted-effect/<int:adverse>/", views.MyAdverseToldView.as_view(), name="my_adverse_told"),
    path("felt/", felt.MyFeltView.as_view(), name="my_felt"),
    path("felt/<int:mark>/take-back/", felt.MyTakeBackView.as_view(), name="my_felt_back"),
]
