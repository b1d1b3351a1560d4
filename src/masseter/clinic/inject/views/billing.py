"""Billing: the treatments of a month, and the claim of one as page, paper and table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from masseter.clinic.inject.chart import TreatmentPage
from masseter.clinic.inject.claim import ClaimWords, claim_paper, claim_words
from masseter.clinic.inject.claim_table import claim_rows
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.queries import treatment_of, treatments_to_bill, versions_of
from masseter.ui.pages import Context, Page
from masseter.ui.paper.answer import as_pdf, as_table
from masseter.ui.paper.typst import render
from masseter.ui.words import product_words

# From a month's first day into the next month.
DAYS = timedelta(days=31)


class BillingView(Page):
    """The treatments of one month, the newest first."""

    right: ClassVar = Right.SEE_BILLING
    template = "clinic/inject/billing.html"

    def context(self) -> Context:
        first = self.month()
        last = (first + DAYS).replace(day=1) - timedelta(days=1)
        rows = treatments_to_bill(self.by, first=first, last=last)
        return {
            "first": first,
            "before": (first - timedelta(days=1)).strftime("%Y-%m"),
            "after": (last + timedelta(days=1)).strftime("%Y-%m"),
            "rows": [(row, product_words(row.product)) for row in rows],
        }

    def month(self) -> date:
        """The first day of the month that is asked for, else of this month.

        The first and the last month that there are have no month before or after, and are not shown.
        """
        try:
            first = date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            first = date.min
        if date.min + DAYS < first < date.max - DAYS:
            return first
        return clock.today(self.by.zone).replace(day=1)


class ClaimView(TreatmentPage):
    """The claim of a treatment, always by the newest version of its record."""

    right: ClassVar = Right.SEE_BILLING
    template = "clinic/inject/claim.html"
    page_name = "Billing of a treatment"

    def load(self) -> None:
        super().load()
        versions = versions_of(self.by, self.treatment)
        self.versions = len(versions)
        if versions[0].pk != self.treatment.pk:
            self.treatment = treatment_of(self.by, versions[0].pk)
        self.before = treatment_of(self.by, versions[1].pk) if len(versions) > 1 else None

    def told(self) -> ClaimWords:
        return claim_words(self.by, self.treatment, self.before)

    def context(self) -> Context:
        more = {"claim": self.told(), "versions": self.versions}
        return {**super().context(), **more, "may_see_chart": self.by.may(Right.SEE_CHART)}


class ClaimPdfView(ClaimView):
    """The claim on the clinic's paper."""

    page_name = "Billing of a treatment (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = claim_paper(self.told(), self.treatment, clinic_of(self.by), self.versions)
        return as_pdf(render("claim", data), f"billing-{self.treatment.pk}")


class ClaimCsvView(ClaimView):
    """The claim as a table for the billing program."""

    page_name = "Billing of a treatment (CSV)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_table(claim_rows(self.told(), self.treatment), f"billing-{self.treatment.pk}")
