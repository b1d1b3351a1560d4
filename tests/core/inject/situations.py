"""Treatments that differ from one by the book in one thing, each under the words that say which."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from masseter.core.inject.types import Approval, ApprovedPlan, LeftOut, TimeOut
from masseter.core.plan.fingerprint import plan_fingerprint
from masseter.knowledge.model import AlertLot, Diluent, Evidence
from tests.core.builders import TODAY, D, condition, value
from tests.core.inject.test_check import NOTHING_NEW, NOW, consent, given, vial
from tests.core.plan.builders import knowledge, plan, practice, product

Loose = Any  # whichever argument of the check a situation changes

# Each from a place of its own, so that a finding shows on which of them it rests.
BRAND = Evidence(sources=("BRAND", "LABEL"), sure="from_memory", checked=TODAY)
HOURS = Evidence(sources=("HOURS",), sure="verified", checked=TODAY)
HOUSE = Evidence(sources=("HOUSE",), sure="verified", checked=TODAY)
ALERT = Evidence(sources=("ALERT",), sure="verified", checked=TODAY)


def place(**brand: Loose) -> Loose:
    """Knowledge in which product, hours of use and alert rest on sources of their own."""
    hours = replace(value(24, "h"), evidence=HOURS)
    alfa = product(**{"evidence": BRAND, "in_use_hours": hours, **brand})
    diluents = (
        Diluent(code="saline", name="Plain saline", on_label=True, text="On the label.", evidence=BRAND),
        Diluent(code="other", name="Another", on_label=False, text="A prescriber decides.", evidence=HOUSE),
    )
    alerts = (AlertLot(number="C9", expiry="2023", told="An authority", evidence=ALERT),)
    brands = {"alfa": alfa, "beta": product("beta")}
    return knowledge(products=brands, practice=practice(diluents=diluents), alert_lots=alerts)


def unsure_hours() -> Loose:
    """The same where nobody has verified the hours of use."""
    hours = replace(value(24, "h"), evidence=replace(HOURS, sure="from_memory"))
    return place(in_use_hours=hours)


def time_out(**fields: Loose) -> Loose:
    done = dict.fromkeys(("consent_confirmed", "plan_confirmed", "allergies_confirmed"), True)
    whole = {"identifiers": ("name", "birth_date"), **done, "today": NOTHING_NEW}
    return {"timeout": TimeOut(**{**whole, **fields})}


def signed(**fields: Loose) -> Loose:
    return {"consent": consent(**fields)}


def with_vial(**fields: Loose) -> Loose:
    return {"vials": (vial(**fields),)}


def approved(**fields: Loose) -> Loose:
    approval = Approval(**{"fingerprint": plan_fingerprint(plan()), "by": "Dr A", "on": TODAY, **fields})
    return {"approved": ApprovedPlan(plan=plan(), approval=approval)}


def first_point(discarded: str = "60", **fields: Loose) -> Loose:
    """The first of four points given otherwise, with what is then left in the vial."""
    first, *others = plan().points
    doses = (given(first, **fields), *(given(each) for each in others))
    return {"given": doses, **with_vial(discarded=D(discarded))}


def nothing_given(reason: str) -> Loose:
    left_out = tuple(LeftOut(planned_id=each.id, reason=reason) for each in plan().points)
    return {"given": (), "left_out": left_out, **with_vial(discarded=D(100))}


DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

SITUATIONS: dict[str, Loose] = {
    "by the book": {},
    "one identifier": time_out(identifiers=("name",)),
    "consent not said aloud": time_out(consent_confirmed=False),
    "plan not said aloud": time_out(plan_confirmed=False),
    "allergies not said aloud": time_out(allergies_confirmed=False),
    "nobody asked about infection today": time_out(today=replace(NOTHING_NEW, infection=None)),
    "a new medicine": time_out(today=replace(NOTHING_NEW, news=True)),
    "no consent": {"consent": None},
    "consent dated tomorrow": signed(signed_on=TODAY + DAY),
    "consent signed an hour after the start": signed(signed_at=NOW + timedelta(hours=1)),
    "consent withdrawn": signed(withdrawn_on=TODAY),
    "consent signed at home": signed(waits_for_visit=True),
    "consent for another condition": signed(condition="bruxism"),
    "consent for another product": signed(product="beta"),
    "consent for another diagnosis": signed(diagnosis="arthralgia"),
    "consent that calls a licensed use off-label": signed(says_licensed=False),
    "consent that calls an off-label use licensed": {
        "knowledge": knowledge(conditions={"tmd": condition(licences=())})
    },
    "no approval": {"approved": ApprovedPlan(plan=plan(), approval=None)},
    "plan changed since": approved(fingerprint="another"),
    "approval dated tomorrow": approved(on=TODAY + DAY),
    "one vial twice": {"vials": (vial(), vial())},
    "points without a vial": {"vials": ()},
    "vial of another product": with_vial(product="beta", presentation="beta-100"),
    "vial of a size that is not sold": with_vial(presentation="alfa-150"),
    "vial with the units of another size": with_vial(label_units=D(200)),
    "vial of another size, same strength": with_vial(
        presentation="alfa-200", label_units=D(200), units_left=D(200), diluent_ml=D(4), discarded=D(160)
    ),
    "lot of an alert": with_vial(lot="C9"),
    "vial without a lot": with_vial(lot=" "),
    "vial recalled": with_vial(status="recalled"),
    "vial in quarantine": with_vial(status="quarantined"),
    "vial used up": with_vial(status="used"),
    "vial discarded": with_vial(status="discarded"),
    "vial of another patient": with_vial(used_for_other_patient=True),
    "vial without an expiry": with_vial(expires_on=None),
    "vial expired yesterday": with_vial(expires_on=TODAY - DAY),
    "powder without its time": with_vial(reconstituted_at=None),
    "vial made up after the treatment": with_vial(reconstituted_at=NOW + SECOND),
    "vial a second past its hours": with_vial(reconstituted_at=NOW - DAY - SECOND),
    "vial past hours that nobody verified": {
        "knowledge": unsure_hours(),
        **with_vial(reconstituted_at=NOW - DAY - SECOND),
    },
    "vial without its diluent": with_vial(diluent_ml=None),
    "vial made up with what the label names": with_vial(diluent="saline"),
    "vial made up with what no label names": with_vial(diluent="other"),
    "vial of another strength": with_vial(diluent_ml=D("2.5")),
    "more in the vial than its label": with_vial(units_left=D(101), discarded=D(61)),
    "more given than the vial held": with_vial(units_left=D("39.9"), discarded=D(0)),
    "discarded units not counted": with_vial(discarded=None),
    "units that do not add up": with_vial(discarded=D("59.9")),
    "nothing given": nothing_given("Unwell."),
    "nothing given and no reason": nothing_given(""),
    "a point of no units": first_point("70", units=D(0), reason="Bent needle."),
    "more than planned without a reason": first_point("59", units=D(11)),
    "another side without a reason": first_point(side="right"),
}
