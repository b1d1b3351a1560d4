"""The pages of storage: a place, its temperatures, a logger's file, an excursion, the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Role
from masseter.journey.stock.actions import discard_vial
from masseter.journey.stock.models import StorageUnit, TemperatureExcursion, TemperatureReading, Vial
from masseter.journey.stock.storage_actions import move_vials
from tests.clinic.inject.test_flow import fields
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, vials_of
from tests.journey.stock.test_storage import fridge
from tests.journey.stock.test_temperatures import at, kept, send

SignIn = Callable[..., Client]


def post(browser: Client, url: str, **typed: object) -> str:
    """Send the form of a page with some of it typed; the page that comes."""
    form = fields(browser.get(url).content.decode())
    return browser.post(url, {**form, **typed}, follow=True).content.decode()


def test_warm_night_is_found_in_the_file_and_decided_by_a_person(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    lot = make_lot(actor(*DOCTOR))
    browser = signed_in(Role.MANAGER)
    post(browser, reverse("unit_add"), name="Fridge <1>", place="refrigerator", longest_minutes="30")
    unit = StorageUnit.objects.get()
    start = clock.now() - timedelta(hours=5)
    moved = {"unit": str(unit.pk), "at": f"{start - timedelta(hours=9):%Y-%m-%dT%H:%M}"}
    moved["vials"] = [str(pk) for pk in Vial.objects.values_list("pk", flat=True)]
    assert "Fridge &lt;1&gt;" in post(browser, reverse("vials_move", args=[lot.pk]), **moved)
    lines = [f"{start + timedelta(hours=hour):%Y-%m-%dT%H:%M}Z;{value}" for hour, value in
             enumerate(("4,5", "12,5", "9,0", "5,0"))]  # fmt: skip
    content = ("Zeit;Temperatur °C\n" + "\n".join(lines)).encode("cp1252")
    url = reverse("temperature_import", args=[unit.pk])

    wrong = post(browser, url, file=SimpleUploadedFile("a.csv", content + b"\nx;y"), order="auto")
    shown = post(browser, url, file=SimpleUploadedFile("a.csv", content), order="auto")

    assert "Line 6" in wrong
    assert "4 new readings" in shown
    assert "the vials are in quarantine" in shown
    assert "without a reading" in shown
    assert "9 to 12.5 °C" in shown
    assert "2 in quarantine" in shown
    excursion = TemperatureExcursion.objects.get()
    page = reverse("excursion", args=[excursion.pk])
    told = {"do": "release", "reason": "Dr Lee: use first.", "vials": moved["vials"][:1]}
    assert "Write what was decided" in post(browser, page, **{**told, "reason": ""})
    decided = post(browser, page, **told)
    assert ("Released" in decided, "Waits for a decision" in decided) == (True, True)


def test_advice_is_for_the_vial_that_was_outside_longest_in_its_life(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by = actor(*DOCTOR)
    unit, _ = kept(by, since=400, count=1)
    send(by, unit, [(300, "12"), (280, "5")])
    sooner = clock.today(by.zone) + timedelta(days=90)
    late = vials_of(make_lot(by, number="A0", expires_on=sooner, count=1))
    move_vials(by=by, vials=[vial.pk for vial in late], unit=unit, at=at(250))
    send(by, unit, [(200, "12"), (80, "5")])
    excursion = TemperatureExcursion.objects.earliest("-began_at")

    shown = signed_in(Role.MANAGER).get(reverse("excursion", args=[excursion.pk])).content.decode()

    assert "Beyond what is published (140 of 120 hours in all)" in shown
    assert 'data-label="In its whole life" class="is-number">8400<' in shown


def test_place_is_taken_out_of_use_once_it_is_empty(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by = actor(*DOCTOR)
    unit, (vial,) = fridge(by), vials_of(make_lot(by, count=1))
    browser, typed = signed_in(Role.MANAGER), {"reason": "Broken.", "sure": "1"}
    url = reverse("unit", args=[unit.pk])
    opened = fields(browser.get(url).content.decode())
    move_vials(by=by, vials=[vial.pk], unit=unit)
    assert "Move them first" in browser.get(url).content.decode()
    assert "move them first" in browser.post(url, {**opened, **typed}).content.decode()
    discard_vial(by=by, vial=vial, reason="Dropped.")

    unsure = post(browser, url, reason="Broken.")
    seen = signed_in(Role.FRONT_DESK, Role.INJECTOR).get(url).content.decode()
    shown = post(signed_in(Role.MANAGER), url, **typed)

    assert "Look that it is empty" in unsure
    assert "Take it out of use" not in seen
    assert "The place is out of use" in shown
    assert "Not in use any more (1)" in shown
    assert StorageUnit.objects.get().ended_at is not None
    assert "Not in use since" in browser.get(url).content.decode()


def test_temperature_is_read_off_with_a_comma(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)
    post(browser, reverse("unit_add"), name="Freezer", place="freezer", longest_minutes="60")
    url = reverse("temperature_add", args=[StorageUnit.objects.get().pk])

    for wrong, words in (("warm", "Enter a number"), ("1e999", "Enter a number"), ("120", "that can be")):
        assert words in post(browser, url, celsius=wrong)
    post(browser, url, celsius="−18,5")

    assert f"{TemperatureReading.objects.get().celsius}" == "-18.50"
    assert "<strong>−18.5 °C</strong>" in browser.get(reverse("storage")).content.decode()
