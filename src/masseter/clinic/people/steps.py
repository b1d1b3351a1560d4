"""Where a case stands on the way of the seven steps, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from masseter.journey.consult.models import Assessment, Case
from masseter.journey.consult.queries import verdict_so_far
from masseter.journey.follow_up.models import Review
from masseter.journey.follow_up.queries import since_treatment
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import last_treatment
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import running_plan

DONE, NOW, NEXT, BLOCKED = "done", "now", "next", "blocked"
NAMES = ("Screen", "Consult", "Plan", "Inject", "Recover", "Results", "Follow up")
IN_THE_WAY = ("refer_urgently", "not_a_candidate")
GOES_ON = (Review.Decided.REPEAT, Review.Decided.ADJUST)


@dataclass(frozen=True, kw_only=True)
class Next:
    """The next thing to do in a case; no words where nothing waits."""

    words: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Way:
    """The seven steps as the `c-steps` component takes them, and what comes next."""

    steps: list[dict[str, str]]
    next: Next


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the steps are told from. `plan` is one that is under way; `treatment` the last one given."""

    consult: str
    plan: Plan | None
    treatment: Treatment | None
    after: tuple[bool, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a page has read of a case already, so that it is read once.

    `has_consent` is asked only beside a verdict: without one the consultation is not done anyway.
    """

    verdict: Assessment | None
    has_consent: bool
    plan: Plan | None
    treatment: Treatment | None


def read_known(by: Actor, case: Case) -> Known:
    """Read what the steps are told from."""
    verdict, has_consent = verdict_so_far(case)
    return Known(
        verdict=verdict,
        has_consent=has_consent,
        plan=running_plan(by, case),
        treatment=last_treatment(by, case),
    )


def way_of(by: Actor, case: Case, known: Known | None = None) -> Way:
    """Where a case stands."""
    stands = _standing(case, known or read_known(by, case))
    states, urls = _states(stands), _addresses(case, stands)
    steps = [
        {"name": name, "state": state, "url": url, "detail": ""}
        for name, state, url in zip(NAMES, states, urls, strict=True)
    ]
    now = next((index for index, state in enumerate(states) if state in (NOW, BLOCKED)), None)
    if now is None or case.state != Case.State.OPEN:
        return Way(steps=steps, next=Next(words="", url=""))
    return Way(steps=steps, next=Next(words=_words(stands)[now], url=urls[now]))


def steps_line(by: Actor, case: Case) -> list[dict[str, str]]:
    """The seven steps with state and address."""
    return way_of(by, case).steps


def _standing(case: Case, known: Known) -> Standing:
    after: tuple[bool, ...] = ()
    goes_on = False
    if known.treatment is not None:
        since = since_treatment(case, known.treatment)
        after = (since.is_checked, since.is_scored, since.is_reviewed)
        goes_on = since.is_reviewed and since.decision in GOES_ON
    return Standing(
        consult=_consult(known),
        plan=known.plan,
        treatment=known.treatment,
        after=after,
        goes_on=goes_on,
    )


def _consult(known: Known) -> str:
    """Done with a diagnosis, a verdict that nothing forbids, and a valid consent."""
    verdict = known.verdict
    if verdict is not None and verdict.verdict in IN_THE_WAY:
        return BLOCKED
    is_done = verdict is not None and verdict.diagnosis != "" and known.has_consent
    return DONE if is_done else NOW


def _states(stands: Standing) -> list[str]:
    before = [DONE, stands.consult]
    if stands.plan is not None:
        is_approved = stands.plan.state == Plan.State.APPROVED
        return [*before, DONE if is_approved else NOW, NOW if is_approved else NEXT, NEXT, NEXT, NEXT]
    if stands.treatment is None or stands.goes_on:
        may_plan = stands.consult == DONE or stands.treatment is not None
        return [*before, NOW if may_plan else NEXT, NEXT, NEXT, NEXT, NEXT]
    first_open = next((index for index, is_done in enumerate(stands.after) if not is_done), None)
    words = [
        DONE if is_done else NOW if index == first_open else NEXT
        for index, is_done in enumerate(stands.after)
    ]
    return [DONE, DONE, DONE, DONE, *words]


def _addresses(case: Case, stands: Standing) -> list[str]:
    overview = reverse("case", args=[case.pk])
    plan = reverse("plan", args=[stands.plan.pk]) if stands.plan else reverse("plan_new", args=[case.pk])
    inject = recover = results = follow_up = ""
    if stands.plan is not None and stands.plan.state == Plan.State.APPROVED:
        inject = reverse("treatment_prepare", args=[stands.plan.pk])
    elif stands.treatment is not None:
        inject = reverse("treatment", args=[stands.treatment.pk])
    if stands.treatment is not None:
        recover = reverse("symptoms", args=[stands.treatment.pk])
        results = reverse("results", args=[case.pk])
        follow_up = reverse("review_add", args=[case.pk])
    return ["", overview, plan, inject, recover, results, follow_up]


def _words(stands: Standing) -> tuple[str, ...]:
    plan = "Draw up the plan"
    if stands.plan is not None:
        is_proposed = stands.plan.state == Plan.State.PROPOSED
        plan = "Approve the plan" if is_proposed else "Go on with the plan"
    consult = "Look at the verdict" if stands.consult == BLOCKED else "Go on with the consultation"
    return (
        "",
        consult,
        plan,
        "Give the treatment",
        "Ask about symptoms",
        "Take the scores",
        "Hold the review",
    )
