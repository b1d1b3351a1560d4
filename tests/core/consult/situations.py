"""People who differ in one thing that a candidacy depends on, each under the words that say which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from masseter.core.consult.allergies import allergy_findings
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.facts import NOT_APPLICABLE, Observation
from masseter.core.findings import Finding, order_findings
from masseter.knowledge.model import Choice, Diagnosis, Evidence, Licence, OneOf
from tests.core.builders import (
    TODAY,
    condition,
    diagnosis,
    facts,
    finding_rule,
    knowledge,
    observation_type,
    text,
    yes,
)
from tests.core.plan.builders import product

Loose = Any  # whichever argument a situation changes


def from_source(key: str) -> Evidence:
    """Evidence of its own for each piece, so that a finding shows on what it rests."""
    return Evidence(sources=(key,), sure="from_memory", checked=TODAY)


# --- diagnoses and licences -----------------------------------------------------------------------

MUSCLE = diagnosis("muscle", yes("pain"), yes("familiar"), evidence=from_source("MUSCLE"))
SPREAD = diagnosis("spread", yes("spreads"), yes("pain"), evidence=from_source("SPREAD"))
DISC = diagnosis(
    "disc", yes("lock"), treatable=False, look_alike="The jaw locks.", evidence=from_source("DISC")
)
NOISE = diagnosis("noise", yes("clicks"), treatable=False, accompanies=True, evidence=from_source("NOISE"))
LICENSED = Licence(
    jurisdiction="UK",
    status="licensed",
    text="Alfa is licensed for muscle pain.",
    evidence=from_source("ALFA"),
    product="alfa",
    diagnoses=("muscle",),
)
OFF_LABEL = Licence(
    jurisdiction="UK", status="off_label", text="No product is licensed.", evidence=from_source("ANY")
)
ABROAD = replace(OFF_LABEL, jurisdiction="US", text="Off-label in the US.", evidence=from_source("ABROAD"))
NOT_THIS = replace(LICENSED, diagnoses=("disc",), text="Alfa is licensed for the disc.")
MADE = {"pain": True, "familiar": True, "spreads": False, "lock": False, "clicks": False}
TYPES = tuple(observation_type(code) for code in ("spreads", "lock", "clicks", "milk"))
MILK = finding_rule(
    "milk", severity="stop", leads_to="not_a_candidate", products=("alfa", "beta"), urgency="routine"
)


def judged(
    product_key: str | None = None,
    *,
    licences: tuple[Licence, ...] = (LICENSED, OFF_LABEL, ABROAD, NOT_THIS),
    diagnoses: tuple[Diagnosis, ...] = (MUSCLE, SPREAD, DISC, NOISE),
    rules: Loose = (),
    therapeutic: bool = True,
    **answers: Loose,
) -> tuple[Finding, ...]:
    """The findings of a candidacy for someone in whom all is clear but for these answers."""
    brands = {key: product(key, therapeutic=therapeutic) for key in ("alfa", "beta")}
    own = condition(
        diagnoses=diagnoses, licences=licences, evidence=replace(from_source("TMD"), sure="conflicting")
    )
    known = {code: value for code, value in {**MADE, **answers}.items() if value is not None}
    return assess_candidacy(
        condition=own,
        knowledge=knowledge(*TYPES, products=brands, precautions=rules),
        facts=facts(**known),
        jurisdiction="UK",
        product=product_key,
    ).findings


VERDICTS: dict[str, Callable[[], tuple[Finding, ...]]] = {
    "muscle pain, no product chosen": lambda: judged(),
    "muscle pain, the licensed product": lambda: judged("alfa"),
    "muscle pain, another product": lambda: judged("beta"),
    "nothing on record about licences": lambda: judged(licences=(ABROAD,)),
    "the diagnosis of a licence is not made": lambda: judged(familiar=False, spreads=True),
    "no diagnosis made yet, two possible": lambda: judged(familiar=None, spreads=None),
    "no diagnosis made yet, one possible": lambda: judged(familiar=None),
    "no diagnosis fits": lambda: judged(familiar=False),
    "no diagnosis is ever treated": lambda: judged(diagnoses=(DISC,)),
    "a look-alike fits as well": lambda: judged(lock=True),
    "a look-alike fits alone": lambda: judged(familiar=False, lock=True),
    "something goes along": lambda: judged(clicks=True),
    "a stop for some products, none chosen": lambda: judged(rules=(MILK,), milk=True),
    "a stop for some products, all for looks, none chosen": lambda: judged(
        rules=(MILK,), milk=True, therapeutic=False
    ),
    "a stop for some products, one of them chosen": lambda: judged("beta", rules=(MILK,), milk=True),
    "a stop for some products, not asked, none chosen": lambda: judged(rules=(MILK,)),
    "a stop for some products, not asked, one of them chosen": lambda: judged("beta", rules=(MILK,)),
    "a stop for every product": lambda: judged(rules=(replace(MILK, products=()),), milk=True),
}

# --- allergies ------------------------------------------------------------------------------------

BRAND = replace(
    product(),
    excipients=(
        replace(text("Human albumin"), evidence=from_source("ALBUMIN")),
        text("polysorbate 80"),
        text("Cow's milk (whey)"),
    ),
    allergens=("milk_protein",),
    evidence=from_source("BRAND"),
)
ASKED = {
    "allergies": observation_type(
        "allergies", "choices", choices=(Choice(code="latex", label="Latex or rubber"),)
    )
}
LATEX = finding_rule("latex-gloves", OneOf(observation="allergies", one_of=("latex",)))


def allergic(*codes: str, note: str = "", rules: Loose = (), **fields: Loose) -> tuple[Finding, ...]:
    """The findings about someone's allergies for one brand."""
    told: dict[str, Observation] = facts(**{"allergies": codes, "allergy_note": note or None, **fields})
    return order_findings(allergy_findings(BRAND, rules, told, ASKED))


