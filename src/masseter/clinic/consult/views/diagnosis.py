"""The diagnosis: published criteria with their answers, and the one that the clinician works with."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.forms import DiagnosisForm
from masseter.clinic.consult.presenters import DiagnosisCard, diagnosis_cards
from masseter.clinic.people.chart import CasePage
from masseter.core.consult.diagnose import diagnose
from masseter.core.questions import settle
from masseter.journey.consult.actions import choose_diagnosis
from masseter.journey.consult.queries import facts_of, working_diagnosis
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load
from masseter.ui.pages import Context, FormPage


class DiagnosisView(CasePage, FormPage):
    """Which criteria are met, not met or unknown, and which diagnosis is worked with."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/diagnosis.html"
    page_name = "Diagnosis"
    form_class = DiagnosisForm
    success = "The working diagnosis is saved."
    cards: list[DiagnosisCard]

    def load(self) -> None:
        super().load()
        knowledge = load()
        known = facts_of(self.case, today=clock.today(self.by.zone))
        facts = settle(known, knowledge.observations)
        results = diagnose(condition=knowledge.conditions[self.case.condition], facts=facts)
        self.cards = diagnosis_cards(self.case, results, facts)
        self.chosen = working_diagnosis(self.case)

    def initial(self) -> dict[str, Any]:
        met = [card.code for card in self.cards if card.is_met and card.is_treatable]
        return {"diagnosis": self.chosen or (met[0] if len(met) == 1 else "")}

    def form_options(self) -> dict[str, Any]:
        words = {"met": "criteria met", "unknown": "not all known", "not_met": "criteria not met"}
        return {"choices": [(card.code, f"{card.name} ({words[card.answer]})") for card in self.cards]}

    def act(self, form: forms.Form) -> str:
        values = form.cleaned_data
        choose_diagnosis(by=self.by, case=self.case, diagnosis=values["diagnosis"], reason=values["reason"])
        return reverse("candidacy", args=[self.case.pk])

    def context(self) -> Context:
        names = {card.code: card.name for card in self.cards}
        open_codes = {card.code for card in self.cards if card.answer == "unknown"}
        more = {"cards": self.cards, "chosen": names.get(self.chosen, ""), "open_codes": open_codes}
        return {**super().context(), **more}
