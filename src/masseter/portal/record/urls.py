"""Addresses of the patient's pages about the record as a whole."""

from __future__ import annotations

from django.urls import path

from masseter.portal.record import asked, carers, contact, views

urlpatterns = [
    path("record/", views.MyRecordView.as_view(), name="my_record"),
    path("record/everything.pdf", views.MyRecordPaperView.as_view(), name="my_record_paper"),
    path("record/everything.json", views.MyRecordBundleView.as_view(), name="my_record_bundle"),
    path("record/asked/", asked.MyAskedView.as_view(), name="my_asked"),
    path("record/ask/", asked.MyAskView.as_view(), name="my_asked_add"),
    path("record/asked/<int:asked>/", asked.MyAskedOneView.as_view(), name="my_asked_one"),
    path("carers/", carers.MyCarersView.as_view(), name="my_carers"),
    path("carers/<int:proxy>/end/", carers.MyCarerEndView.as_view(), name="my_carer_end"),
    path("invitation/", carers.MyInvitationView.as_view(), name="my_invitation"),
    path("persons/", carers.MyPersonsView.as_view(), name="my_persons"),
    path("contact/", contact.MyContactView.as_view(), name="my_contact"),
    path("contact/email/", contact.MyEmailView.as_view(), name="my_email"),
    path("contact/email/code/", contact.MyEmailCodeView.as_view(), name="my_email_code"),
]
