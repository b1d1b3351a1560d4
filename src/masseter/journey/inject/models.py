"""Tables of the room `inject`: what was really given. Signed rows never change; an amendment supersedes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.models import Case
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.people.models import Patient
from masseter.journey.plan.models import SIDES, VIEWS, Plan
from masseter.journey.stock.models import Vial

NAME = 200


class Treatment(ClinicOwned):
    """One treatment as it was given. `supersedes` is the version that an amendment corrects."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="treatments")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="treatments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="treatments")
    cycle = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    given_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    product = models.CharField(max_length=40)
    presentation = models.CharField(max_length=60)
    diluent_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    injector_name = models.CharField(max_length=NAME)
    injector_user_id = models.BigIntegerField()
    time_out = models.JSONField()
    findings = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    knowledge_version = models.CharField(max_length=64)
    map_version = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by_name = models.CharField(max_length=NAME, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    amendment_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["given_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(supersedes=None), name="one_treatment_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by_name="", digest="")
                | (Q(signed_at__isnull=False) & ~Q(signed_by_name="") & ~Q(digest="")),
                name="treatment_signature_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, amendment_reason="")
                | (Q(supersedes__isnull=False) & ~Q(amendment_reason="")),
                name="amendments_have_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(given_at__gte=F("started_at")), name="given_after_it_was_started"
            ),
        ]

    def __str__(self) -> str:
        return f"treatment {self.cycle} of {self.patient}"


class GivenPoint(ClinicOwned):
    """What was given at one point. `planned_units` is empty for a point added on the day."""

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="points")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    planned_label = models.CharField(max_length=40, blank=True)
    site = models.CharField(max_length=60)
    side = models.CharField(max_length=10, choices=SIDES)
    number = models.CharField(max_length=10)
    view = models.CharField(max_length=10, choices=VIEWS)
    x = models.DecimalField(max_digits=8, decimal_places=3)
    y = models.DecimalField(max_digits=8, decimal_places=3)
    depth = models.TextField(blank=True)
    route = models.CharField(max_length=40, blank=True)
    planned_units = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    units = models.DecimalField(max_digits=9, decimal_places=4)
    volume_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    reason = models.TextField(blank=True)
    vial = models.ForeignKey(Vial, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["treatment", "label"], name="one_given_point_a_label"),
            models.CheckConstraint(condition=Q(units__gt=0), name="given_points_have_units"),
        ]

    def __str__(self) -> str:
        return self.label


class VialUse(ClinicOwned):
    """What a treatment took from one vial: drawn for the patient, given, and thrown away.

    `opened_here`: the vial was sealed until this treatment opened it.
    """

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="vial_uses")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    vial = models.ForeignKey(Vial, on_delete=models.PROTECT, related_name="uses")
    drawn_units = models.DecimalField(max_digits=9, decimal_places=4)
    given_units = models.DecimalField(max_digits=9, decimal_places=4)
    discarded_units = models.DecimalField(max_digits=9, decimal_places=4)
    diluent_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    diluent = models.CharField(max_length=40, blank=True, default="")
    reconstituted_at = models.DateTimeField(null=True, blank=True)
    opened_here = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["treatment", "vial"], name="one_use_a_vial"),
            models.CheckConstraint(
                condition=Q(given_units__gte=0, discarded_units__gte=0)
                & Q(drawn_units=F("given_units") + F("discarded_units")),
                name="drawn_is_given_and_discarded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vial} in {self.treatment}"


class Sitting(ClinicOwned):
    """One person at the chair for one plan, from the time-out to the signature, or until it is set aside.

    `vials` are the numbers of the vials that were made ready; `reasons` what was written against cautions.
    """

    class Outcome(models.TextChoices):
        UNDER_WAY = "under_way", _("Under way")
        SIGNED = "signed", _("Signed")
        SET_ASIDE = "set_aside", _("Set aside")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sittings")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    begun_by_user_id = models.BigIntegerField()
    begun_by_name = models.CharField(max_length=NAME)
    time_out = models.JSONField()
    vials = models.JSONField()
    reasons = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.UNDER_WAY)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=NAME, blank=True)
    set_aside_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["begun_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(outcome="under_way"), name="one_sitting_under_way_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(outcome="under_way", ended_at=None, ended_by_name="")
                | (~Q(outcome="under_way") & Q(ended_at__isnull=False) & ~Q(ended_by_name="")),
                name="sitting_end_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome="set_aside") & ~Q(set_aside_reason="")
                | ~Q(outcome="set_aside") & Q(set_aside_reason=""),
                name="sittings_are_set_aside_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"sitting for {self.plan}"


class ChairTap(ClinicOwned):
    """One thing noted at the chair. Never changed; what it means is told from all taps together.

    `key` was made by the device, so that a second delivery is known. `hand` binds what one press noted.
    `said_at` is the device's own time. `seen` and `undoes` are keys of other taps of the sitting.
    """

    class Kind(models.TextChoices):
        GIVEN = "given", _("Given")
        SKIPPED = "skipped", _("Skipped")
        UNDONE = "undone", _("Undone")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="taps")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    hand = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    point = models.CharField(max_length=40, blank=True)
    units = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    reason = models.TextField(blank=True)
    site = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=10, blank=True)
    view = models.CharField(max_length=10, blank=True)
    x = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    y = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    seen = models.JSONField(default=list, blank=True)
    undoes = models.JSONField(default=list, blank=True)
    said_at = models.DateTimeField()
    by_user_id = models.BigIntegerField()
    by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "key"], name="one_chair_tap_a_key"),
            models.CheckConstraint(
                condition=Q(kind="given", units__gt=0) | (~Q(kind="given") & Q(units=None)),
                name="given_taps_have_units",
            ),
            models.CheckConstraint(
                condition=Q(kind="undone", point="", view="", x=None, y=None)
                | (~Q(kind="undone") & ~Q(point="") & ~Q(view="") & Q(x__isnull=False, y__isnull=False)),
                name="taps_of_points_have_their_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.point}"


class InjectorOrder(ClinicOwned):
    """In which order a person goes through the muscles: names of muscle and side, e.g. 'masseter.left'."""

    user_id = models.BigIntegerField()
    muscles = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "user_id"], name="one_order_a_person"),
        ]

    def __str__(self) -> str:
        return f"order of {self.user_id}"
