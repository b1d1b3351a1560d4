"""A letter to a payer: shown, previewed, kept as sent, never changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.models import PayerLetter
from masseter.journey.follow_up.payer_actions import CHANGED
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.factories import observe
from tests.journey.given import DOCTOR, approved_plan, migraine_case
from tests.journey.treated import treated
from tests.ui.paper.reading import is_accessible, pages_of, tags_of

SignIn = Callable[..., Client]
TYPED = {"payer": "Sample Health", "address": "PO Box 1\nTown", "member": "M-99", "opening": "Dear reviewer."}


@pytest.fixture
def american(clinic: Clinic) -> Clinic:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction="US")
    clinic.refresh_from_db()
    return clinic


@pytest.fixture
def by(american: Clinic, actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def page_of(case: Case, kind: str = "start") -> str:
    return f"{reverse('payer_write', args=[case.pk])}?kind={kind}"


def seen_on(browser: Client, url: str) -> str:
    return str(browser.get(url).context["form"].initial["seen"])


def test_first_request_is_previewed_kept_and_never_changed(by: Actor, signed_in: SignIn) -> None:
    case, browser = migraine_case(by), signed_in(*DOCTOR)
    approved_plan(by, case)
    url = page_of(case)
    shown = words(browser.get(url))  # type: ignore[arg-type]  # the test client's answer
    sent = {**TYPED, "seen": seen_on(browser, url), "leave_out": ["start-cgrp"]}

    draft = send(browser, url, {**sent, "do": "preview"})
    assert PayerLetter.objects.count() == 0
    answer = send(browser, url, sent)

    letter = PayerLetter.objects.get()
    paper = browser.get(reverse("payer_letter_pdf", args=[letter.pk])).content
    assert answer["Location"] == reverse("payer_letter", args=[letter.pk])
    for phrase in (
        "Met Headache days.",
        "Headache days in the last month: 22",
        "recorded by",
        "Not known Days of four",
    ):
        assert phrase in shown
    told = " ".join(pages_of(paper))
    for phrase in (
        "Sample Health",
        "PO Box 1",
        "M-99",
        "Dear reviewer.",
        "155 units Botox in 31 points",
        "Not known",
    ):
        assert phrase in told
    assert "Anti-CGRP first" not in told
    assert "DRAFT" in pages_of(draft.content)[0]
    assert "DRAFT" not in told
    assert is_accessible(paper)
    assert tags_of(paper)["Table"] == 1
    assert bytes(letter.pdf) == paper
    assert "Kept as sent" in words(browser.get(answer["Location"]))  # type: ignore[arg-type]  # as above
    with pytest.raises(DatabaseError), transaction.atomic():
        PayerLetter.objects.filter(pk=letter.pk).update(payer="Another")
    assert queries_of(browser, url) <= 25


def test_record_that_changed_meanwhile_is_looked_at_again(by: Actor, signed_in: SignIn) -> None:
    case, browser = migraine_case(by), signed_in(*DOCTOR)
    url = page_of(case)
    sent = {**TYPED, "seen": seen_on(browser, url)}
    observe(by, case, long_headache_days=16)

    refused = send(browser, url, sent)

    assert refused.status_code == 422
    assert CHANGED in words(refused)
    assert PayerLetter.objects.count() == 0


def test_continuation_says_how_many_headache_days_before_and_after(by: Actor, signed_in: SignIn) -> None:
    treatment, browser = treated(by, days_ago=90), signed_in(*DOCTOR)

    shown = words(browser.get(page_of(treatment.case, "renewal")))  # type: ignore[arg-type]  # as above

    for phrase in (
        "Met Seven days",
        "Met Any fall",
        "Met Interval",
        "Before the first treatment",
        "155 units Botox",
    ):
        assert phrase in shown
    assert "Not met Thirty percent" in shown
    assert "fewer than before the first treatment: 10 days of a month" in shown


def test_letter_without_a_payer_is_refused(by: Actor, signed_in: SignIn) -> None:
    case, browser = migraine_case(by), signed_in(*DOCTOR)

    refused = send(browser, page_of(case), {**TYPED, "payer": " ", "seen": "x"})

    assert refused.status_code == 422
    assert "Dear reviewer." in refused.content.decode()


def test_manager_reads_what_was_sent_and_writes_nothing(by: Actor, signed_in: SignIn) -> None:
    case, doctor = migraine_case(by), signed_in(*DOCTOR)
    url = page_of(case)
    send(doctor, url, {**TYPED, "seen": seen_on(doctor, url)})
    letter = PayerLetter.objects.get()

    manager = signed_in(Role.MANAGER)

    assert manager.get(url).status_code == 403
    assert manager.get(reverse("payer_letter", args=[letter.pk])).status_code == 200
    assert signed_in(Role.FRONT_DESK).get(reverse("payer_letter", args=[letter.pk])).status_code == 403


def test_other_countries_write_without_american_criteria(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    case = migraine_case(actor(*DOCTOR))

    shown = words(signed_in(*DOCTOR).get(page_of(case)))  # type: ignore[arg-type]  # as above

    assert "No payer's criteria are on record" in shown
    assert "G43.7" not in shown
