"""Tables of the room `people`: who the clinic's patients are."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground.models import Versioned


class Patient(Versioned):
    """One person in the care of one clinic. A merged record stays and points to the one that is kept.

    `names_key` holds the names without accents and capitals, for searching; actions keep it.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")
        UNKNOWN = "unknown", _("Not known")

    number = models.CharField(max_length=20)
    family_name = models.CharField(max_length=100)
    given_names = models.CharField(max_length=100)
    names_key = models.CharField(max_length=210, editable=False)
    birth_date = models.DateField("date of birth", null=True, blank=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    language = models.CharField(max_length=10, default="en")
    needs_interpreter = models.BooleanField(default=False)
    access_needs = models.TextField(blank=True)
    weight_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    is_published_case = models.BooleanField(default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta:
        ordering: ClassVar = ["family_name", "given_names", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "number"], name="one_patient_a_number"),
            models.UniqueConstraint(
                fields=["clinic", "user"],
                condition=models.Q(user__isnull=False, merged_into=None),
                name="one_patient_a_user",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="no_patient_merged_into_itself"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "names_key"])]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name.upper()}".strip()


class Proxy(Versioned):
    """A carer who may see a patient's record, and perhaps write the diary, until a day.

    Begun by an invitation, and good once the carer has shown the code that the patient hands over. `user`
    is empty where the address cannot be used. `consent` is how the patient agreed, where the clinic invited.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="proxies")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=100)
    email = models.EmailField("e-mail")
    relation = models.CharField(max_length=100, blank=True)
    may_write = models.BooleanField(default=False)
    until = models.DateField()
    consent = models.TextField(blank=True)
    invited_by_name = models.CharField(max_length=200)
    code_digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "proxies"
        ordering: ClassVar = ["created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["user", "ended_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by_name="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by_name="")),
                name="proxy_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.patient}"
