"""Addresses of the clinic's pages for `consult`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.consult.views import (
    at_home,
    candidacy,
    case,
    consent,
    decision,
    diagnosis,
    elsewhere,
    examination,
    intake,
    pain,
    passport,
    photographs,
    research,
    why,
)

urlpatterns = [
    path("cases/open/", case.OpenCaseView.as_view(), name="case_open"),
    path("cases/<int:case>/", case.CaseView.as_view(), name="case"),
    path("cases/<int:case>/close/", case.CloseCaseView.as_view(), name="case_close"),
    path("cases/<int:case>/intake/", intake.IntakeView.as_view(), name="intake"),
    path("cases/<int:case>/examination/", examination.ExaminationView.as_view(), name="examination"),
    path("cases/<int:case>/missing/", examination.MissingView.as_view(), name="missing_answers"),
    path("cases/<int:case>/diagnosis/", diagnosis.DiagnosisView.as_view(), name="diagnosis"),
    path("cases/<int:case>/candidacy/", candidacy.CandidacyView.as_view(), name="candidacy"),
    path("cases/<int:case>/why/", why.WhyView.as_view(), name="why"),
    path("cases/<int:case>/candidacy/<str:finding>/", candidacy.OverruleView.as_view(), name="overrule"),
    path("cases/<int:case>/pain/", pain.DrawPainView.as_view(), name="pain_draw"),
    path("pain/<int:pain>/", pain.PainView.as_view(), name="pain"),
    path("assessments/<int:assessment>/", candidacy.AssessmentView.as_view(), name="assessment"),
    path("cases/<int:case>/decision/", decision.DecisionView.as_view(), name="decision"),
    path("cases/<int:case>/consent/", consent.TakeConsentView.as_view(), name="consent_take"),
    path("consents/<int:consent>/", consent.ConsentView.as_view(), name="consent"),
    path("consents/<int:consent>/pdf/", consent.ConsentPdfView.as_view(), name="consent_pdf"),
    path("consents/<int:consent>/withdraw/", consent.WithdrawConsentView.as_view(), name="consent_withdraw"),
    path(
        "consents/<int:home_consent>/confirm/", at_home.ConfirmConsentView.as_view(), name="consent_confirm"
    ),
    path("cases/<int:case>/consent/home/", at_home.ReleaseConsentView.as_view(), name="consent_release"),
    path("releases/<int:release>/end/", at_home.EndReleaseView.as_view(), name="consent_release_end"),
    path("questions/<int:question>/", at_home.AnswerQuestionView.as_view(), name="consent_answer"),
    path(
        "patients/<int:patient>/photograph-consent/",
        photographs.TakePhotographConsentView.as_view(),
        name="photograph_consent_take",
    ),
    path(
        "photograph-consents/<int:photograph_consent>/",
        photographs.PhotographConsentView.as_view(),
        name="photograph_consent",
    ),
    path(
        "patients/<int:patient>/research-consent/",
        research.TakeResearchConsentView.as_view(),
        name="research_consent_take",
    ),
    path(
        "research-consents/<int:research_consent>/",
        research.ResearchConsentView.as_view(),
        name="research_consent",
    ),
    path("patients/<int:patient>/passport/", passport.TakePassportView.as_view(), name="passport_take"),
    path("patients/<int:patient>/passport/pdf/", passport.PassportPaperView.as_view(), name="passport_pdf"),
    path("patients/<int:patient>/elsewhere/", elsewhere.ElsewhereView.as_view(), name="elsewhere"),
    path(
        "patients/<int:patient>/elsewhere/<int:elsewhere>/",
        elsewhere.WithdrawElsewhereView.as_view(),
        name="elsewhere_withdraw",
    ),
]
