"""Tables of the room `plan`: a protocol made personal, its points and reasons; a clinic's own schemes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.models import Case, both_or_neither
from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.people.models import Patient

NAME = 200
SIDES = [("left", "Left"), ("right", "Right"), ("midline", "Midline")]
VIEWS = [
    ("front", "Front"),
    ("left", "Left profile"),
    ("right", "Right profile"),
    ("back", "Back"),
    ("mouth", "Inside the mouth"),
]


class OwnScheme(Versioned):
    """A scheme of a clinic's own, saved from a plan: shared with the clinic, or of one person alone.

    It is never a published one: nothing is claimed for it. What it injects stands in its versions.
    """

    name = models.CharField(max_length=NAME)
    condition = models.CharField(max_length=40)
    diagnosis = models.CharField(max_length=80, blank=True)
    is_shared = models.BooleanField(default=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=NAME)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by_name = models.CharField(max_length=NAME, blank=True)
    retired_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("retired_at", "retired_by_name", "retired_reason"),
                name="own_scheme_retirement_is_whole",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="own_scheme_has_a_name"),
            models.UniqueConstraint(
                fields=["clinic", "owner", "name"],
                condition=Q(retired_at=None),
                name="one_own_scheme_of_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OwnSchemeVersion(ClinicOwned):
    """The points and doses of a scheme as saved once; never changed. `protocol`: it is checked with that."""

    scheme = models.ForeignKey(OwnScheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    protocol = models.CharField(max_length=80)
    product = models.CharField(max_length=40)
    points = models.JSONField()
    map_version = models.CharField(max_length=20)
    knowledge_version = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="own_versions_are_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, version {self.number}"


class Plan(Versioned):
    """What is to be injected in one cycle: draft, proposed, approved, given; or withdrawn.

    What was proposed otherwise than the scheme when the plan was drafted, and why (`personal.py`): `left_out`
    are its points that were not proposed, `lowered` those with a lower dose, `could_lower` the questions
    that were open and could have lowered more.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        GIVEN = "given", _("Given")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    cycle = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    condition = models.CharField(max_length=40)
    diagnosis = models.CharField(max_length=80, blank=True)
    protocol = models.CharField(max_length=80, blank=True)
    own_version = models.ForeignKey(
        OwnSchemeVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    product = models.CharField(max_length=40)
    presentation = models.CharField(max_length=60, blank=True)
    diluent_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    graduation_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    syringes = models.PositiveIntegerField(default=1)
    off_label_reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    left_out = models.JSONField(default=list, blank=True)
    lowered = models.JSONField(default=list, blank=True)
    could_lower = models.JSONField(default=list, blank=True)
    knowledge_version = models.CharField(max_length=64)
    map_version = models.CharField(max_length=20)
    drafted_by_name = models.CharField(max_length=NAME)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by_name = models.CharField(max_length=NAME, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=NAME, blank=True)
    approved_fingerprint = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=NAME, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["cycle", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["draft", "proposed", "approved"]),
                name="one_running_plan_a_case",
            ),
            models.CheckConstraint(
                condition=both_or_neither("proposed_at", "proposed_by_name"), name="proposal_is_whole"
            ),
            models.CheckConstraint(
                condition=both_or_neither("approved_at", "approved_by_name", "approved_fingerprint"),
                name="approval_is_whole",
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by_name", "withdrawn_reason"),
                name="plan_withdrawal_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "given"], approved_at__isnull=False)
                | Q(state__in=["draft", "proposed"], approved_at=None)
                | Q(state="withdrawn"),
                name="approval_follows_the_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="withdrawn_plans_have_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.cycle} of {self.patient}"

    @property
    def is_running(self) -> bool:
        """The plan is still on its way to the treatment."""
        return self.state in {self.State.DRAFT, self.State.PROPOSED, self.State.APPROVED}


class PlanPoint(ClinicOwned):
    """One injection point of a plan. Empty `units` must still be typed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="points")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    site = models.CharField(max_length=60)
    side = models.CharField(max_length=10, choices=SIDES)
    number = models.CharField(max_length=10)
    view = models.CharField(max_length=10, choices=VIEWS)
    x = models.DecimalField(max_digits=8, decimal_places=3)
    y = models.DecimalField(max_digits=8, decimal_places=3)
    units = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    depth = models.TextField(blank=True)
    route = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(units=None) | Q(units__gte=0), name="no_negative_dose"),
        ]

    def __str__(self) -> str:
        return self.label


class PlanOverride(ClinicOwned):
    """A written reason for going on despite a caution of a plan, as `sentence` said it. The newest counts."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="overrides")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    finding_code = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)
    reason = models.TextField()
    by_name = models.CharField(max_length=NAME)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="plan_override_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.finding_code}: {self.reason}"
