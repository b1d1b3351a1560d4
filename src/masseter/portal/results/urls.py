"""Addresses of the patient's pages for `results`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.results import diary, views

urlpatterns = [
    path("diary/", diary.MyDiaryView.as_view(), name="my_diary"),
    path("scores/", views.MyScoresView.as_view(), name="my_scores"),
    path("scores/<int:case>/<str:instrument>/", views.MyScoreView.as_view(), name="my_score_add"),
    path("results/", views.MyResultsView.as_view(), name="my_results"),
]
