"""Addresses of the patient's pages for `home`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.home import views

urlpatterns = [
    path("", views.MyHomeView.as_view(), name="my_home"),
    path("access/", views.MyAccessView.as_view(), name="my_access"),
]
