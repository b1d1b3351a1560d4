"""Addresses of the patient's pages for `results`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.results import beginning, choice, diary, goals, line, views, wear_off

urlpatterns = [
    path("diary/", diary.MyDiaryView.as_view(), name="my_diary"),
    path("diary/begin/", beginning.MyDiaryBeginView.as_view(), name="my_diary_begin"),
    path("diary/choose/", choice.MyDiaryChoiceView.as_view(), name="my_diary_choice"),
    path("diary/line/", line.MyDiaryLineView.as_view(), name="my_diary_line"),
    path("diary/shell/", line.MyDiaryShellView.as_view(), name="my_diary_shell"),
    path("diary/worker.js", line.worker, name="my_diary_worker"),
    path("wear-off/", wear_off.MyWearOffView.as_view(), name="my_wear_off"),
    path("goals/", goals.MyGoalsView.as_view(), name="my_goals"),
    path("goals/<int:goal>/", goals.MyGoalView.as_view(), name="my_goal"),
    path("scores/", views.MyScoresView.as_view(), name="my_scores"),
    path("scores/<int:case>/<str:instrument>/", views.MyScoreView.as_view(), name="my_score_add"),
    path("results/", views.MyResultsView.as_view(), name="my_results"),
]
