"""From the case to the signed treatment through the pages."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.models import Plan
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, migraine_case


def fields(html: str) -> dict[str, str]:
    """The fields of the page's form as a browser would send them, buttons apart."""
    form = html[html.index("data-facemap") if "data-facemap" in html else html.index("form_key") - 400 :]
    form = form[: form.index("</form>")]
    form = re.sub(r"<template.*?</template>", "", form, flags=re.S)
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if name is None or (kind and kind[1] in {"checkbox", "radio"} and "checked" not in tag):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        found[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, flags=re.S):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', body)
        found[name] = chosen[1] if chosen else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, flags=re.S):
        found[name] = body.strip()
    return found


def test_treatment_given_as_planned(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    by = actor(*DOCTOR)
    make_lot(by)
    case = migraine_case(by)
    browser = signed_in(*DOCTOR)

    page = browser.get(reverse("plan_new", args=[case.pk]))
    sent = fields(page.content.decode())
    drafted = browser.post(reverse("plan_new", args=[case.pk]), sent, follow=True)
    plan = Plan.objects.get()
    sent = fields(drafted.content.decode())
    approved = browser.post(reverse("plan", args=[plan.pk]), {**sent, "do": "approve"}, follow=True)
    plan.refresh_from_db()
    assert plan.state == "approved", approved.content.decode()
    prepare = browser.get(reverse("treatment_prepare", args=[plan.pk]))
    sent = fields(prepare.content.decode())
    ticks = {
        "identifiers": ["name", "birth_date"],
        "consent_confirmed": "1",
        "plan_confirmed": "1",
        "allergies_confirmed": "1",
        "nothing_new": "1",
        "mixed": "now",
        "do": "sign",
    }
    signed = browser.post(reverse("treatment_prepare", args=[plan.pk]), {**sent, **ticks}, follow=True)

    treatment = Treatment.objects.get()
    assert signed.redirect_chain[-1][0] == reverse("treatment", args=[treatment.pk])
    assert treatment.points.count() == 31
