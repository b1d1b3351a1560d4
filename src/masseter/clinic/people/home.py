"""A patient's page: the cases, what waits, what must not be overlooked, who looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from masseter.clinic.people.chart import PatientPage
from masseter.clinic.people.presenters import look_rows, standing_words
from masseter.clinic.people.steps import Next, way_of
from masseter.clinic.screen.presenters import answers_in_words, referral_row
from masseter.journey.calendar.queries import appointments_of
from masseter.journey.consult.models import Case, ResearchConsent
from masseter.journey.consult.queries import cases_of, elsewhere_of, standings_of
from masseter.journey.consult.standing_consents import standing_consents_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import looks_at
from masseter.journey.screen.queries import referrals_of
from masseter.knowledge.load import load
from masseter.ui.pages import Context
from masseter.ui.spoken import LANGUAGES

LOOKS_SHOWN = 5
APPOINTMENTS_SHOWN = 6
SAFETY = (
    "allergies",
    "medicine_classes",
    "medicines",
    "neuromuscular",
    "illnesses",
    "pregnancy",
    "had_toxin_before",
)


@dataclass(frozen=True, kw_only=True)
class CaseCard:
    """One case on the patient's page."""

    case: Case
    name: str
    url: str
    steps: list[dict[str, str]]
    next: Next


class PatientView(PatientPage):
    """The patient's page; clinical parts only for those who may open the chart."""

    right: ClassVar = (Right.SEE_PEOPLE, Right.SEE_CHART)
    template = "clinic/people/patient.html"
    page_name = "Overview"

    def context(self) -> Context:
        languages = dict(LANGUAGES)
        base = {
            **super().context(),
            "language": languages.get(self.patient.language, self.patient.language),
            "appointments": appointments_of(self.by, self.patient)[:APPOINTMENTS_SHOWN],
        }
        if not self.by.may(Right.SEE_CHART):
            return base
        return {**base, **_clinical(self.by, self.patient)}


def _clinical(by: Actor, patient: Patient) -> Context:
    cases = cases_of(by, patient)
    return {
        "cards": [_card(by, case) for case in cases if case.state == Case.State.OPEN],
        "closed": [case for case in cases if case.state != Case.State.OPEN],
        "safety": _safety_rows(patient),
        "checks": _checks(by, patient),
        "elsewhere": list(elsewhere_of(patient).order_by("-given_on")),
        "registry": next(iter(standing_consents_of(ResearchConsent, patient)), None),
        "looks": look_rows(looks_at(by, patient, limit=LOOKS_SHOWN)),
    }


def _checks(by: Actor, patient: Patient) -> list[dict[str, object]]:
    """The self-checks that the patient sent along with requests, newest first."""
    today = clock.today(by.zone)
    return [
        {"row": referral_row(one, by.zone, today), "answers": answers_in_words(one, today)}
        for one in referrals_of(by, patient)
        if one.outcome
    ]


def _card(by: Actor, case: Case) -> CaseCard:
    way = way_of(by, case)
    return CaseCard(
        case=case,
        name=load().conditions[case.condition].name,
        url=reverse("case", args=[case.pk]),
        steps=way.steps,
        next=way.next,
    )


def _safety_rows(patient: Patient) -> list[tuple[str, str]]:
    types = load().observations
    standing = standings_of(patient, None)
    rows = []
    for code in SAFETY:
        one = standing.get(code)
        if code not in types or (one is None and types[code].only_if is not None):
            continue
        rows.append((types[code].label, "not asked yet" if one is None else standing_words(types[code], one)))
    return rows
