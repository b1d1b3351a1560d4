"""Addresses of the clinic's pages for `stock`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.stock import alert_views, labelling, needs_views, storage_views, views

urlpatterns = [
    path("stock/", views.StockView.as_view(), name="stock"),
    path("stock/receive/", views.ReceiveView.as_view(), name="lot_receive"),
    path("stock/lots/<int:lot>/", views.LotView.as_view(), name="lot"),
    path("stock/vials/<int:vial>/", views.VialView.as_view(), name="vial"),
    path("stock/vials/<int:vial>/label.pdf", labelling.VialLabelView.as_view(), name="vial_label"),
    path("stock/lots/<int:lot>/move/", storage_views.MoveView.as_view(), name="vials_move"),
    path("stock/storage/", storage_views.StorageView.as_view(), name="storage"),
    path("stock/storage/new/", storage_views.AddUnitView.as_view(), name="unit_add"),
    path("stock/storage/<int:unit>/", storage_views.UnitView.as_view(), name="unit"),
    path("stock/storage/<int:unit>/read/", storage_views.ReadOffView.as_view(), name="temperature_add"),
    path("stock/storage/<int:unit>/import/", storage_views.ImportView.as_view(), name="temperature_import"),
    path("stock/excursions/<int:excursion>/", storage_views.ExcursionView.as_view(), name="excursion"),
    path("stock/needs/", needs_views.NeedsView.as_view(), name="stock_needs"),
    path("stock/balance/", needs_views.BalanceView.as_view(), name="stock_balance"),
    path("stock/alerts/", alert_views.AlertsView.as_view(), name="alerts"),
    path("stock/alerts/new/", alert_views.EnterAlertView.as_view(), name="alert_add"),
    path("stock/alerts/<int:alert>/", alert_views.AlertView.as_view(), name="alert"),
    path("stock/alerts/<int:alert>/people.csv", alert_views.AlertListView.as_view(), name="alert_list"),
    path(
        "stock/alerts/<int:alert>/letters.pdf", alert_views.AlertLettersView.as_view(), name="alert_letters"
    ),
    path(
        "stock/alerts/<int:alert>/people/<int:patient>/",
        alert_views.AlertContactView.as_view(),
        name="alert_contact",
    ),
]
