"""Plans that differ from one by the book in one thing: the person, the decision and the licence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from masseter.knowledge.model import (
    Indication,
)
from tests.core.builders import diagnosis, observation_type, yes
from tests.core.plan.builders import (
    licence,
    patient,
)
from tests.core.plan.findings.ground import (
    draft,
    place,
    source,
    with_brand,
    with_disease,
)

Loose = Any  # whichever argument of the check a situation changes

ADULTS = Indication(
    name="Jaw", jurisdictions=("UK",), evidence=source("USE"), diagnoses=("myalgia",), min_age=50
)


def decided(**fields: Loose) -> Loose:
    return {"person": replace(patient(), **fields)}


def asked(*types: Loose) -> Loose:
    known = place()
    return {
        "known": replace(known, observations={**known.observations, **{each.code: each for each in types}})
    }


SITUATIONS: dict[str, Loose] = {
    "answers not confirmed": {
        **asked(observation_type("pills", order=2), observation_type("bleeds", order=1)),
        **decided(unconfirmed=("pills", "bleeds", "unheard")),
    },
    "nothing decided": decided(decided=""),
    "decided to go ahead": decided(decided="go_ahead"),
    "decided to wait": decided(decided="wait"),
    "decided on another way": decided(decided="other_way"),
    "decided against": decided(decided="no"),
    "another working diagnosis": decided(diagnosis="arthralgia"),
    "no working diagnosis any more": decided(diagnosis=""),
    "plan without a diagnosis": {**draft(diagnosis=""), **decided(diagnosis="myalgia")},
    "diagnosis that is not treated": with_disease(
        diagnoses=(diagnosis("myalgia", yes("pain"), treatable=False, evidence=source("DIAGNOSIS")),)
    ),
    "criteria not met": {"person": patient(pain=False)},
    "criteria not known": {"person": patient(pain=None)},
    "allergic to albumin": {"person": patient(allergies=("human_albumin",))},
    "allergies not asked": {"person": patient(allergies=None)},
    "allergic to something else": {"person": patient(allergies=("other",), allergy_other="egg")},
    "not licensed here": with_brand(licensed_in=("US",)),
    "licensed for looks only": with_brand(therapeutic=False),
    "outside the ages of the licence": with_brand(indications=(ADULTS,)),
    "within the ages of the licence": with_brand(indications=(replace(ADULTS, min_age=46),)),
    "use of another diagnosis": with_brand(indications=(replace(ADULTS, diagnoses=("other",)),)),
    "no licence, no reason": with_disease(licences=()),
    "no licence, a reason": {**with_disease(licences=()), **draft(off_label_reason="Nothing else helped.")},
    "off-label by name": with_disease(
        licences=(licence(status="off_label", text="Off-label.", evidence=source("OFF")),)
    ),
    "research only": with_disease(
        licences=(licence(status="research", text="Trials only.", evidence=source("TRIAL")),)
    ),
}
