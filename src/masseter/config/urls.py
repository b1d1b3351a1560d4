"""All addresses: public pages, sign-in, what clinicians see, what patients see."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView

from masseter.config.account import (
    EnterLetterCode,
    NewRecoveryCodes,
    SeeRecoveryCodes,
    SetUpCodeApp,
    TakeRecoveryCodes,
)
from masseter.config.start import choose_clinic, choose_language, choose_person, start
from masseter.portal.messaging.reports import text_report
from masseter.portal.messaging.stopping import StopView

handler400 = "masseter.ui.errors.bad_request"
handler403 = "masseter.ui.errors.forbidden"
handler404 = "masseter.ui.errors.not_found"
handler500 = "masseter.ui.errors.broken"

# The sign-in library brings more pages than we want: only these are open.
_account = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("code/", account.request_login_code, name="account_request_login_code"),
    path("code/confirm/", EnterLetterCode.as_view(), name="account_confirm_login_code"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("email/", RedirectView.as_view(pattern_name="start"), name="account_email"),
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("2fa/totp/activate/", SetUpCodeApp.as_view()),
    path("2fa/recovery-codes/", SeeRecoveryCodes.as_view()),
    path("2fa/recovery-codes/generate/", NewRecoveryCodes.as_view()),
    path("2fa/recovery-codes/download/", TakeRecoveryCodes.as_view()),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("account/", include(_account)),
    path("start/", start, name="start"),
    path("start/person/", choose_person, name="choose_person"),
    path("start/clinic/", choose_clinic, name="choose_clinic"),
    path("language/", choose_language, name="choose_language"),
    path("clinic/", include("masseter.clinic.urls")),
    path("my/", include("masseter.portal.urls")),
    # A mail program sends this form by itself and has no token; the sealed link is what it stands on.
    path("stop/", csrf_exempt(StopView.as_view()), name="stop_messages"),
    # The gateway has no token; the report's own signature is what it stands on.
    path("texts/report/", csrf_exempt(text_report), name="text_report"),
    path("", include("masseter.portal.screen.urls")),
]
