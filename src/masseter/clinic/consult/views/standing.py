"""A consent that stands for the person, whatever it is about: the two pages that each kind has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.forms import ConsentForm
from masseter.clinic.people.chart import PatientPage
from masseter.clinic.people.forms import ReasonForm
from masseter.core.consult.consent import Section, version_of
from masseter.journey.consult.standing import StandingConsent
from masseter.journey.consult.standing_consents import standing_consent_of, standing_consents_of
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, FormPage

K = TypeVar("K", bound=StandingConsent)


@dataclass(frozen=True, kw_only=True)
class Subject(Generic[K]):
    """What a kind of consent is called on its pages, and what withdrawing it does."""

    kind: type[K]
    name: str
    sections: Sequence[Section]
    agree: str
    take_page: str
    page: str
    withdrawing: str
    withdrawn: str


class StandingConsentForm(ConsentForm):
    """The signature under the consent; `agree` is what the tick says."""

    def __init__(self, *args: Any, agree: str, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.fields["has_read"].label = agree


class TakeStandingConsentView(PatientPage, FormPage, Generic[K]):
    """Read the text together and sign it. `sign` is the action that keeps it."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/standing_consent_take.html"
    form_class = StandingConsentForm
    about: ClassVar[Subject[Any]]  # Any: a class variable cannot name the kind
    sign: Callable[..., K]

    def initial(self) -> dict[str, Any]:  # Any: as Django's own
        return {"text_version": version_of(self.about.sections)}

    def form_options(self) -> dict[str, Any]:  # Any: as the form takes them
        return {**super().form_options(), "agree": self.about.agree}

    def act(self, form: forms.Form) -> str:
        consent = self.sign(by=self.by, patient=self.patient, **form.cleaned_data)
        return reverse(self.about.page, args=[consent.pk])

    def context(self) -> Context:
        before = standing_consents_of(self.about.kind, self.patient)
        lines = [(one, reverse(self.about.page, args=[one.pk])) for one in before]
        return {**super().context(), "about": self.about, "sections": self.about.sections, "before": lines}


class StandingConsentView(PatientPage, FormPage, Generic[K]):
    """A consent as it was signed; it is withdrawn here, with a reason."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/standing_consent.html"
    form_class = ReasonForm
    about: ClassVar[Subject[Any]]  # Any: a class variable cannot name the kind
    consent: K

    def load(self) -> None:
        self.consent = standing_consent_of(self.about.kind, self.by, int(self.kwargs[self.about.page]))
        self.patient = self.consent.patient  # type: ignore[attr-defined]  # every kind has one

    def subject(self) -> K:
        return self.consent

    def withdraw(self, reason: str) -> None:
        """Do it, by the action of the kind."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        self.withdraw(form.cleaned_data["reason"])
        return reverse(self.about.page, args=[self.consent.pk])

    def context(self) -> Context:
        again = reverse(self.about.take_page, args=[self.patient.pk])
        return {**super().context(), "consent": self.consent, "about": self.about, "again": again}
