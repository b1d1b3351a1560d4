"""The hand on mouse and keyboard: it does a job in the browser and counts every click and key press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.models import Patient
from masseter.journey.stock.actions import receive_lot
from masseter.knowledge.load import load
from tests.conftest import make_actor
from tests.factories import make_patient, make_ready_case
from tests.stories.site import Site

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "clicks.md"
# The keystroke-level model: pointing and clicking, and one key of an average typist, in seconds.
CLICK_S, KEY_S = Decimal("1.3"), Decimal("0.28")
MOST_TABS = 400
MIGRAINE = {
    "allergies": ("none",),
    "neuromuscular": ("none",),
    "medicine_classes": ("none",),
    "pregnancy": ("none",),
    "swallowing_or_breathing": False,
    "infection_at_site": False,
    "had_toxin_before": False,
    "headache_days": 20,
    "migraine_days": 12,
    "headache_over_3_months": True,
    "attacks_meet_migraine": True,
    "migraine_days_over_3_months": True,
    "headache_explained_otherwise": False,
    "preventives_tried": ("topiramate", "beta_blocker", "amitriptyline"),
    "painkiller_days": 5,
    "triptan_days": 3,
}


@dataclass
class Hand:
    """Clicks and keys of one job; a key with Shift or Ctrl is one key, and so is each letter of a word."""

    page: Page
    clicks: int = 0
    keys: int = 0

    @property
    def count(self) -> int:
        """Clicks and keys together."""
        return self.clicks + self.keys

    def told(self) -> tuple[str, str, str]:
        """Clicks, keys, and the seconds that they take by the keystroke-level model."""
        seconds = self.clicks * CLICK_S + self.keys * KEY_S
        return str(self.clicks), str(self.keys), f"{seconds:.0f}"

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.keys += len(words)
        self.page.keyboard.type(words)

    def scan(self, code: str) -> None:
        """What a hand scanner does: it types the code and Enter, and no finger does."""
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done leads to another page."""
        with self.page.expect_navigation():
            yield

    def link(self, name: str) -> None:
        with self.leaving():
            self.click(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        with self.leaving():
            self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def tick(self, label: str) -> None:
        box = self.page.get_by_role("checkbox", name=re.compile(rf"^\s*{label}"))
        self.click(box.first)
        expect(box.first).to_be_checked()

    def choose(self, label: str) -> None:
        button = self.page.get_by_role("radio", name=re.compile(rf"^\s*{label}"))
        self.click(button.first)
        expect(button.first).to_be_checked()

    def point(self, name: str) -> None:
        """Click a point on the map."""
        self.click(self.page.locator(f'.fm-point[data-point="{name}"] .fm-ring'))

    def reach(self, what: Locator) -> None:
        """Go there by Tab alone."""
        expect(what).to_be_visible()
        for _ in range(MOST_TABS):
            if what.evaluate("it => it === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {what}")


def everybody(site: Site) -> Actor:
    """Injector, prescriber and manager in one person."""
    roles = (Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
    return make_actor(site.clinic, *roles, email="all@stories.example")


def ready_patient(
    site: Site, name: str, condition: str, diagnosis: str, *products: tuple[str, str], **history: object
) -> Patient:
    """A patient whose consultation is done; a lot of each product and size is in stock."""
    by = everybody(site)
    with clinic_scope(site.clinic.pk, by.user_id):
        patient = make_patient(by, given_names=name, family_name="Clicks")
        known = {**dict.fromkeys(_warning_signs(condition), False), **history}
        make_ready_case(by, condition=condition, diagnosis=diagnosis, patient=patient, **known)
        for product, size in products:
            receive_lot(
                by=by,
                product=product,
                presentation=size,
                number=name.upper(),
                expires_on=clock.today(by.zone) + timedelta(days=300),
                count=1,
            )
    return patient


def written(job: str) -> tuple[str, str, str]:
    """What the page about clicks says of a job: clicks, keys, seconds."""
    row = next(line for line in PAGE.read_text().splitlines() if line.startswith(f"| {job} |"))
    _, _, clicks, keys, seconds, *_ = (cell.strip() for cell in row.split("|"))
    return clicks, keys, seconds


def _warning_signs(condition: str) -> list[str]:
    here = load().observations.values()
    return [
        one.code
        for one in here
        if one.code.startswith("flag_") and (not one.conditions or condition in one.conditions)
    ]
