"""Tables of the room `consult`: what is known about a patient and what was concluded from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.at_home import ConsentQuestion as ConsentQuestion
from masseter.journey.consult.at_home import ConsentRelease as ConsentRelease
from masseter.journey.consult.at_home import PartRead as PartRead
from masseter.journey.consult.standing import NAME, SignedConsent, signed_whole
from masseter.journey.consult.standing import PhotographConsent as PhotographConsent
from masseter.journey.consult.standing import ResearchConsent as ResearchConsent
from masseter.journey.consult.standing import both_or_neither as both_or_neither
from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.people.models import Patient


class Case(Versioned):
    """One condition of one patient, from the first consultation to the last follow-up."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="cases")
    condition = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by_name = models.CharField(max_length=NAME)
    begun_by_patient = models.BooleanField(default=False)  # for the diary, before any visit
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=NAME, blank=True)
    closed_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["opened_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["patient", "condition"],
                condition=Q(state="open"),
                name="one_open_case_a_condition",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
                name="closed_cases_have_a_time",
            ),
            models.CheckConstraint(
                condition=both_or_neither("closed_at", "closed_by_name"), name="closed_cases_have_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of {self.patient}"


class Observation(ClinicOwned):
    """One answer or finding. Never changed: a newer one of the same code counts instead.

    `case` is empty for what holds for the person whatever the condition: medicines, allergies,
    warning signs. A `value` of null says that it was asked and is not known.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="observations")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    code = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    observed_on = models.DateField()
    reported_by = models.CharField(
        max_length=10,
        choices=[("patient", _("Patient")), ("clinician", _("Clinician")), ("record", _("Record"))],
    )
    confirmed = models.BooleanField(default=False)
    recorded_by_name = models.CharField(max_length=NAME)
    recorded_at = models.DateTimeField(default=clock.now)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["observed_on", "id"]
        indexes: ClassVar = [models.Index(fields=["patient", "code", "-observed_on"])]

    def __str__(self) -> str:
        return f"{self.code} on {self.observed_on}"


class ElsewhereTreatment(ClinicOwned):
    """A toxin treatment given in another place, as far as it is known."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="elsewhere_treatments")
    given_on = models.DateField()
    is_date_approximate = models.BooleanField(default=False)
    product = models.CharField(max_length=40, blank=True)
    units = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    passport = models.TextField(blank=True)  # the signed text that said so, as it was read
    recorded_by_name = models.CharField(max_length=NAME)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=NAME, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["given_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by_name", "withdrawn_reason"),
                name="elsewhere_withdrawal_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(units=None) | Q(units__gt=0), name="elsewhere_units_are_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"Toxin elsewhere on {self.given_on}"


class Assessment(ClinicOwned):
    """A verdict as it was shown, with what it was made from. A newer one counts instead."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=30)
    result = models.JSONField()
    knowledge_version = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    made_by_name = models.CharField(max_length=NAME)
    diagnosis = models.CharField(max_length=80, blank=True)
    diagnosis_reason = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.verdict} for {self.case}"


class OverrideReason(ClinicOwned):
    """A clinician's written reason for going on despite one caution, as `sentence` said it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="override_reasons")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    finding_code = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)
    reason = models.TextField()
    by_name = models.CharField(max_length=NAME)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.finding_code}: {self.reason}"


class Decision(ClinicOwned):
    """What patient and clinician decided together, in the patient's own words where there are any."""

    class Decided(models.TextChoices):
        GO_AHEAD = "go_ahead", _("Go ahead with botulinum toxin")
        WAIT = "wait", _("Wait and think about it")
        OTHER_WAY = "other_way", _("Try something else")
        NO = "no", _("No treatment")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    options = models.JSONField(default=list)
    wish = models.TextField(blank=True)
    words = models.TextField(blank=True)
    decided = models.CharField(max_length=10, choices=Decided.choices)
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_decided_display()} ({self.case})"


class Consent(SignedConsent):
    """A signed consent with the text that was read; withdrawn by a reason, never deleted.

    `licensed` are the products that the text calls licensed for this use; None for a text signed before
    that was kept, of which `is_off_label` tells the whole. One with a `release` was signed at home by a
    person who had shown at `shown_at` who they are; it serves once a clinician confirmed it at the visit.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    is_off_label = models.BooleanField()
    language = models.CharField(max_length=10, default="en")
    product = models.CharField(max_length=40, blank=True)
    diagnosis = models.CharField(max_length=80, blank=True)
    licensed = models.JSONField(null=True, blank=True)
    release = models.OneToOneField(
        ConsentRelease, on_delete=models.PROTECT, null=True, blank=True, related_name="consent"
    )
    shown_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=NAME, blank=True)
    confirmed_note = models.TextField(blank=True)

    class Meta(SignedConsent.Meta):
        constraints: ClassVar = [
            *signed_whole(""),
            models.CheckConstraint(
                condition=both_or_neither("confirmed_at", "confirmed_by_name"),
                name="consent_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(release=None, shown_at=None, confirmed_at=None)
                | Q(release__isnull=False, shown_at__isnull=False),
                name="consent_at_home_was_released_and_signed_in",
            ),
        ]

    @property
    def is_from_home(self) -> bool:
        return self.release_id is not None

    @property
    def waits_for_visit(self) -> bool:
        """Signed at home, and nobody confirmed at a visit that it still holds."""
        return self.is_from_home and self.confirmed_at is None

    def says_licensed(self, product: str) -> bool:
        """The text calls this use of a product licensed."""
        return not self.is_off_label if self.licensed is None else product in self.licensed

    def __str__(self) -> str:
        return f"Consent of {self.signer_name}"


class PainDrawing(ClinicOwned):
    """Where it hurt on one day, as it was drawn. Never changed: a newer drawing counts instead.

    `strokes` are those of `core.consult.pain`, each with the areas that lay under it on that map.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pain_drawings")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="pain_drawings")
    strokes = models.JSONField()
    words = models.TextField(blank=True)
    map_version = models.CharField(max_length=20)
    drawn_on = models.DateField()
    reported_by = models.CharField(
        max_length=10, choices=[("patient", "Patient"), ("clinician", "Clinician")]
    )
    by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["drawn_on", "id"]

    def __str__(self) -> str:
        return f"pain drawing of {self.drawn_on}"
