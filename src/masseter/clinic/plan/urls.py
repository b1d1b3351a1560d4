"""Addresses of the clinic's pages for `plan`."""

from __future__ import annotations

from django.urls import path

from masseter.clinic.plan.views import choose, decide, edit, own, paper

urlpatterns = [
    path("cases/<int:case>/plan/new/", choose.NewPlanView.as_view(), name="plan_new"),
    path("plans/<int:plan>/", edit.PlanView.as_view(), name="plan"),
    path("plans/<int:plan>/plan.pdf", paper.PlanPaperView.as_view(), name="plan_pdf"),
    path("plans/<int:plan>/check/", edit.CheckView.as_view(), name="plan_check"),
    path("plans/<int:plan>/product/", choose.ProductView.as_view(), name="plan_product"),
    path("plans/<int:plan>/propose/", decide.ProposeView.as_view(), name="plan_propose"),
    path("plans/<int:plan>/approve/", decide.ApproveView.as_view(), name="plan_approve"),
    path("plans/<int:plan>/reopen/", decide.ReopenView.as_view(), name="plan_reopen"),
    path("plans/<int:plan>/withdraw/", decide.WithdrawView.as_view(), name="plan_withdraw"),
    path("plans/<int:plan>/own/", own.SaveOwnView.as_view(), name="own_scheme_save"),
    path("schemes/", own.OwnSchemesView.as_view(), name="own_schemes"),
    path("schemes/<int:scheme>/", own.OwnSchemeView.as_view(), name="own_scheme"),
    path("schemes/<int:scheme>/versions/<int:number>/", own.OwnVersionView.as_view(), name="own_version"),
    path("schemes/<int:scheme>/change/", own.RenameOwnView.as_view(), name="own_scheme_change"),
    path("schemes/<int:scheme>/retire/", own.RetireOwnView.as_view(), name="own_scheme_retire"),
]