ALLERGIES: dict[str, Callable[[], tuple[Finding, ...]]] = {
    "allergic to nothing": lambda: allergic("none"),
    "never asked": lambda: order_findings(allergy_findings(BRAND, (), {}, ASKED)),
    "asked, and not known": lambda: allergic(allergies=None),
    "a question that does not apply": lambda: allergic(allergies=NOT_APPLICABLE),
    "a component of the product": lambda: allergic("human_albumin"),
    "a component by part of its name": lambda: allergic("polysorbate"),
    "a component written with an apostrophe": lambda: allergic("cows_milk"),
    "a component written in brackets": lambda: allergic("whey"),
    "words of two components": lambda: allergic("human_polysorbate"),
    "a substance that the product may contain": lambda: allergic("milk_protein"),
    "one allergy, told as one word": lambda: allergic(allergies="human_albumin"),
    "something else, with its label": lambda: allergic("latex"),
    "something else, without a label": lambda: allergic("other_medicine"),
    "something else, with what was written": lambda: allergic(
        "other_medicine", note="A rash after penicillin"
    ),
    "something else, that a rule speaks of": lambda: allergic("latex", rules=(LATEX,)),
    "something else, that a rule for this product speaks of": lambda: allergic(
        "latex", rules=(replace(LATEX, products=("alfa",)),)
    ),
    "something else, that a rule for another product speaks of": lambda: allergic(
        "latex", rules=(replace(LATEX, products=("beta",)),)
    ),
    "something else, that a rule speaks of for another answer": lambda: allergic("iodine", rules=(LATEX,)),
    "several at once": lambda: allergic("latex", "human_albumin", "none", "polysorbate"),
    "no list of allergies in the knowledge": lambda: order_findings(
        allergy_findings(BRAND, (), facts(allergies=("latex",)), {})
    ),
}

SITUATIONS = {**VERDICTS, **ALLERGIES}
