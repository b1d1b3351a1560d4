"""What patients asked about their records, the answers, and how long records are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from masseter.clinic.record.forms import AnswerForm, RetentionForm
from masseter.core.rules import holds_in
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import LookFilter, looks_at, patients_named
from masseter.journey.record import queries
from masseter.journey.record.actions import answer_asked, set_retention
from masseter.journey.record.models import Asked
from masseter.journey.record.retention import CAUTIOUS_YEARS, kept_until, kept_words, last_day, rule_of
from masseter.knowledge.load import load
from masseter.ui.events import look_words, role_words
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.records import RecordPage

ANSWER_DUTIES = ("data-answer", "data-answer-uk")  # how soon a request has to be answered, by place
FIELDS = {
    "address": "Postal address",
    "phone": "Telephone",
    "email": "E-mail",
    "language": "Language",
    "needs_interpreter": "Needs an interpreter",
    "access_needs": "What helps at a visit",
}


class AskedListView(Page):
    """What waits for an answer, what was answered, and contact data that patients corrected lately."""

    right = Right.ANSWER_ABOUT_RECORDS
    template = "clinic/record/asked_list.html"

    def context(self) -> Context:
        corrected = queries.corrected_lately(self.by)
        names = patients_named(self.by, {one.patient_id for one in corrected})
        return {
            "duties": [
                {"duty": one, "sources": [load().sources[key] for key in one.evidence.sources]}
                for one in load().duties
                if one.code in ANSWER_DUTIES and holds_in(one, self.by.jurisdiction)
            ],
            "open": queries.asked_open(self.by),
            "before": queries.asked_before(self.by),
            "days": queries.NEWS_DAYS,
            "corrected": [
                {
                    "at": one.at,
                    "patient": names.get(one.patient_id, ""),
                    "id": one.patient_id,
                    "by": one.by_name,
                    "changes": [(FIELDS.get(name, name), *rest) for name, *rest in one.changes],
                }
                for one in corrected
            ],
        }


class AskedView(RecordPage, FormPage):
    """One request: what was asked, what has to be kept, and the answer."""

    right = Right.ANSWER_ABOUT_RECORDS
    template = "clinic/record/asked.html"
    page_name = "Request about the record"
    form_class = AnswerForm
    success = "The answer is saved. The patient reads it after signing in."
    asked: Asked

    def load(self) -> None:
        self.asked = queries.asked_of(self.by, int(self.kwargs["asked"]))

    def shown_record(self) -> Patient:
        return self.asked.patient

    def subject(self) -> Asked | None:
        return self.asked if self.asked.is_open else None

    def form_options(self) -> dict[str, Any]:
        return {"kind": self.asked.kind}

    def act(self, form: forms.Form) -> str:
        told = form.cleaned_data
        answer_asked(
            by=self.by,
            asked=self.asked,
            accepts=told["decision"] == "accept",
            answer=told["answer"],
            adds_statement=told.get("adds_statement", False),
            deletes_contact=told.get("deletes_contact", False),
        )
        return reverse("asked_list")

    def context(self) -> Context:
        asked, patient = self.asked, self.asked.patient
        found = looks_at(self.by, patient, 1, LookFilter(number=asked.look)) if asked.look else []
        return {
            "asked": asked,
            "patient": patient,
            "look": [(one, look_words(one), role_words(one.roles)) for one in found],
            "rule": rule_of(self.by),
            "last_day": last_day(self.by, patient),
            "kept_until": kept_until(self.by, patient),
            "kept": kept_words(self.by, patient),
        }


class RetentionView(FormPage):
    """How long records are kept, and by which law."""

    right = Right.KEEP_RETENTION
    template = "clinic/record/retention.html"
    form_class = RetentionForm
    success = "The rule is saved. Patients read it where they ask for a deletion."

    def initial(self) -> dict[str, Any]:
        rule = rule_of(self.by)
        return {"years": rule.years, "law": rule.law, "words": rule.words}

    def act(self, form: forms.Form) -> str:
        set_retention(by=self.by, **form.cleaned_data)
        return reverse("retention")

    def context(self) -> Context:
        return {"rule": rule_of(self.by), "cautious": CAUTIOUS_YEARS}
