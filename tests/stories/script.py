"""What is played: the published case, who plays it, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page

from masseter.journey.accounts.models import User
from masseter.journey.ground.rights import Role
from tests.stories.cases import Outcome, Published
from tests.stories.site import Site
from tests.stories.walk import Answer, Walk

NO_WARNING_SIGN: Mapping[str, Answer] = {
    "flag_sudden_headache": False,
    "flag_heart": False,
    "flag_deep_infection": False,
    "flag_temporal_artery": False,
    "flag_fatigable_weakness": False,
    "flag_growth": False,
    "flag_numb_chin": False,
    "flag_crisis": False,
    "flag_changing_headache": False,
    "flag_lung": False,
    "flag_jaw_injury": False,
    "flag_trigeminal": False,
    "flag_facial_nerve": False,
    "flag_rippling": False,
    "flag_drug_movement": False,
    "flag_tic": False,
}
"""No publication lists the warning signs that were not there: the product asks, the story says no."""

HEALTHY: Mapping[str, Answer] = {
    "allergies": ("none",),
    "refuses_blood_products": False,
    "neuromuscular": ("none",),
    "swallowing_or_breathing": False,
    "infection_at_site": False,
    "illnesses": ("none",),
    "medicine_classes": ("none",),
    "had_toxin_before": False,
    "wants_looks_only": False,
}
"""Nor what is not there of allergies, illnesses and medicines: asked for, and answered by the story."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who can sign in, with what they need for it."""

    user_id: int
    email: str
    name: str
    secret: str


@dataclass(kw_only=True)
class Script:
    """One story. `told` is what the publication says, `assumed` what it leaves out, as answers.

    `cautions`, `plan_cautions` and `time_out_cautions` are all that the product may warn of in verdict,
    plan and time-out, by their codes, each with the reason that the clinician of this story writes.
    """

    case: Published
    given_names: str
    family_name: str
    born: date
    begins: datetime
    told: Mapping[str, Answer]
    assumed: Mapping[str, Answer]
    diagnosis: str
    scheme: str
    cautions: Mapping[str, str]
    plan_cautions: Mapping[str, str]
    time_out_cautions: Mapping[str, str] = field(default_factory=dict)
    side: str = ""
    optional: tuple[str, ...] = ()
    product: str = ""
    product_is_open_at_consent: bool = False
    outcome: Outcome = field(init=False)

    def __post_init__(self) -> None:
        self.outcome = Outcome(case=self.case)

    @property
    def email(self) -> str:
        return f"{self.case.id}@patients.example"

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"


@dataclass(kw_only=True)
class Stage:
    """The clinic with its people at their windows, and the clock."""

    script: Script
    site: Site
    person: Callable[..., Person]
    window: Callable[..., Page]
    walks: dict[str, Walk] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    patient_id: int = 0
    case_id: int = 0
    plan_id: int = 0
    treatment_id: int = 0
    today: date = date.min

    def on_day(self, day: int, hour: int = 9, minute: int = 0) -> date:
        """Move the clock to so many days after the treatment's day."""
        moment = self.script.begins.replace(hour=hour, minute=minute) + timedelta(days=day)
        self.site.at(moment.astimezone(UTC))
        self.today = moment.date()
        return self.today

    def day(self, day: int) -> date:
        """So many days after the treatment's day; the clock stays."""
        return (self.script.begins + timedelta(days=day)).date()

    def staff(self, *roles: Role) -> Walk:
        """A member of staff at a window that stays open."""
        key = "-".join(roles)
        if key not in self.walks:
            self.walks[key] = Walk(self.window(self.who(*roles)))
        return self.walks[key]

    def who(self, *roles: Role) -> Person:
        """A member of staff; made once, since a new password ends the sessions of the old one."""
        key = "-".join(roles)
        if key not in self.people:
            self.people[key] = self.person(*roles)
        return self.people[key]

    @property
    def visitor(self) -> Walk:
        """Somebody without an account."""
        if "visitor" not in self.walks:
            self.walks["visitor"] = Walk(self.window())
        return self.walks["visitor"]

    @property
    def desk(self) -> Walk:
        return self.staff(Role.FRONT_DESK)

    @property
    def injector(self) -> Walk:
        return self.staff(Role.INJECTOR)

    @property
    def injector_name(self) -> str:
        """The name of the injector, who is on the staff from now on."""
        return self.who(Role.INJECTOR).name

    @property
    def prescriber(self) -> Walk:
        return self.staff(Role.PRESCRIBER)

    @property
    def manager(self) -> Walk:
        return self.staff(Role.MANAGER)

    @property
    def patient(self) -> Walk:
        """The patient, signed in; the code by e-mail has a test of its own."""
        if "patient" not in self.walks:
            user = User.objects.get(email=self.script.email)
            who = Person(user_id=user.pk, email=user.email, name=self.script.name, secret="")
            self.walks["patient"] = Walk(self.window(who))
        return self.walks["patient"]
