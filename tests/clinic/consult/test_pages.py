"""The pages of the consultation, with every kind of bad input."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.core.reading import read_facts
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import answer_intake, record_observations
from masseter.journey.consult.models import (
    Assessment,
    Case,
    Decision,
    Observation,
    OverrideReason,
)
from masseter.journey.consult.queries import facts_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.knowledge.load import load
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.days import ZONE, days_back
from tests.factories import (
    actor_of_patient,
    make_case,
    make_patient,
    make_portal_patient,
    observe,
    read,
)
from tests.journey.given import migraine_case

SignIn = Callable[..., Client]
CONDITIONS = [
    "tmd",
    "bruxism",
    "chronic_migraine",
    "facial_spasm",
    "trigeminal_neuralgia",
    "chronic_facial_pain",
]
PAGES = [
    "case",
    "intake",
    "examination",
    "missing_answers",
    "diagnosis",
    "candidacy",
    "why",
    "decision",
    "consent_take",
]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(Role.INJECTOR)


@pytest.fixture
def case(by: Actor) -> Case:
    return make_case(by)


def at(name: str, case: Case, *more: object) -> str:
    return reverse(name, args=[case.pk, *more])


@pytest.mark.parametrize("page", PAGES)
def test_a_case_of_another_clinic_is_as_if_it_did_not_exist(
    case: Case, signed_in: SignIn, other_clinic: Clinic, page: str
) -> None:
    stranger = signed_in(Role.INJECTOR, of=other_clinic)

    assert stranger.get(at(page, case)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.MANAGER, Role.RESEARCHER, Role.ADMINISTRATOR])
def test_a_role_without_the_right_is_told_so(case: Case, signed_in: SignIn, role: Role, page: str) -> None:
    assert signed_in(role).get(at(page, case)).status_code == 403


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_page_of_every_condition_opens_with_nothing_known(
    by: Actor, client: Client, condition: str
) -> None:
    case = make_case(by, make_patient(by, birth_date=None), condition)

    counts = {page: queries_of(client, at(page, case)) for page in PAGES}

    assert {page: count for page, count in counts.items() if count > 25} == {}


def test_opening_a_case_needs_a_patient_and_a_condition(by: Actor, client: Client) -> None:
    patient = make_patient(by)
    url = f"{reverse('case_open')}?patient={patient.pk}"

    assert client.get(reverse("case_open")).status_code == 404
    assert client.get(f"{reverse('case_open')}?patient=x").status_code == 404
    assert send(client, url, {}).status_code == 422
    assert send(client, url, {"condition": "toothache"}).status_code == 422
    assert send(client, url, {"condition": "bruxism"}).status_code == 302
    assert Case.objects.get().condition == "bruxism"


def test_a_second_case_of_a_condition_is_refused_at_its_field(by: Actor, client: Client, case: Case) -> None:
    url = f"{reverse('case_open')}?patient={case.patient_id}"

    response = send(client, url, {"condition": "tmd"})

    assert response.status_code == 422
    assert "open case of this condition already" in words(response)


@pytest.mark.parametrize(
    ("page", "condition", "code", "value", "sentence"),
    [
        ("examination", "tmd", "opening_unassisted_mm", "400", "Enter a number from 0 to 100 mm"),
        ("examination", "tmd", "opening_unassisted_mm", "-1", "Enter a number from 0 to 100 mm"),
        ("examination", "tmd", "opening_unassisted_mm", "٤٠", "Enter a number"),
        ("examination", "tmd", "opening_unassisted_mm", "1.000", "without a mark for thousands"),
        ("examination", "tmd", "palpation_masseter_left", "rubbed", "not one of the available choices"),
        ("intake", "chronic_migraine", "headache_days", "40", "Enter a number from 0 to"),
        ("intake", "chronic_migraine", "headache_days", "NaN", "Enter a whole number"),
        ("intake", "tmd", "pain_average", "11", "not one of the available choices"),
        ("intake", "tmd", "last_toxin_on", "2999-01-01", "lies in the future"),
        ("intake", "tmd", "last_toxin_on", "1960-01-01", "before the date of birth"),
        ("intake", "tmd", "medicines", "x" * 4001, "at most 4000 characters"),
    ],
)
def test_an_impossible_value_is_refused_with_a_sentence(
    by: Actor, client: Client, page: str, condition: str, code: str, value: str, sentence: str
) -> None:
    case = make_case(by, condition=condition)

    response = send(client, at(page, case), {code: value})

    assert response.status_code == 422
    assert sentence in words(response)
    assert not Observation.objects.exists()


def test_an_empty_form_records_nothing_and_is_no_error(client: Client, case: Case) -> None:
    response = send(client, at("intake", case), {})

    assert response.status_code == 302
    assert not Observation.objects.filter(case=case).exists()


def test_an_examination_is_recorded_once_however_often_it_is_sent(client: Client, case: Case) -> None:
    url = at("examination", case)
    page = client.get(url)
    data = {"palpation_masseter_right": "familiar", "opening_unassisted_mm": "38,5"}

    send(client, url, data, page)
    send(client, url, data, page)

    assert Observation.objects.filter(case=case).count() == 2


def test_two_tabs_on_one_intake_lose_nothing(client: Client, case: Case) -> None:
    url = at("intake", case)
    first, second = client.get(url), client.get(url)

    send(client, url, {"jaw_pain": "yes"}, first)
    late = send(client, url, {"jaw_pain": "no", "pain_months": "14"}, second)

    assert late.status_code == 422
    assert "changed by someone else" in words(late)
    assert 'value="14"' in late.content.decode()


def test_dont_know_is_kept_as_not_known(client: Client, by: Actor, case: Case) -> None:
    send(client, at("intake", case), {"flag_heart": "unknown"})

    row = Observation.objects.get(code="flag_heart")
    assert (row.value, row.confirmed) == (None, True)


def test_a_contradiction_is_settled_only_by_choosing(by: Actor, client: Client) -> None:
    patient = make_portal_patient(by)
    case = make_case(by, patient)
    observe(by, case, allergies=("human_albumin",))
    today = clock.today(by.zone)
    answers = read({"allergies": ("none",)}, today=today, reported_by="patient")
    answer_intake(by=actor_of_patient(patient), patient=patient, case=case, facts=answers)

    page = client.get(at("intake", case))
    send(client, at("intake", case), {"sex": "female"}, page)
    still_open = facts_of(case, today=today)["allergies"].value
    send(client, at("intake", case), {"allergies": ["human_albumin"]})

    assert "The patient now says: None of these" in words(page)
    assert still_open is None
    assert facts_of(case, today=today)["allergies"].value == ("human_albumin",)


def test_an_answer_that_is_too_old_is_asked_again_and_not_confirmed_by_the_way(
    by: Actor, client: Client, case: Case
) -> None:
    long_ago, today = days_back(61), clock.today(by.zone)
    with clock.travel(long_ago):
        observe(by, case, flag_growth=False)

    page = client.get(at("intake", case))
    send(client, at("intake", case), {"flag_heart": "no"}, page)
    by_the_way = facts_of(case, today=today)["flag_growth"]
    send(client, at("intake", case), {"flag_growth": "no"})

    answered = long_ago.astimezone(ZONE)
    assert f"Answered on {answered:%-d %B %Y}: no. Ask again" in words(page)
    assert (by_the_way.value, by_the_way.is_stale) == (False, True)
    assert not facts_of(case, today=today)["flag_growth"].is_stale


def test_the_missing_answers_bring_the_verdict_on(by: Actor, client: Client, case: Case) -> None:
    page = client.get(at("missing_answers", case))

    response = send(client, at("missing_answers", case), {"flag_heart": "no", "allergies": ["none"]}, page)

    assert "Warning signs" in words(page)
    assert response.headers["Location"] == at("candidacy", case)
    assert "flag_heart" not in client.get(at("missing_answers", case)).content.decode()


def test_a_diagnosis_without_criteria_needs_a_reason_at_its_field(client: Client, case: Case) -> None:
    url = at("diagnosis", case)

    refused = send(client, url, {"diagnosis": "myalgia", "reason": ""})
    saved = send(client, url, {"diagnosis": "myalgia", "reason": "Examined elsewhere."})

    assert refused.status_code == 422
    assert "Write why you work with it" in words(refused)
    assert saved.headers["Location"] == at("candidacy", case)
    assert Assessment.objects.get().diagnosis_reason == "Examined elsewhere."


def test_criteria_say_what_decided_them_and_what_is_missing(by: Actor, client: Client, case: Case) -> None:
    observe(by, case, jaw_pain=True, palpation_masseter_right="familiar")

    page = client.get(at("diagnosis", case))

    assert "Right masseter: Familiar pain" in words(page)
    assert "Missing:" in words(page)
    assert f"{at('intake', case)}#id_jaw_pain_with_use" in page.content.decode()


def test_a_saved_verdict_is_shown_as_it_was(by: Actor, client: Client, case: Case) -> None:
    send(client, at("candidacy", case), {"note": "First visit."})
    saved = Assessment.objects.get()
    observe(by, case, flag_heart=True)

    page = words(client.get(reverse("assessment", args=[saved.pk])))

    assert "More information needed" in page
    assert "First visit." in page


def test_a_stop_offers_no_way_around_it(by: Actor, client: Client, case: Case) -> None:
    observe(by, case, flag_heart=True)

    page = client.get(at("candidacy", case))

    assert "Refer urgently" in words(page)
    codes = [finding.code for finding in page.context["found"] if finding.severity == "stop"]
    assert codes
    forced = send(client, at("overrule", case, codes[0]), {"reason": "I want to."})
    assert forced.status_code == 422
    assert not OverrideReason.objects.exists()


def test_a_caution_takes_a_reason(by: Actor, client: Client, case: Case) -> None:
    caution = next(
        one for one in client.get(at("candidacy", case)).context["open"] if one.severity == "caution"
    )
    url = at("overrule", case, caution.code) + (f"?subject={caution.subject}" if caution.subject else "")

    assert send(client, url, {"reason": ""}).status_code == 422
    assert send(client, url, {"reason": "Weighed up."}).status_code == 302
    assert client.get(at("overrule", case, "made-up")).status_code == 404
    assert "Weighed up." in words(client.get(at("candidacy", case)))


def test_a_decision_is_written_down_with_the_patients_words(client: Client, case: Case) -> None:
    refused = send(client, at("decision", case), {"wish": "Eat an apple again."})
    saved = send(
        client,
        at("decision", case),
        {"options": ["toxin", "nothing"], "wish": "Eat an apple again.", "decided": "go_ahead"},
    )

    assert refused.status_code == 422
    assert "Eat an apple again." in refused.content.decode()
    assert saved.status_code == 302
    assert Decision.objects.get().options == ["Botulinum toxin", "Doing nothing for now"]


def test_open_questions_stand_in_the_way_of_a_plan(client: Client, by: Actor) -> None:
    case = migraine_case(by, had_toxin_before=None)

    page = words(client.get(at("candidacy", case)))

    assert "More information needed" in page
    assert "1 finding still stands in the way" in page
    assert "Nothing stands in the way" not in page


def test_written_reasons_let_a_plan_go_on_but_not_the_verdict(client: Client, by: Actor) -> None:
    case = migraine_case(by, had_toxin_before=None)
    send(
        client, at("overrule", case, "toxin-within-12-weeks-open"), {"reason": "She is sure it was long ago."}
    )

    page = words(client.get(at("candidacy", case)))

    assert "More information needed" in page
    assert "Each caution has a written reason" in page


def test_a_candidate_with_cautions_is_not_called_free_of_them(client: Client, by: Actor) -> None:
    case = migraine_case(by, illnesses=("heart_disease",))

    page = words(client.get(at("candidacy", case)))

    assert "each caution below needs a written reason" in page


def test_reasons_name_the_rule_its_answer_and_the_fact(by: Actor, client: Client) -> None:
    case = migraine_case(by)

    page = words(client.get(at("why", case)))

    assert "Headache days in the last month: at least 15 days of a month" in page
    assert "On record: " in page
    assert "not known" in page


@pytest.mark.parametrize(
    ("page", "code", "typed"),
    [("intake", "jaw_pain", "yes"), ("examination", "palpation_masseter_left", "painless")],
)
def test_what_was_noted_beside_an_answer_is_shown_under_it(
    client: Client, by: Actor, case: Case, page: str, code: str, typed: str
) -> None:
    note = "Assumed for the demo: the publication does not say."
    facts = read_facts(
        {code: typed}, types=load().observations, today=clock.today(by.zone), reported_by="clinician"
    )
    assert not facts.problems
    record_observations(by=by, patient=case.patient, case=case, facts=facts.facts, note=note)

    shown = client.get(at(page, case)).text

    assert shown.count(note) == 1
