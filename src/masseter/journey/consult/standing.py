"""Consents beside the one to treatment: they stand for the person, in every case, until withdrawn."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from masseter.journey.ground import clock
from masseter.journey.ground.models import Versioned
from masseter.journey.people.models import Patient

NAME = 200


def both_or_neither(*fields: str) -> Q:
    """All of these fields are set, or none is; an empty text counts as not set."""
    unset, filled = Q(), Q()
    for field in fields:
        is_time = field.endswith("_at")
        unset &= Q(**{f"{field}__isnull": True}) if is_time else Q(**{field: ""})
        filled &= Q(**{f"{field}__isnull": False}) if is_time else ~Q(**{field: ""})
    return unset | filled


def signed_whole(prefix: str) -> list[models.BaseConstraint]:
    """A withdrawal is whole, and somebody signed."""
    return [
        models.CheckConstraint(
            condition=both_or_neither("withdrawn_at", "withdrawn_by_name", "withdrawn_reason"),
            name=f"{prefix}consent_withdrawal_is_whole",
        ),
        models.CheckConstraint(condition=~Q(signer_name=""), name=f"{prefix}consent_has_a_signer"),
    ]


class SignedConsent(Versioned):
    """A signed consent with the very text that was read; withdrawn at any time, never deleted."""

    text_version = models.CharField(max_length=64)
    body = models.JSONField()
    signer_name = models.CharField(max_length=NAME)
    signature = models.TextField(blank=True)
    signed_at = models.DateTimeField(default=clock.now)
    taken_by_name = models.CharField(max_length=NAME)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=NAME, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["signed_at", "id"]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} of {self.signer_name}"


class StandingConsent(SignedConsent):
    """One that holds for the person in every case, beside the consent to a treatment."""

    class Meta(SignedConsent.Meta):
        abstract = True


class PhotographConsent(StandingConsent):
    """A patient's consent to photographs.

    What was photographed under it is hidden once it is withdrawn, and stays so when another is signed.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="photograph_consents")

    class Meta(StandingConsent.Meta):
        verbose_name = "consent to photographs"
        verbose_name_plural = "consents to photographs"
        constraints: ClassVar = signed_whole("photo_")


class ResearchConsent(StandingConsent):
    """A patient's consent that their course goes, without a name, into releases of the registry.

    Once it is withdrawn no new release holds anything of the patient.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="research_consents")

    class Meta(StandingConsent.Meta):
        verbose_name = "consent to the registry"
        verbose_name_plural = "consents to the registry"
        constraints: ClassVar = signed_whole("research_")
