"""Consents that differ in one thing that their text depends on, each under the words that say which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from masseter.core.consult.consent import ConsentText, consent_text
from masseter.knowledge.model import Effect, Licence, Rate, Story
from tests.core.builders import D, condition, diagnosis, effect, knowledge, text, yes
from tests.core.consult.situations import LICENSED, from_source
from tests.core.plan.builders import product

Loose = Any  # whichever argument a text changes
LISTS = (
    "what_it_is",
    "why_toxin",
    "for_whom",
    "not_for",
    "what_happens",
    "how_well",
    "how_long",
    "side_effects",
    "cannot",
    "other_options",
    "get_help",
)


def told(name: str) -> Loose:
    """Two paragraphs that say which list they are of, from sources of their own."""
    words = name.replace("_", " ")
    return tuple(
        replace(text(f"{words}, {number}."), evidence=from_source(f"{name}-{number}"))
        for number in ("first", "second")
    )


STORY = Story(title="Title", lead="Lead", **{name: told(name) for name in LISTS})
ANY = Licence(
    jurisdiction="UK", status="off_label", text="Nothing else is licensed.", evidence=from_source("ANY")
)
FOR_ALL = replace(ANY, status="licensed", text="All are licensed.", evidence=from_source("ALL"))
ABROAD = replace(FOR_ALL, jurisdiction="US", text="Licensed in the US.")


def rate(percent: str, *conditions: str, source: str) -> Rate:
    return Rate(
        percent=D(percent), population="everybody", evidence=from_source(source), conditions=conditions
    )


EFFECTS: tuple[Effect, ...] = (
    effect("weak_smile", plain_name="weak smile", rates=(rate("2", source="R1"),)),
    effect(
        "bruise",
        plain_name="bruise",
        rates=(rate("12.50", source="R2"), rate("3", source="R3"), rate("40", "other", source="R4")),
    ),
    effect("dry_mouth", plain_name="dry mouth", conditions=("tmd",), rates=(rate("10", "tmd", source="R5"),)),
    effect("drooping_lid", plain_name="lid", conditions=("other",), rates=(rate("5", source="R6"),)),
    effect("fever", plain_name="fever"),
)


def consent(
    product_key: str = "",
    diagnosis_code: str = "",
    *,
    licences: tuple[Licence, ...] = (LICENSED, ANY, ABROAD),
    **fields: Loose,
) -> ConsentText:
    diagnoses = (diagnosis("muscle", yes("pain"), name="Muscle pain"), diagnosis("disc", yes("lock")))
    made_up = condition(**{"story": STORY, "licences": licences, "diagnoses": diagnoses, **fields})
    known = knowledge(
        products={key: product(key) for key in ("alfa", "beta", "gamma")},
        effects={each.code: each for each in EFFECTS},
    )
    chosen = {"diagnosis": diagnosis_code, "product": product_key}
    asked: Loose = {name: value for name, value in chosen.items() if value}
    return consent_text(condition=made_up, knowledge=known, jurisdiction="UK", **asked)


TEXTS: dict[str, Callable[[], ConsentText]] = {
    "the licensed product for its diagnosis": lambda: consent("alfa", "muscle"),
    "the licensed product for another diagnosis": lambda: consent("alfa", "disc"),
    "the licensed product, no diagnosis yet": lambda: consent("alfa"),
    "another product": lambda: consent("beta", "muscle"),
    "another product with a row of its own": lambda: consent(
        "beta",
        "muscle",
        licences=(
            LICENSED,
            ANY,
            replace(ANY, product="beta", text="Beta is not.", evidence=from_source("BETA")),
        ),
    ),
    "no product yet, one is licensed": lambda: consent("", "muscle"),
    "no product yet, two are licensed": lambda: consent(
        "", "muscle", licences=(LICENSED, replace(LICENSED, product="gamma"), ANY)
    ),
    "no product yet, all are licensed": lambda: consent("", "", licences=(FOR_ALL, ABROAD)),
    "no product yet, none is licensed": lambda: consent("", ""),
    "nothing on record about licences": lambda: consent("beta", "", licences=()),
    "a condition with its own words on off-label use": lambda: consent(
        "beta", "muscle", off_label_consent=text("For this, nobody has a licence.")
    ),
    "a part of the text is empty": lambda: consent("alfa", "muscle", story=replace(STORY, how_well=())),
}
