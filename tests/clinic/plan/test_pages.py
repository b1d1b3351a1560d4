"""The pages of the plan: choosing, editing, checking, deciding, with bad input and in two tabs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.rights import Role
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan, PlanOverride
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words as text_of
from tests.conftest import ActorMaker
from tests.factories import make_case
from tests.journey.given import DOCTOR, approved_plan, make_lot, make_plan, make_treatment, migraine_case

SignIn = Callable[..., Client]


@pytest.fixture
def draft(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> tuple[Client, Plan, dict[str, str]]:
    """A browser on a draft, with what it would send."""
    by = actor(*DOCTOR)
    make_lot(by)
    plan = make_plan(by, migraine_case(by))
    browser = signed_in(*DOCTOR)
    page = browser.get(reverse("plan", args=[plan.pk]))
    return browser, plan, fields(page.content.decode())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"point-0-units": "1,000"}, "thousands"),
        ({"point-0-units": "five"}, "digits 0 to 9"),
        ({"point-0-units": "-5"}, "digits 0 to 9"),
        ({"point-0-site": "elbow"}, "not on the face map"),
        ({"point-0-x": "1e9"}, "no place on the face map"),
        ({"point-0-y": "-3"}, "outside the drawing"),
        ({"presentation": "botox-300"}, "Select a valid choice"),
        ({"diluent_ml": "four"}, "digits 0 to 9"),
        ({"do": "add", "add_site": "", "add_side": "left"}, "Choose a muscle"),
        ({"do": "add", "add_site": "procerus", "add_side": "left"}, "Choose a muscle and a side"),
        ({"do": "propose", "point-0-units": ""}, "stops the plan"),
        ({"do": "propose", "point-0-units": "10"}, "written reason"),
        ({"points-total": "0", "do": "propose"}, "no injection point"),
    ],
)
def test_draft_keeps_what_was_typed_and_says_what_is_wrong(
    draft: tuple[Client, Plan, dict[str, str]], changed: dict[str, str], words: str
) -> None:
    browser, plan, sent = draft

    page = browser.post(reverse("plan", args=[plan.pk]), {**sent, "note": "Kept as typed", **changed})

    html = page.content.decode()
    assert page.status_code == 422
    assert words in html
    assert "<title>Error:" in html
    assert "Kept as typed" in html
    plan.refresh_from_db()
    assert (plan.state, plan.note) == ("draft", "")


def test_draft_is_saved_with_its_changes(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, sent = draft

    browser.post(reverse("plan", args=[plan.pk]), {**sent, "point-0-remove": "1", "point-1-units": "7,5"})

    points = stored_points(Plan.objects.get(pk=plan.pk))
    assert len(points) == 30
    assert str(points[0].units) == "7.5"


def test_draft_in_a_second_tab_is_not_overwritten(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, sent = draft
    url = reverse("plan", args=[plan.pk])
    other = fields(browser.get(url).content.decode())
    browser.post(url, {**sent, "note": "First"})

    page = browser.post(url, {**other, "note": "Second"})

    assert page.status_code == 422
    assert "changed by someone else" in page.content.decode()
    assert "Second" in page.content.decode()
    plan.refresh_from_db()
    assert plan.note == "First"


def test_one_side_is_copied_to_the_other(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, sent = draft
    left = {f"point-{n}-units": "4" for n in range(31) if "-L-" in sent[f"point-{n}-id"]}

    browser.post(reverse("plan", args=[plan.pk]), {**sent, **left, "do": "mirror_left"})

    points = stored_points(Plan.objects.get(pk=plan.pk))
    assert len(points) == 31
    assert {str(point.units) for point in points if point.side == "right"} == {"4"}


def test_standard_points_of_a_muscle_are_added(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, sent = draft
    add = {"do": "add", "add_site": "masseter", "add_side": "left"}

    browser.post(reverse("plan", args=[plan.pk]), {**sent, **add})

    added = [point for point in stored_points(Plan.objects.get(pk=plan.pk)) if point.site == "masseter"]
    assert {point.id for point in added} == {f"MASS-L-{n}" for n in range(1, 6)}
    assert {point.units for point in added} == {None}


def test_live_check_names_the_point_and_saves_nothing(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, sent = draft

    url = reverse("plan_check", args=[plan.pk])
    html = browser.post(url, {**sent, "point-0-units": "500"}).content.decode()
    field = re.findall(r'<textarea[^>]*name="(reason-dose-outside-protocol[^"]*)"', html)[0]
    listed = re.findall(rf'name="for-{field}" value="([^"]*)"', html)[0]
    answer = browser.post(url, {**sent, "point-0-units": "500", field: "Typed", f"for-{field}": listed})

    html = answer.content.decode()
    assert 'data-point="CORR-L-1" data-severity="caution"' in html
    assert '<span data-place="CORR-L-1" data-own="">Corrugator supercilii, left' in html
    assert ">650</span>" in html
    assert "Typed" in html
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_check_button_works_without_script(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, sent = draft

    page = browser.post(reverse("plan", args=[plan.pk]), {**sent, "point-0-units": "500", "do": "check"})

    assert page.status_code == 200
    assert ">650</span>" in page.content.decode()
    assert stored_points(Plan.objects.get(pk=plan.pk))[0].units == 5


def test_change_of_product_empties_the_doses(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, _ = draft
    url = reverse("plan_product", args=[plan.pk])
    sent = fields(browser.get(url).content.decode())

    browser.post(url, {**sent, "product": "xeomin"})

    changed = Plan.objects.get(pk=plan.pk)
    assert changed.product == "xeomin"
    assert {point.units for point in stored_points(changed)} == {None}


def test_new_plan_without_diagnosis_says_where_to_choose_it(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    case = make_case(actor(*DOCTOR), condition="chronic_migraine")
    browser = signed_in(*DOCTOR)
    url = reverse("plan_new", args=[case.pk])
    page = browser.get(url)
    sent = fields(page.content.decode())

    refused = browser.post(url, {**sent, "protocol": "migraine_label_155_botox"})

    assert reverse("diagnosis", args=[case.pk]) in page.content.decode()
    assert refused.status_code == 422
    assert "working diagnosis first" in refused.content.decode()


def test_new_plan_leads_to_the_running_one(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, _ = draft

    page = browser.get(reverse("plan_new", args=[plan.case_id]))

    assert page.headers["Location"] == reverse("plan", args=[plan.pk])


def test_next_cycle_starts_from_the_last_treatment(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    treatment = make_treatment(actor(*DOCTOR))
    browser = signed_in(*DOCTOR)
    url = reverse("plan_new", args=[treatment.case_id])
    sent = fields(browser.get(url).content.decode())

    browser.post(url, sent)

    plan = Plan.objects.get(state="draft")
    assert sent["protocol"] == "last"
    assert plan.cycle == 2
    assert len(stored_points(plan)) == 31


def test_approval_of_an_older_version_is_refused(
    draft: tuple[Client, Plan, dict[str, str]], actor: ActorMaker
) -> None:
    browser, plan, sent = draft
    url = reverse("plan", args=[plan.pk])
    browser.post(url, {**sent, "do": "propose"})
    approve = reverse("plan_approve", args=[plan.pk])
    seen = fields(browser.get(approve).content.decode())
    reopen = reverse("plan_reopen", args=[plan.pk])
    browser.post(reopen, fields(browser.get(reopen).content.decode()))
    changed = {**fields(browser.get(url).content.decode()), "note": "Changed", "do": "propose"}
    browser.post(url, changed)

    page = browser.post(approve, seen)

    assert page.status_code == 422
    assert Plan.objects.get(pk=plan.pk).state == "proposed"


def test_withdrawal_needs_a_reason(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, _ = draft
    url = reverse("plan_withdraw", args=[plan.pk])
    sent = fields(browser.get(url).content.decode())

    assert browser.post(url, sent).status_code == 422
    assert Plan.objects.get(pk=plan.pk).state == "draft"


@pytest.mark.parametrize(
    "name",
    ["plan", "plan_check", "plan_product", "plan_propose", "plan_approve", "plan_reopen", "plan_withdraw"],
)
def test_plan_of_another_clinic_is_not_there(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker, signed_in: SignIn, name: str
) -> None:
    plan = approved_plan(actor(*DOCTOR))

    page = signed_in(*DOCTOR, of=other_clinic).get(reverse(name, args=[plan.pk]))

    assert page.status_code == 404


def test_approval_is_closed_to_an_injector(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    plan = approved_plan(actor(*DOCTOR))

    page = signed_in(Role.INJECTOR).get(reverse("plan_approve", args=[plan.pk]))

    assert page.status_code == 403


def test_an_open_question_stands_on_the_plan_outside_the_fold(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by, had_toxin_before=None))

    page = signed_in(*DOCTOR).get(reverse("plan", args=[plan.pk]))

    notes = re.findall(r'<details class="m-more">.*?</details>', page.content.decode(), flags=re.S)
    assert "To ask: Botulinum toxin before, anywhere, also cosmetic." in text_of(page)
    assert not any("the last 12 weeks" in each for each in notes)
    assert "Nothing stands against this plan" not in text_of(page)


def reason_cards(html: str, code: str) -> list[tuple[str, str, str]]:
    """The reasons that the page asks for of one code: field, the findings listed with it, text."""
    pattern = rf'name="for-(reason-{code}[^"]*)" value="([^"]*)">.*?<textarea[^>]*>(.*?)</textarea>'
    return re.findall(pattern, html, flags=re.S)


def test_one_reason_may_be_given_to_all_points_that_are_listed(
    draft: tuple[Client, Plan, dict[str, str]],
) -> None:
    browser, plan, sent = draft
    url, doses = reverse("plan", args=[plan.pk]), {"point-0-units": "6", "point-1-units": "6"}
    html = browser.post(url, {**sent, **doses, "do": "check"}).content.decode()
    ((field, listed, _),) = reason_cards(html, "dose-outside-protocol")

    browser.post(url, {**sent, **doses, field: "Strong frown.", f"for-{field}": listed})

    kept = PlanOverride.objects.filter(plan=plan, finding_code="dose-outside-protocol")
    assert sorted(kept.values_list("subject", "reason")) == [
        ("CORR-L-1", "Strong frown."),
        ("CORR-R-1", "Strong frown."),
    ]


def test_a_changed_dose_empties_its_reason_and_shows_what_was_written(
    draft: tuple[Client, Plan, dict[str, str]],
) -> None:
    browser, plan, sent = draft
    url = reverse("plan_check", args=[plan.pk])
    html = browser.post(url, {**sent, "point-0-units": "6"}).content.decode()
    ((field, listed, _),) = reason_cards(html, "dose-outside-protocol")
    typed = {field: "Strong frown.", f"for-{field}": listed}

    html = browser.post(url, {**sent, "point-0-units": "60", **typed}).content.decode()

    ((_, _, text),) = reason_cards(html, "dose-outside-protocol")
    assert text == ""
    assert "no longer counted: <q>Strong frown.</q>" in html


def test_a_new_point_gets_a_field_of_its_own(draft: tuple[Client, Plan, dict[str, str]]) -> None:
    browser, plan, sent = draft
    url = reverse("plan_check", args=[plan.pk])
    html = browser.post(url, {**sent, "point-0-units": "6"}).content.decode()
    ((field, listed, _),) = reason_cards(html, "dose-outside-protocol")
    typed = {field: "Strong frown.", f"for-{field}": listed}

    html = browser.post(url, {**sent, "point-0-units": "6", "point-1-units": "6", **typed}).content.decode()

    assert [text for *_, text in reason_cards(html, "dose-outside-protocol")] == ["Strong frown.", ""]
