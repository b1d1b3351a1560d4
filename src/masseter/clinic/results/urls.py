"""Addresses of the clinic's pages for `results`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.results import photographs, views, wear_off

urlpatterns = [
    path("cases/<int:case>/results/", views.ResultsView.as_view(), name="results"),
    path("cases/<int:case>/diary/", views.DiaryView.as_view(), name="diary_add"),
    path("cases/<int:case>/scores/<str:instrument>/", views.AddScoreView.as_view(), name="score_add"),
    path("cases/<int:case>/wear-off/", wear_off.WearOffView.as_view(), name="wear_off_add"),
    path("scores/<int:score>/withdraw/", views.WithdrawScoreView.as_view(), name="score_withdraw"),
    path("cases/<int:case>/photographs/", photographs.PhotographsView.as_view(), name="photographs"),
    path(
        "cases/<int:case>/photographs/<str:pose>/",
        photographs.TakePhotographView.as_view(),
        name="photograph_add",
    ),
    path("photographs/<int:photograph>/", photographs.PhotographView.as_view(), name="photograph"),
    path(
        "photographs/<int:photograph>/picture/",
        photographs.PictureView.as_view(),
        name="photograph_picture",
    ),
]
