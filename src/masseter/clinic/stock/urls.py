"""Addresses of the clinic's pages for `stock`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.stock import labelling, views

urlpatterns = [
    path("stock/", views.StockView.as_view(), name="stock"),
    path("stock/receive/", views.ReceiveView.as_view(), name="lot_receive"),
    path("stock/lots/<int:lot>/", views.LotView.as_view(), name="lot"),
    path("stock/vials/<int:vial>/", views.VialView.as_view(), name="vial"),
    path("stock/vials/<int:vial>/label.pdf", labelling.VialLabelView.as_view(), name="vial_label"),
]
