"""Verdicts for many people are those of each alone, and what was worked out for one serves the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product as every
from typing import Any

import pytest

from masseter.core.answers import WrongKind
from masseter.core.consult import alike, many, parts
from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.consult.many import Assessor
from masseter.core.facts import NOT_APPLICABLE, Facts, Observation
from masseter.core.questions import UnknownObservation
from masseter.core.rules import UnknownProduct, UnknownSite
from masseter.knowledge.model import AllOf, AtLeast, Condition, CountAtLeast, Knowledge
from tests.core.builders import (
    TODAY,
    D,
    condition,
    diagnosis,
    finding_rule,
    knowledge,
    observation_type,
    red_flag,
    yes,
)
from tests.core.consult.situations import DISC, LICENSED, MUSCLE, NOISE, OFF_LABEL, SPREAD, from_source
from tests.core.plan.builders import product, site

Loose = Any  # whichever field of the knowledge a test wants different

TYPES = (
    observation_type("weak", order=5),
    observation_type("worked_up", order=6),
    observation_type("lasting", order=2, only_if=yes("weak")),
    observation_type("lock", order=3),
    observation_type("spreads", order=4),
    observation_type("medicines", "choices", order=7),
    observation_type("count", "integer", order=8, asked_by="medicines"),
    observation_type("age", "decimal", order=9),
    observation_type("clicks", order=1),
    observation_type("calm", order=11),
    observation_type("agreed", order=12),
    observation_type("months", "integer", order=10, asked_by="lasting"),
)
NECK = finding_rule("neck-rule", yes("lock"), regions=("neck",))
RULES = (
    finding_rule("clicks-rule", yes("clicks")),
    red_flag("weak-flag", yes("weak"), needs_approval="worked_up"),
    finding_rule("lasting-rule", yes("lasting"), severity="stop", leads_to="not_a_candidate"),
    finding_rule("alfa-rule", yes("lock"), severity="stop", leads_to="not_a_candidate", products=("alfa",)),
    NECK,
    finding_rule("count-rule", AtLeast(observation="count", at_least=D(2))),
    finding_rule("medicines-rule", CountAtLeast(observation="medicines", count_at_least=2, of=())),
    finding_rule("age-rule", AtLeast(observation="age", at_least=D(60)), unknown="ignore"),
    finding_rule("three-rule", AllOf(all=(yes("lock"), yes("weak"), yes("lasting")))),
    finding_rule("months-rule", AtLeast(observation="months", at_least=D(3))),
    finding_rule("agreed-rule", yes("lock"), severity="stop", needs_approval="agreed"),
    finding_rule("calm-rule", yes("calm")),
    finding_rule("other-rule", yes("lock"), conditions=("bruxism",)),
    finding_rule("abroad-rule", yes("lock"), jurisdictions=("US",), needs_approval="worked_up"),
)
LONG = diagnosis("long", yes("lasting"), yes("pain"))
TMD = condition(diagnoses=(MUSCLE, SPREAD, DISC, LONG, NOISE), licences=(LICENSED, OFF_LABEL))
BRUXISM = condition(code="bruxism", name="Bruxism", licences=(LICENSED,), evidence=from_source("BRUXISM"))


def world(**fields: Loose) -> Knowledge:
    return knowledge(
        *TYPES,
        **{
            "products": {"alfa": product(), "beta": product("beta", therapeutic=False)},
            "sites": {"masseter": site(), "platysma": site("platysma", "PLAT", region="neck")},
            "precautions": RULES,
            "conditions": {"tmd": TMD, "bruxism": BRUXISM},
            **fields,
        },
    )


WORLD = world()


def told(code: str, value: Loose, days_ago: int = 0) -> Observation:
    """An answer; one from long ago is too old to hold."""
    return Observation(
        code=code, value=value, observed_on=TODAY - timedelta(days=days_ago), is_stale=days_ago > 99
    )


def people(**values: tuple[Loose, ...]) -> Iterator[dict[str, Observation]]:
    """Everybody who gives one of these answers to each question; `...` is someone who was never asked."""
    for chosen in every(*values.values()):
        answers = zip(values, chosen, strict=True)
        yield {
            code: value if isinstance(value, Observation) else told(code, value)
            for code, value in answers
            if value is not ...
        }


CROWD: tuple[dict[str, Observation], ...] = (
    *people(
        pain=(True, ...), familiar=(True, False, ...), spreads=(True, ...), lock=(True, False, None, ...)
    ),
    *people(
        pain=(True,),
        familiar=(True, told("familiar", True, 100)),
        weak=(True, False, ..., told("weak", False, 100), told("weak", False, 200), told("weak", True, 100)),
        worked_up=(True, False, NOT_APPLICABLE, ...),
        lasting=(True, False, None, ..., NOT_APPLICABLE),
    ),
    *people(weak=(True, ...), lasting=(True, ...), lock=(True, False), months=(1, 4, ...)),
    *people(
        count=(1, 2, 3, NOT_APPLICABLE, None, ...),
        medicines=(("a",), ("a", "b"), "a", ...),
        age=(60, D(60), D("59.5"), 61, ..., NOT_APPLICABLE, told("age", D(70), 100)),
    ),
)


def both(assessor: Assessor, facts: Facts, of: Condition = TMD, **asked: Loose) -> tuple[Candidacy, ...]:
    asked = {"condition": of, "facts": facts, "jurisdiction": "UK", **asked}
    return assessor.assess(**asked), assess_candidacy(knowledge=WORLD, **asked)


def test_one_of_many_gets_the_verdict_of_one() -> None:
    assessor = Assessor(WORLD)

    for facts in (*CROWD, *CROWD[:20]):
        of_many, alone = both(assessor, facts)
        assert of_many == alone


def test_conditions_places_products_and_sites_do_not_mix() -> None:
    assessor = Assessor(WORLD)
    asked = every(
        (TMD, BRUXISM), ("UK", "US"), (None, "alfa", "beta"), ((), ("masseter",), ("platysma", "masseter"))
    )

    for of, jurisdiction, product_key, sites in asked:
        for facts in CROWD[::29]:
            of_many, alone = both(
                assessor, facts, of, jurisdiction=jurisdiction, product=product_key, sites=sites
            )
            assert of_many == alone


def test_what_is_forgotten_to_save_room_is_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (alike, many, parts):
        monkeypatch.setattr(module, "MOST_KEPT", 3)
    assessor = Assessor(WORLD)

    for facts in (*CROWD[::5], *CROWD[::5]):
        of_many, alone = both(assessor, facts)
        assert of_many == alone


def test_answer_of_someone_who_is_gone_is_not_taken_for_the_next_ones() -> None:
    """What was told is let go between two people, as when a file is read line by line."""
    assessor = Assessor(WORLD)

    for number in range(60):
        of_many, alone = both(assessor, {"weak": told("weak", bool(number % 2)), "pain": told("pain", True)})
        assert of_many == alone


def test_two_who_answer_alike_get_the_very_same_results() -> None:
    """Nothing is worked out twice, whatever else differs between the two."""
    assessor = Assessor(WORLD)
    first = {"pain": told("pain", True), "familiar": told("familiar", True), "lock": told("lock", True)}
    later = {code: told(code, True, days_ago=3) for code in first}
    second = {**later, "age": told("age", D(80)), "medicines": told("medicines", ("a",))}

    one, other = (
        assessor.assess(condition=TMD, facts=facts, jurisdiction="UK", sites=("platysma",))
        for facts in (first, second)
    )

    assert all(mine is yours for mine, yours in zip(one.diagnoses, other.diagnoses, strict=True))
    for code in ("neck-rule", "licence-licensed"):
        (mine,) = (each for each in one.findings if each.code == code)
        assert any(mine is each for each in other.findings)


def test_not_known_is_like_never_asked() -> None:
    assessor = Assessor(WORLD)
    asked = {"pain": told("pain", True), "familiar": told("familiar", None)}

    of_asked, of_other = (
        assessor.assess(condition=TMD, facts=facts, jurisdiction="UK").diagnoses
        for facts in (asked, {"pain": told("pain", True)})
    )

    assert all(mine is yours for mine, yours in zip(of_asked, of_other, strict=True))


def test_conditions_share_what_the_general_rules_say() -> None:
    assessor = Assessor(WORLD)
    facts = {"lock": told("lock", True)}

    found = [
        next(
            each
            for each in assessor.assess(condition=of, facts=facts, jurisdiction="UK").findings
            if each.code == "neck-rule"
        )
        for of in (TMD, BRUXISM)
    ]

    assert found[0] is found[1]


def test_places_share_what_the_criteria_say() -> None:
    assessor = Assessor(WORLD)

    here, there = (
        assessor.assess(condition=TMD, facts={"lock": told("lock", True)}, jurisdiction=place).diagnoses
        for place in ("UK", "US")
    )

    assert all(mine is yours for mine, yours in zip(here, there, strict=True))


@pytest.mark.parametrize(
    ("code", "value", "equal"),
    [("age", 60, D(60)), ("age", D("60.0"), D(60)), ("weak", False, NOT_APPLICABLE), ("count", 1, True)],
)
def test_answers_that_python_calls_equal_are_told_apart(code: str, value: Loose, equal: Loose) -> None:
    """Each is judged as it was given, also after the other was asked about."""
    assessor = Assessor(WORLD)

    for given in (value, equal, value):
        try:
            of_many, alone = both(assessor, {code: told(code, given)})
        except WrongKind:
            with pytest.raises(WrongKind):
                assess_candidacy(
                    condition=TMD, knowledge=WORLD, facts={code: told(code, given)}, jurisdiction="UK"
                )
            assert given is True
            continue
        assert of_many == alone


def test_finding_of_two_rules_alike_is_shown_once() -> None:
    twin = replace(NECK)
    assessor = Assessor(world(precautions=(NECK, twin)))

    found = assessor.assess(condition=TMD, facts={"lock": told("lock", True)}, jurisdiction="UK").findings

    assert [each.code for each in found].count("neck-rule") == 1


def test_findings_of_one_rank_that_differ_are_both_shown() -> None:
    other = replace(NECK, plain="Said otherwise.")
    assessor = Assessor(world(precautions=(NECK, other)))

    found = assessor.assess(condition=TMD, facts={"lock": told("lock", True)}, jurisdiction="UK").findings

    assert [each.code for each in found].count("neck-rule") == 2


def test_rule_of_an_observation_that_hangs_on_itself_is_answered() -> None:
    """Two questions may hang on each other: knowledge refuses that, and a batch must still end."""
    loop = (
        observation_type("first", only_if=yes("second")),
        observation_type("second", only_if=yes("first")),
    )
    known = knowledge(*loop, precautions=(finding_rule("first"),), conditions={"tmd": condition()})
    facts = {"first": told("first", True)}

    of_many = Assessor(known).assess(condition=condition(), facts=facts, jurisdiction="UK")

    assert of_many == assess_candidacy(condition=condition(), knowledge=known, facts=facts, jurisdiction="UK")


def test_condition_without_rules_and_criteria_is_judged() -> None:
    bare = condition(diagnoses=(diagnosis("empty"),))

    of_many = Assessor(knowledge()).assess(condition=bare, facts={}, jurisdiction="UK")

    assert of_many == assess_candidacy(condition=bare, knowledge=knowledge(), facts={}, jurisdiction="UK")


def test_what_cannot_be_judged_alone_cannot_in_a_batch() -> None:
    assessor = Assessor(WORLD)

    with pytest.raises(UnknownProduct, match=r"^There is no product called 'water'\.$"):
        assessor.assess(condition=TMD, facts={}, jurisdiction="UK", product="water")
    with pytest.raises(UnknownSite, match="'elbow'"):
        assessor.assess(condition=TMD, facts={}, jurisdiction="UK", sites=("elbow",))
    with pytest.raises(WrongKind):
        assessor.assess(condition=TMD, facts={"weak": told("weak", 1)}, jurisdiction="UK")
    with pytest.raises(UnknownObservation, match="'ghost'"):
        Assessor(world(precautions=(finding_rule("ghost"),))).assess(
            condition=TMD, facts={}, jurisdiction="UK"
        )
