"""Plans that differ from one by the book in one thing: ceilings and earlier treatments."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from masseter.knowledge.model import (
    UnlicensedToxin,
)
from tests.core.builders import EVIDENCE, D
from tests.core.plan.builders import (
    earlier,
    limit,
    patient,
    product,
)
from tests.core.plan.findings.ground import (
    before,
    brand,
    cap,
    place,
    source,
    with_brand,
    with_limit,
)

Loose = Any  # whichever argument of the check a situation changes

SISTERS = {
    "alfa": brand(limits=(), inn="onetoxin"),
    "beta": product(
        "beta",
        inn="onetoxin",
        limits=(
            limit("most", units=D(39), scope="per_session"),
            limit("local", units=D(1), scope="per_site"),
        ),
    ),
}
IN_OTHER_WORDS = limit(
    "top", units=D(39), scope="per_session", sentence="Too much.", evidence=replace(EVIDENCE, sources=("T2",))
)
GREY = {"grey": UnlicensedToxin(key="grey", name="Grey", evidence=source("GREY"))}


def aged(weight: Decimal | None, **fields: Loose) -> Loose:
    """A ceiling by body weight for the young, of which this person is one."""
    limited = with_limit(units_per_kg=D(2), max_age=60, **fields)
    return {**limited, "person": patient(weight_kg=weight) if weight else patient()}


SITUATIONS: dict[str, Loose] = {
    "exactly at the ceiling": with_limit(units=D(40)),
    "above the ceiling of the interval": with_limit(units=D("39.9")),
    "above the ceiling with what was given before": {**with_limit(units=D(139)), **before(earlier(30))},
    "at the ceiling with what was given before": {**with_limit(units=D(140)), **before(earlier(83))},
    "given on the day that ends the window": {**with_limit(units=D(139)), **before(earlier(84))},
    "given outside both windows": {**with_limit(units=D(139)), **before(earlier(92))},
    "above the ceiling that counts months": {
        **with_limit(units=D(139), window_months=3),
        **before(earlier(84)),
    },
    "window of its own, too short for months": {
        **with_limit(units=D(139), window_days=20),
        **before(earlier(30)),
    },
    "window of the label": {**with_limit(units=D(139), window_days=None), **before(earlier(83))},
    "units of another toxin never count": {
        **with_limit(units=D(40)),
        **before(earlier(30, "100", "beta")),
    },
    "above the ceiling of a session": with_limit(scope="per_session", units=D(39)),
    "second half on the same day": {
        **with_limit(scope="per_session", units=D(139)),
        **before(earlier(0)),
    },
    "second half on the same day, ceiling of a use": {
        **with_limit(scope="per_session", units=D(139), conditions=("tmd",)),
        **before(earlier(0)),
    },
    "second half on the same day, ceiling of a site": {
        **with_limit(scope="per_session", units=D(139), sites=("masseter",)),
        **before(earlier(0)),
    },
    "above the ceiling of a point": with_limit(scope="per_point", units=D(9)),
    "above the ceiling of a muscle": with_limit(scope="per_site", units=D(19)),
    "above the ceiling of a side": with_limit(scope="per_side", units=D(19)),
    "above the ceiling of a first treatment": with_limit(scope="first_session", units=D(39)),
    "second half of the first treatment": {
        **with_limit(scope="first_session", units=D(39)),
        **before(earlier(0)),
    },
    "no longer the first treatment": {
        **with_limit(scope="first_session", units=D(39)),
        **before(earlier(200)),
    },
    "first treatment for this use, not with this toxin": {
        **with_limit(scope="first_session", units=D(39), diagnoses=("myalgia",)),
        **before(earlier(200)),
    },
    "ceiling of another site": with_limit(scope="per_session", units=D(1), sites=("orbicularis_oculi",)),
    "ceiling of another condition": with_limit(units=D(1), conditions=("bruxism",)),
    "ceiling of another diagnosis": with_limit(units=D(1), diagnoses=("arthralgia",)),
    "ceiling of another place": with_limit(units=D(1), jurisdictions=("US",)),
    "ceiling for the young only": with_limit(units=D(1), max_age=45),
    "ceiling by a weight that is not known": aged(None),
    "ceiling by weight": aged(D("19.9")),
    "exactly at the ceiling by weight": aged(D(20)),
    "ceiling lower than that by weight": aged(D(90), units=D(39)),
    "ceiling of a sister brand for the interval": {
        "known": place(
            products={**SISTERS, "beta": product("beta", inn="onetoxin", limits=(limit(units=D(39)),))}
        )
    },
    "given of a sister brand": {
        "known": place(
            products={"alfa": brand(limits=(cap(units=D(139)),), inn="onetoxin"), "beta": SISTERS["beta"]}
        ),
        **before(earlier(30, "100", "beta")),
    },
    "ceiling of a sister brand": {"known": place(products=SISTERS)},
    "ceiling that another sister brand prints in other words": {
        "known": place(
            products={**SISTERS, "gamma": product("gamma", inn="onetoxin", limits=(IN_OTHER_WORDS,))}
        )
    },
    "same toxin yesterday": before(earlier(1)),
    "interval just over": before(earlier(92)),
    "days over, months not": before(earlier(91)),
    "days over, months not, label counts months": {**with_brand(counts_months=True), **before(earlier(91))},
    "no months on the label": {**with_brand(interval_months=None), **before(earlier(83))},
    "treatment still to come": before(earlier(-1)),
    "another product today": before(earlier(0, "10", "beta")),
    "an unknown product today": before(earlier(0, "10", None)),
    "an unknown product lately": before(replace(earlier(20, "10", None), where="Spa")),
    "a product never heard of": before(earlier(20, "10", "gamma")),
    "another toxin lately": before(replace(earlier(20, "30", "beta"), where="Spa")),
    "another toxin, units not known": before(replace(earlier(20, None, "beta"), where="Spa")),
    "another toxin outside the look-back": before(earlier(112, None, "beta")),
    "a toxin that nobody licenses": {"known": place(unlicensed=GREY), **before(earlier(20, "10", "grey"))},
    "a toxin that nobody licenses, long ago, and one of late": {
        "known": place(unlicensed=GREY),
        **before(replace(earlier(300, "10", "grey"), where="Spa"), earlier(20, "30", "beta")),
    },
    "nothing of long ago hides what is of late": before(earlier(300, None, None), earlier(20, "30", "beta")),
}
