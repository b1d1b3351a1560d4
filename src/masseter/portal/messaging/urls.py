"""Addresses of the patient's pages for `messaging`."""

from __future__ import annotations

from django.urls import path

from masseter.portal.messaging import devices, views

urlpatterns = [
    path("messages/", views.MyMessagesView.as_view(), name="my_messages"),
    path("messages/devices/", devices.MyDevicesView.as_view(), name="my_devices"),
    path("messages/worker.js", devices.worker, name="my_messages_worker"),
    path("messages/<int:message>/", views.MyMessageView.as_view(), name="my_message"),
]
