"""A plan and a treatment are shown on the drawing that they were made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.inject.record import treatment_markers
from masseter.journey.accounts.models import Clinic
from masseter.journey.inject import writing as treatments
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given
from masseter.journey.plan import writing as plans
from masseter.journey.plan.actions import change_plan, choose_product, reopen_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.own import newest_version
from masseter.journey.plan.own_actions import save_own_scheme
from masseter.knowledge.load import load
from masseter.ui.facemap import UnknownEdition
from masseter.ui.facemap.editions import edition_of
from masseter.ui.paper.maps import maps_of
from tests.conftest import ActorMaker
from tests.journey.given import (
    DOCTOR,
    approved_plan,
    drawing_of,
    make_lot,
    make_treatment,
    session_for,
    vials_of,
)

# The profile of version 3 had no platysma, today's has it.
OURS_ONLY = edition_of("4").regions["platysma"][2].path


@pytest.fixture
def old(clinic: Clinic, actor: ActorMaker, monkeypatch: pytest.MonkeyPatch) -> Treatment:
    """A treatment that was planned, given and signed when version 3 was the newest."""
    known = load()
    then = replace(known, face_map=replace(known.face_map, version="3"))
    with monkeypatch.context() as patched:
        patched.setattr(plans, "load", lambda: then)
        patched.setattr(treatments, "load", lambda: then)
        treatment = make_treatment(actor(*DOCTOR))
    assert (treatment.map_version, treatment.plan.map_version) == ("3", "3")
    return treatment


def test_record_of_a_version_that_was_never_released_is_refused_by_name(old: Treatment) -> None:
    with pytest.raises(UnknownEdition, match="no version '99'"):
        maps_of(treatment_markers(old), version="99")


def test_old_record_is_shown_on_its_own_drawing_with_its_own_positions(
    old: Treatment, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in(*DOCTOR)
    pages = [
        browser.get(reverse("treatment", args=[old.pk])).content.decode(),
        browser.get(reverse("plan", args=[old.plan_id])).content.decode(),
    ]
    drawings, _ = maps_of(treatment_markers(old), version=old.map_version)
    first = old.points.all()[0]

    for html in (*pages, *drawings.values()):
        assert OURS_ONLY not in html
        assert "fm-risk " not in html
    assert all(edition_of("3").regions["masseter"][0].path in html for html in pages)
    assert all(f"translate({first.x.normalize():f} {first.y.normalize():f})" in html for html in pages)


def test_new_record_is_shown_on_todays_drawing(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    made = make_treatment(actor(*DOCTOR))

    html = signed_in(*DOCTOR).get(reverse("treatment", args=[made.pk])).content.decode()

    assert OURS_ONLY in html


def test_record_keeps_its_drawing_until_its_points_are_placed_on_todays(
    clinic: Clinic, actor: ActorMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, known = actor(*DOCTOR), load()
    then = replace(known, face_map=replace(known.face_map, version="3"))
    with monkeypatch.context() as patched:
        patched.setattr(plans, "load", lambda: then)
        plan, other = (approved_plan(by) for _ in range(2))

    scheme = save_own_scheme(by=by, plan=plan, name="Ours", is_shared=False)
    given = make_treatment(by, plan)
    opened = reopen_plan(by=by, plan=other)
    emptied = choose_product(by=by, plan=opened, product="dysport")

    records = (newest_version(scheme), given, given.plan, opened, emptied)
    assert [each.map_version for each in records] == ["3"] * 5
    placed = change_plan(by=by, plan=emptied, points=stored_points(emptied), drawing=drawing_of(emptied))
    assert placed.map_version == "4"


def test_treatment_with_a_point_placed_on_todays_drawing_is_of_todays(
    clinic: Clinic, actor: ActorMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, known = actor(*DOCTOR), load()
    then = replace(known, face_map=replace(known.face_map, version="3"))
    with monkeypatch.context() as patched:
        patched.setattr(plans, "load", lambda: then)
        plan = approved_plan(by)
    vials = vials_of(make_lot(by))[:1]
    first, *others = session_for(by, plan, vials).given
    moved = Given(
        point=replace(first.point, y=first.point.y + 4), planned=first.planned, reason="Seen on the day."
    )

    treatment = sign_treatment(by=by, plan=plan, session=session_for(by, plan, vials, given=(moved, *others)))

    assert treatment.map_version == "4"
