"""Clinics, the people who sign in, and which role a person has in which clinic."""

from __future__ import annotations

from typing import ClassVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.ground.rights import ROLE_NAMES, WITHOUT_ACCOUNT
from masseter.knowledge.model import Jurisdiction as Place


def check_zone(name: str) -> None:
    """Raises: ValidationError for a time zone that does not exist."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValidationError(f"There is no time zone {name!r}.") from error


class Clinic(models.Model):
    """One clinic: its rules follow its jurisdiction, its days follow its time zone."""

    class Jurisdiction(models.TextChoices):
        US = "US", "United States"
        EU = "EU", "European Union"
        UK = "UK", "United Kingdom"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    jurisdiction = models.CharField(max_length=2, choices=Jurisdiction.choices)
    zone = models.CharField("time zone", max_length=60, default="UTC", validators=[check_zone])
    phone = models.CharField(max_length=40)
    emergency_number = models.CharField(max_length=20)
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        """Whose rules the clinic works under, as the knowledge names it."""
        return cast(Place, self.jurisdiction)


class UserManager(BaseUserManager["User"]):
    """Makes users; nobody signs up alone."""

    def create_user(self, email: str, password: str | None = None, name: str = "") -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One person who can sign in. Holds an address and nothing about health."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    # As in settings.LANGUAGES; empty until the person has chosen.
    language = models.CharField(max_length=10, blank=True, default="")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_user_an_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Membership(ClinicOwned):
    """A role of a person in a clinic; ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "user", "role"],
                condition=models.Q(ended_at=None),
                name="one_running_membership",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=[role.value for role in sorted(WITHOUT_ACCOUNT)]),
                name="no_membership_without_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.clinic}"


class Letterhead(ClinicOwned):
    """What a clinic's papers carry beside its name and address. The logo is SVG that we made ourselves."""

    logo = models.TextField(blank=True)
    changed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic"], name="one_letterhead_a_clinic"),
        ]

    def __str__(self) -> str:
        return f"letterhead of {self.clinic}"
