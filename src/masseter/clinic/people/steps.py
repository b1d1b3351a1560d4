"""Where a case stands on the way of the seven steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import valid_consent, working_diagnosis
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.models import Plan

DONE, NOW, NEXT = "done", "now", "next"
UNDER_WAY = ("draft", "proposed", "approved")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the steps are told from: the newest plan, treatment and what came after it."""

    has_consent: bool
    plan: Plan | None
    treatment: Treatment | None
    has_check: bool = False
    has_score: bool = False
    has_review: bool = False
    goes_on: bool = False


def steps_line(by: Actor, case: Case) -> list[dict[str, str]]:
    """The seven steps with state and address, as the `c-steps` component takes them."""
    stands = standing_of(case)
    states = _states(stands)
    names = ("Screen", "Consult", "Plan", "Inject", "Recover", "Results", "Follow up")
    addresses = _addresses(case, stands)
    return [
        {"name": name, "state": state, "url": url, "detail": ""}
        for name, state, url in zip(names, states, addresses, strict=True)
    ]


def next_thing(by: Actor, case: Case) -> dict[str, str]:
    """What comes next in a case: its words and address; empty words where nothing waits."""
    stands = standing_of(case)
    now = next((index for index, state in enumerate(_states(stands)) if state == NOW), None)
    if now is None or case.state != Case.State.OPEN:
        return {"words": "", "url": ""}
    words = _words(stands)[now]
    return {"words": words, "url": _addresses(case, stands)[now]}


def _words(stands: Standing) -> tuple[str, ...]:
    plan = "Draw up the plan"
    if stands.plan is not None and stands.plan.state in UNDER_WAY:
        plan = "Approve the plan" if stands.plan.state == "proposed" else "Go on with the plan"
    return (
        "",
        "Go on with the consultation",
        plan,
        "Give the treatment",
        "Ask about symptoms",
        "Take the scores",
        "Hold the review",
    )


def standing_of(case: Case) -> Standing:
    """What is on record for each step of a case."""
    plan = Plan.objects.filter(case=case).exclude(state="withdrawn").order_by("-id").first()
    signed = Treatment.objects.filter(case=case, signed_at__isnull=False)
    treatment = signed.order_by("-given_at", "-id").first()
    consent = valid_consent(case) is not None and working_diagnosis(case) != ""
    return Standing(has_consent=consent, plan=plan, treatment=treatment)


def _states(stands: Standing) -> list[str]:
    before = [DONE, DONE if stands.has_consent else NOW]
    if stands.plan is not None and stands.plan.state in UNDER_WAY:
        is_approved = stands.plan.state == "approved"
        return [*before, DONE if is_approved else NOW, NOW if is_approved else NEXT, NEXT, NEXT, NEXT]
    if stands.treatment is None or stands.goes_on:
        return [*before, NOW if stands.has_consent else NEXT, NEXT, NEXT, NEXT, NEXT]
    after = [stands.has_check, stands.has_score, stands.has_review]
    open_ones = [index for index, is_done in enumerate(after) if not is_done]
    words = [
        DONE if is_done else NOW if index == open_ones[0] else NEXT for index, is_done in enumerate(after)
    ]
    return [*before, DONE, DONE, *words]


def _addresses(case: Case, stands: Standing) -> list[str]:
    overview = reverse("case", args=[case.pk])
    plan = reverse("plan", args=[stands.plan.pk]) if stands.plan else reverse("plan_new", args=[case.pk])
    inject = recover = results = follow_up = ""
    if stands.plan is not None and stands.plan.state == "approved":
        inject = reverse("treatment_prepare", args=[stands.plan.pk])
    elif stands.treatment is not None:
        inject = reverse("treatment", args=[stands.treatment.pk])
    if stands.treatment is not None:
        recover = reverse("symptoms", args=[stands.treatment.pk])
        results = reverse("results", args=[case.pk])
        follow_up = reverse("review_add", args=[case.pk])
    return ["", overview, plan, inject, recover, results, follow_up]
