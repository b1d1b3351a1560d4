"""Standard jobs of an injector, done by hand in the browser: clicks and keys are what the docs say."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from masseter.journey.ground.rights import Role
from tests.journey.given import healthy
from tests.stories.hand import Hand, ready_patient, written
from tests.stories.script import Person
from tests.stories.site import Site

Window = Callable[..., Page]
DOCTOR = (Role.INJECTOR, Role.PRESCRIBER)


def at_chart(window: Window, person: Callable[..., Person], patient: int) -> Hand:
    page = window(person(*DOCTOR))
    page.goto(f"/clinic/patients/{patient}/")
    return Hand(page)


def test_bruxism_with_four_points_a_side_moved_by_five_millimetres(
    site: Site, committing: None, person: Callable[..., Person], window: Window
) -> None:
    patient = ready_patient(site, "Bruxism", "bruxism", "sleep_bruxism", **healthy())
    hand = at_chart(window, person, patient.pk)

    hand.link("Draw up the plan")
    hand.choose("Masseter 80 a side, Dysport")
    hand.button("Draft this plan")
    before = places(hand.page)
    hand.point("MASS-L-1")
    hand.press("Control+a", "Control+a", "Shift+ArrowUp")
    hand.button("Save draft")

    after = places(hand.page)
    moved = {name: (after[name][0] - x, after[name][1] - y) for name, (x, y) in before.items()}
    assert len(moved) == 8
    assert set(moved.values()) == {(0, -10)}, "5 mm at half a millimetre a unit"
    assert hand.told() == written("Bruxism, four masseter points a side moved by 5 mm")


def test_hemifacial_spasm_at_six_points(
    site: Site, committing: None, person: Callable[..., Person], window: Window
) -> None:
    known = {**healthy(), "spasm_side": "left"}
    patient = ready_patient(site, "Spasm", "facial_spasm", "hemifacial_spasm", **known)
    hand = at_chart(window, person, patient.pk)

    hand.link("Draw up the plan")
    hand.choose("Hemifacial spasm, four fixed orbital points")
    hand.button("Draft this plan")
    for muscle in ("zygomaticus_major", "orbicularis_oris"):
        click_muscle(hand, muscle, "left")
        hand.type("2.5")
    hand.button("Save draft")

    expect(hand.page.locator("#plan-check")).to_contain_text("in 6 points")
    assert hand.told() == written("Hemifacial spasm, six points")


def click_muscle(hand: Hand, muscle: str, side: str) -> None:
    """Click a place of the muscle, seen from the front, at which nothing lies on it."""
    region = hand.page.locator(f'svg[data-view="front"] [data-site="{muscle}"][data-side="{side}"]')
    x, y = region.evaluate(
        """(it) => {
          it.scrollIntoView({ block: "center", behavior: "instant" });
          const box = it.getBoundingClientRect();
          for (let step = 0; step < 400; step += 1) {
            const x = box.x + (box.width * (step % 20)) / 20;
            const y = box.y + (box.height * Math.floor(step / 20)) / 20;
            const around = [[0, 0], [2, 0], [-2, 0], [0, 2], [0, -2]];
            const isFree = ([right, down]) => document.elementFromPoint(x + right, y + down) === it;
            if (around.every(isFree)) return [x, y];
          }
          throw new Error("nothing of it is free");
        }"""
    )
    hand.clicks += 1
    hand.page.mouse.click(x, y)


def places(page: Page) -> dict[str, tuple[float, float]]:
    """Where every point of the form lies."""
    found: dict[str, tuple[float, float]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("tr[data-row]")].map((row) => [
          row.dataset.point,
          ["x", "y"].map((name) => Number(row.querySelector(`[name$="-${name}"]`).value)),
        ]))"""
    )
    return {name: (x, y) for name, (x, y) in found.items()}
