"""The verdicts of a batch are those of one case after the other, whatever was asked before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.answers import WrongKind
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.consult.many import Assessor
from masseter.core.facts import NOT_APPLICABLE, NoLessThan, Observation, ObservationValue, fact, mark_stale
from masseter.core.rules import UnknownProduct, UnknownSite
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction, ObservationType

KNOWLEDGE = load()
TODAY = date(2026, 11, 25)
JURISDICTIONS: tuple[Jurisdiction, ...] = ("US", "EU", "UK")
ASSESSOR = Assessor(KNOWLEDGE)  # one for all examples: what it kept of one person must not reach another


def answers(random: Random, share: float) -> dict[str, Observation]:
    """Some of all observations, answered at random, some of them long ago."""
    chosen = [type_ for type_ in KNOWLEDGE.observations.values() if random.random() < share]
    given_on = {
        type_.code: TODAY - timedelta(days=random.choice((0, 0, 0, 59, 60, 61, 400))) for type_ in chosen
    }
    told = {
        type_.code: Observation(code=type_.code, value=value(random, type_), observed_on=given_on[type_.code])
        for type_ in chosen
    }
    return mark_stale(told, KNOWLEDGE.observations, TODAY)


def value(random: Random, type_: ObservationType) -> ObservationValue:
    if random.random() < 0.1:
        return random.choice((None, NOT_APPLICABLE))
    if type_.kind == "boolean":
        return random.random() < 0.5
    if type_.kind in ("integer", "decimal"):
        number = random.randint(0, 60)
        return random.choice((number, Decimal(number) / 2, NoLessThan(number=number)))
    if type_.kind == "date":
        return TODAY
    codes = [choice.code for choice in type_.choices]
    if type_.kind == "choice":
        return random.choice(codes)
    if type_.kind == "choices":
        return tuple(code for code in codes if random.random() < 0.3)
    return "in words"


@given(
    seed=st.integers(0, 1_000_000),
    share=st.sampled_from((0.0, 0.3, 0.8, 1.0)),
    jurisdiction=st.sampled_from(JURISDICTIONS),
    product=st.sampled_from((None, "botox", "nuceiva")),
    sites=st.sampled_from(((), ("masseter",), ("platysma", "frontalis"))),
)
def test_one_of_many_gets_the_verdict_of_one(
    seed: int, share: float, jurisdiction: Jurisdiction, product: str | None, sites: tuple[str, ...]
) -> None:
    facts = answers(Random(seed), share)

    for condition in KNOWLEDGE.conditions.values():
        alone, one_of_many = (
            judge(
                condition=condition,
                facts=facts,
                jurisdiction=jurisdiction,
                product=product,
                sites=sites,
            )
            for judge in (
                lambda **of: assess_candidacy(knowledge=KNOWLEDGE, **of),
                ASSESSOR.assess,
            )
        )
        assert one_of_many == alone


def test_what_cannot_be_judged_alone_cannot_in_a_batch() -> None:
    condition = KNOWLEDGE.conditions["bruxism"]

    with pytest.raises(UnknownProduct):
        ASSESSOR.assess(condition=condition, facts={}, jurisdiction="UK", product="aqua")
    with pytest.raises(UnknownSite):
        ASSESSOR.assess(condition=condition, facts={}, jurisdiction="UK", sites=["elbow"])
    yes = {"flag_heart": fact("flag_heart", True)}
    ASSESSOR.assess(condition=condition, facts=yes, jurisdiction="UK")
    with pytest.raises(WrongKind):  # 1 equals True in Python, and is no answer to yes or no
        ASSESSOR.assess(condition=condition, facts={"flag_heart": fact("flag_heart", 1)}, jurisdiction="UK")
