"""Tables of the room `screen`: requests for an appointment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground.models import Versioned


class Referral(Versioned):
    """A request for an appointment from the public pages, until the clinic has answered it.

    The self-check is here only where the person chose to send it along: what it was about, how it
    ended, the answers, and the warning signs that were not answered.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField("date of birth", null=True, blank=True)
    condition = models.CharField(max_length=40, blank=True)
    checked_condition = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict)
    red_flags_open = models.JSONField(default=list)
    knowledge_version = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    preferred_times = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="new", answered_at=None, answered_by_name="")
                | (
                    ~models.Q(state="new")
                    & models.Q(answered_at__isnull=False)
                    & ~models.Q(answered_by_name="")
                ),
                name="referral_answered_with_time_and_name",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(patient__isnull=False),
                name="accepted_referral_has_patient",
            ),
            models.CheckConstraint(
                condition=~models.Q(email="") | ~models.Q(phone=""), name="referral_can_be_answered"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "state", "created_at"])]

    def __str__(self) -> str:
        return f"Request of {self.name}"
