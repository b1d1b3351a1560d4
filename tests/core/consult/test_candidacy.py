from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.facts import ObservationValue
from masseter.core.questions import UnknownObservation
from masseter.core.rules import UnknownProduct, UnknownSite
from masseter.knowledge.model import Condition, FindingRule, Knowledge, Licence, Severity
from tests.core.builders import (
    EVIDENCE,
    condition,
    diagnosis,
    facts,
    finding_rule,
    knowledge,
    observation_type,
    red_flag,
    yes,
)

MADE: dict[str, ObservationValue] = {"pain": True, "familiar": True}
OTHER = tuple(observation_type(code) for code in ("weakness", "allergy", "milk", "agrees", "lock"))


def with_rules(*rules: FindingRule) -> Knowledge:
    # a product and a site are only looked up here, so that nothing but their name and region matters
    known = knowledge(*OTHER, precautions=rules)
    sites: Any = {
        "masseter": SimpleNamespace(region="jaw", also_in=()),
        "platysma": SimpleNamespace(region="neck", also_in=()),
    }
    products: Any = {
        "botox": SimpleNamespace(therapeutic=True),
        "dysport": SimpleNamespace(therapeutic=True),
        "nuceiva": SimpleNamespace(therapeutic=False),
    }
    return replace(known, sites=sites, products=products)


def assess(
    known: Knowledge,
    answers: dict[str, ObservationValue],
    *,
    own: Condition | None = None,
    product: str | None = None,
    sites: tuple[str, ...] = (),
) -> Candidacy:
    return assess_candidacy(
        condition=own or condition(),
        knowledge=known,
        facts=facts(**answers),
        jurisdiction="UK",
        product=product,
        sites=sites,
    )


def test_candidacy_refuses_unknown_names() -> None:
    with pytest.raises(UnknownProduct, match="'water'"):
        assess(with_rules(), MADE, product="water")
    with pytest.raises(UnknownSite, match="'nose'"):
        assess(with_rules(), MADE, sites=("nose",))
    with pytest.raises(UnknownObservation, match="'ghost'"):
        assess(with_rules(finding_rule("ghost")), MADE)


def test_candidacy_with_a_red_flag_refers_urgently_and_still_shows_the_rest() -> None:
    known = with_rules(
        red_flag("weakness"), finding_rule("allergy", severity="stop", leads_to="not_a_candidate")
    )

    result = assess(known, {**MADE, "weakness": True, "allergy": True})

    assert result.verdict == "refer_urgently"
    assert [finding.code for finding in result.findings][:2] == ["weakness", "allergy"]


def test_candidacy_with_an_unanswered_red_flag_needs_information_and_stops() -> None:
    result = assess(with_rules(red_flag("weakness")), MADE)

    assert result.verdict == "needs_information"
    assert result.findings[0].is_stop
    assert result.questions == ("weakness",)


def test_candidacy_with_a_contraindication_is_not_a_candidate_although_things_are_missing() -> None:
    known = with_rules(
        red_flag("weakness"), finding_rule("allergy", severity="stop", leads_to="not_a_candidate")
    )

    assert assess(known, {**MADE, "allergy": True}).verdict == "not_a_candidate"


@pytest.mark.parametrize(("agrees", "verdict"), [(None, "not_a_candidate"), (True, "candidate")])
def test_candidacy_names_the_approval_that_a_stop_waits_for(agrees: bool | None, verdict: str) -> None:
    rule = finding_rule("weakness", severity="stop", leads_to="not_a_candidate", needs_approval="agrees")

    result = assess(with_rules(rule), {**MADE, "weakness": True, "agrees": agrees})

    assert result.verdict == verdict
    assert result.approvals == (() if agrees else ("agrees",))


def test_candidacy_without_a_diagnosis_yet_needs_information() -> None:
    result = assess(with_rules(), {"pain": True})

    assert result.verdict == "needs_information"
    assert result.questions == ("familiar",)
    assert result.findings[0].code == "diagnosis-open"
    assert result.treatable == ()


def test_candidacy_without_any_treatable_diagnosis_needs_something_else_first() -> None:
    own = condition(
        diagnoses=(diagnosis("myalgia", yes("pain")), diagnosis("disc", yes("lock"), treatable=False))
    )

    result = assess(with_rules(), {"pain": False, "lock": True}, own=own)

    assert result.verdict == "something_else_first"
    assert [finding.code for finding in result.findings] == [
        "diagnosis-not-made",
        "also-fits-disc",
        "licence-not-recorded",
    ]
    assert result.questions == ()


def test_candidacy_with_a_diagnosis_and_no_finding_is_a_candidate() -> None:
    result = assess(with_rules(), MADE)

    assert result.is_candidate
    assert [made.code for made in result.treatable] == ["myalgia"]
    assert result.knowledge_version == "test"
    assert (result.condition, result.jurisdiction) == ("tmd", "UK")


