"""Correcting the vials and the injector on the page, and what record and paper say of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.stock.models import Vial
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, make_treatment, vials_of

Page = tuple[Client, str, dict[str, object], Treatment]
REASON = {"amendment_reason": "The other vial was in my hand."}


@pytest.fixture
def page(clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]) -> Page:
    """The page that corrects a treatment from two vials of 100 units; a third lies in the stock."""
    by = actor(*DOCTOR)
    old = make_treatment(by, vials=vials_of(make_lot(by, presentation="botox-100", count=3))[:2])
    browser = signed_in(*DOCTOR)
    url = reverse("treatment_amend", args=[old.pk])
    own = [use.vial_id for use in old.vial_uses.all()]
    return browser, url, {**fields(browser.get(url).content.decode()), "vials": own, **REASON}, old


def vials_by_point(treatment: Treatment) -> dict[str, int]:
    return dict(treatment.points.values_list("label", "vial_id"))


def test_no_vial_is_refused(page: Page) -> None:
    browser, url, sent, _ = page

    assert "Tick the vial that was used" in browser.post(url, {**sent, "vials": []}).content.decode()


def test_point_without_its_vial_is_asked_for(page: Page) -> None:
    browser, url, sent, old = page

    answer = browser.post(url, {**sent, "point-3-vial": ""})

    assert f"from which it came: {old.points.all()[3].label}." in answer.content.decode()


def test_points_keep_their_vials_when_something_else_is_corrected(page: Page) -> None:
    browser, url, sent, old = page

    browser.post(url, {**sent, "note": "She lay down."})

    newer = Treatment.objects.get(supersedes=old)
    assert vials_by_point(newer) == vials_by_point(old)
    assert len(set(vials_by_point(newer).values())) == 2


def test_point_is_moved_to_the_other_vial(page: Page) -> None:
    browser, url, sent, old = page
    first, second = sent["vials"]  # type: ignore[misc]  # two numbers
    label = next(row.label for row in old.points.all() if row.vial_id == first)
    place = [row.label for row in old.points.all()].index(label)
    units = old.points.get(label=label).units.normalize()
    moved = {f"point-{place}-vial": second, f"discarded-{first}": units, f"discarded-{second}": 45 - units}

    browser.post(url, {**sent, **moved})

    newer = Treatment.objects.get(supersedes=old)
    assert vials_by_point(newer) == {**vials_by_point(old), label: second}


def test_wrong_vial_is_replaced_with_its_points(page: Page) -> None:
    browser, url, sent, old = page
    first, second = sent["vials"]  # type: ignore[misc]  # two numbers
    spare = Vial.objects.get(state="sealed").pk

    asked = browser.post(url, {**sent, "vials": [first, spare]}).content.decode()
    browser.post(url, {**fields(asked), **REASON, "vials": [first, spare]})

    newer = Treatment.objects.get(supersedes=old)
    wanted = {label: spare if pk == second else pk for label, pk in vials_by_point(old).items()}
    assert vials_by_point(newer) == wanted
    assert Vial.objects.get(pk=second).state == "quarantined"


def test_injector_is_corrected(page: Page, actor: ActorMaker) -> None:
    browser, url, sent, old = page
    other = actor(Role.INJECTOR)

    browser.post(url, {**sent, "injector": str(other.user_id)})

    assert Treatment.objects.get(supersedes=old).injector_name == other.name


def test_record_says_each_point_s_vial_depth_and_reconstitution(page: Page) -> None:
    browser, _, _, old = page
    first, second = (str(use.vial) for use in old.vial_uses.all())

    shown = words(browser.get(reverse("treatment", args=[old.pk])))
    paper = browser.get(reverse("treatment_pdf", args=[old.pk]))

    reader = PdfReader(BytesIO(paper.content))
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in reader.pages))
    for told in (shown, text):
        for phrase in (first, second, "2 mL diluent", "Intramuscular.", "Into the thin muscle", "Whole"):
            assert phrase in told
    assert shown.count(f"Vial {first}") == sum(
        pk == old.vial_uses.all()[0].vial_id for pk in vials_by_point(old).values()
    )
