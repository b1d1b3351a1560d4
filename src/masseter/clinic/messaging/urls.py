"""Addresses of the clinic's pages for `messaging`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.messaging import deciding, views

urlpatterns = [
    path("messages/", views.MessagesView.as_view(), name="messages"),
    path("messages/<int:message>/", views.MessageView.as_view(), name="message"),
    path("messages/settings/", deciding.SettingsView.as_view(), name="message_settings"),
    path("messages/words/", deciding.WordsView.as_view(), name="message_words"),
    path("messages/words/change/", deciding.ChangeWordsView.as_view(), name="message_words_change"),
]