def test_candidacy_notes_a_look_alike_beside_a_diagnosis_that_is_made() -> None:
    own = condition(
        diagnoses=(
            diagnosis("myalgia", yes("pain")),
            diagnosis("disc", yes("lock"), treatable=False, look_alike="The jaw locks."),
        )
    )

    result = assess(with_rules(), {"pain": True, "lock": True}, own=own)

    assert result.is_candidate
    assert result.findings[0].sentence.endswith("not offered. The jaw locks.")


MILK = finding_rule("milk", severity="stop", leads_to="not_a_candidate", products=("dysport",))


@pytest.mark.parametrize(
    ("product", "verdict", "severity"),
    [("dysport", "not_a_candidate", "stop"), (None, "candidate", "caution"), ("botox", "candidate", None)],
)
def test_candidacy_with_an_allergy_to_one_product(
    product: str | None, verdict: str, severity: str | None
) -> None:
    result = assess(with_rules(MILK), {**MADE, "milk": True}, product=product)

    found = [finding for finding in result.findings if finding.code == "milk"]
    assert result.verdict == verdict
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    assert all(finding.subject == "dysport" for finding in found)


@pytest.mark.parametrize(
    ("severity", "products", "shown"),
    [
        ("stop", ("nuceiva", "dysport"), "caution"),
        ("caution", ("nuceiva", "dysport"), "caution"),
        ("stop", ("nuceiva",), "note"),
        ("caution", ("nuceiva",), "note"),
        ("note", ("dysport",), "note"),
    ],
)
def test_limit_of_products_for_looks_is_only_told_while_none_is_chosen(
    severity: Severity, products: tuple[str, ...], shown: str
) -> None:
    rule = finding_rule("old", severity=severity, leads_to="not_a_candidate", products=products)

    result = assess(with_rules(rule), {**MADE, "old": True})

    found = next(finding for finding in result.findings if finding.code == "old")
    assert (found.severity, found.leads_to) == (shown, "candidate")


def test_limit_of_a_product_for_looks_holds_once_it_is_chosen() -> None:
    rule = finding_rule("old", severity="caution", products=("nuceiva",))

    result = assess(with_rules(rule), {**MADE, "old": True}, product="nuceiva")

    assert next(each for each in result.findings if each.code == "old").severity == "caution"


def test_candidacy_asks_about_an_allergy_to_one_product_while_none_is_chosen() -> None:
    result = assess(with_rules(MILK), MADE)

    assert result.verdict == "needs_information"
    assert result.questions == ("milk",)


@pytest.mark.parametrize(("sites", "is_there"), [(("platysma",), True), (("masseter",), False), ((), True)])
def test_candidacy_looks_at_the_regions_of_the_sites(sites: tuple[str, ...], is_there: bool) -> None:
    known = with_rules(finding_rule("weakness", regions=("neck",)))

    result = assess(known, {**MADE, "weakness": True}, sites=sites)

    assert any(finding.code == "weakness" for finding in result.findings) is is_there


def test_candidacy_asks_first_what_could_change_the_verdict_most() -> None:
    known = with_rules(
        finding_rule("agrees", yes("agrees")),
        finding_rule("lock-note", yes("lock")),
        finding_rule("lock-caution", yes("lock")),
        finding_rule("allergy", severity="stop", leads_to="not_a_candidate"),
        red_flag("weakness"),
    )

    result = assess(known, {"pain": True})

    assert result.questions == ("weakness", "allergy", "familiar", "lock", "agrees")


def test_candidacy_does_not_ask_for_rules_that_ignore_the_unknown() -> None:
    known = with_rules(finding_rule("lock", unknown="ignore"))

    assert assess(known, MADE).questions == ()


def licence(status: str, *, product: str = "", diagnoses: tuple[str, ...] = (), where: str = "UK") -> Licence:
    fields: dict[str, Any] = {"jurisdiction": where, "status": status}
    words = f"{status} {product or 'any'}"
    return Licence(text=words, evidence=EVIDENCE, product=product, diagnoses=diagnoses, **fields)


@pytest.mark.parametrize(
    ("product", "codes"),
    [
        (None, ["licence-licensed", "licence-off-label"]),
        ("botox", ["licence-licensed"]),
        ("dysport", ["licence-off-label"]),
    ],
)
def test_candidacy_notes_the_licence_of_the_use(product: str | None, codes: list[str]) -> None:
    own = condition(
        licences=(
            licence("off_label"),
            licence("licensed", product="botox", diagnoses=("myalgia",)),
            licence("research", product="botox", diagnoses=("disc",)),
            licence("licensed", where="US"),
        )
    )

    result = assess(with_rules(), MADE, own=own, product=product)

    notes = [finding for finding in result.findings if finding.code.startswith("licence")]
    assert sorted(finding.code for finding in notes) == codes
    assert all(finding.severity == "note" for finding in notes)
    assert result.is_candidate


def test_candidacy_does_not_ask_what_does_not_apply() -> None:
    known = with_rules(finding_rule("weakness-lasting", yes("lasting")))
    types = {**known.observations, "lasting": observation_type("lasting", only_if=yes("weakness"))}

    result = assess(replace(known, observations=types), {**MADE, "weakness": False})

    assert result.is_candidate
    assert result.questions == ()
