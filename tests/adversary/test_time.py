"""Ceilings, intervals and ages: what was given before, somewhere else, or one day too early."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from masseter.core.findings import Finding
from masseter.core.plan.types import Earlier
from tests.adversary.ground import KNOWN, POINTS, TODAY, WELL, ago, ask, draft, found, said, spot
from tests.core.builders import D

HALF = [
    ("xeomin", "250", "over-limit-xeomin_400_session"),
    ("dysport", "800", "over-limit-dysport_1500_session"),
    ("daxxify", "150", "over-limit-daxxify_250_session"),
    ("jeuveau", "15", "over-limit-jeuveau_20_session"),
    ("letybo", "15", "over-limit-letybo_20_session"),
    ("botox", "210", "over-limit-botox_400_in_interval"),
]


def dated(findings: tuple[Finding, ...]) -> set[str]:
    return {each.code for each in findings if each.code.startswith("interval-")}


@pytest.mark.parametrize(("product", "units", "code"), HALF)
def test_two_half_plans_on_one_day(product: str, units: str, code: str) -> None:
    """One dose above the ceiling of a session, planned as two halves on one day.

    What was given earlier on the same day counts into the session: stops.
    """
    half = draft(spot(units=units), product=product)

    assert code not in said(found(half))
    assert code in said(found(half, ago(0, units, product)))
    assert code in said(found(half, *[ago(0, str(int(units) // 3), product)] * 3))


def test_two_conditions_on_one_day() -> None:
    """Migraine and jaw treated on one day, each plan under the ceiling, together above it.

    Stops, whichever condition was first.
    """
    for condition, diagnosis in (("tmd", "myalgia"), ("chronic_migraine", "chronic_migraine")):
        plan = draft(spot(units="50"), spot("MASS-R-1", "150"), condition=condition, diagnosis=diagnosis)
        assert "over-limit-botox_400_in_interval" in said(found(plan, ago(0, "201")))
        assert "over-limit-botox_400_in_interval" not in said(found(plan, ago(0, "200")))


def test_eyelids_in_two_sessions_of_one_day() -> None:
    """The dose for the eyelids given in two plans on one day, each under the ceiling of its use.

    A caution with the sum: the first may have been for another use.
    """
    plan = draft(
        spot("OOC-L-3", "4"), spot("MASS-R-1", "56"), condition="facial_spasm", diagnosis="blepharospasm"
    )
    assert "over-limit-botox_eyelid_eu" not in {each.code for each in found(plan)}
    assert "over-limit-botox_eyelid_eu" in said(found(plan, ago(0, "60")), "caution")


def test_first_treatment_in_halves() -> None:
    """A first treatment, with its lower ceiling, split in two so that the second half is no first one.

    The second half of the same day is still the first treatment.
    """
    plan = draft(spot(units="3000"), product="myobloc")
    assert "over-limit-myobloc_first_session" in said(found(plan, ago(0, "3000", "myobloc")), "caution")
    assert "over-limit-myobloc_first_session" not in said(found(plan, ago(90, "3000", "myobloc")), "caution")


@pytest.mark.parametrize("sister", ["vistabel", "vistabex", "botox_cosmetic"])
def test_sister_brand(sister: str) -> None:
    """The same toxin under another brand: Botox for the jaw, Vistabel for the frown.

    Both count together against the one ceiling, and no second brand on the same day.
    """
    plan = draft(spot(units="200"))
    assert "over-limit-botox_400_in_interval" in said(found(plan, ago(30, "201", sister)))
    assert "two-products" in said(found(plan, ago(0, "1", sister)))
    assert said(found(draft(spot(units="401"), product=sister)))


def test_treatment_elsewhere_of_unknown_product_and_dose() -> None:
    """Toxin at another clinic, neither product nor dose known: counted as nothing.

    A caution each for product, dose and interval; unknown is not zero.
    """
    codes = said(found(draft(), ago(20, None, None)), "caution")
    assert {"earlier-product-unknown", "earlier-units-unknown", "interval-too-short"} <= codes
    assert "same-day-product-unknown" in said(found(draft(), ago(0, None, None)), "caution")


def test_treatment_elsewhere_hidden_in_answers(tmp_path: Path) -> None:
    """Toxin three weeks ago at a salon, told only in an answer, while the list of treatments is empty.

    The day that was told counts like one on record, its product and dose as not known. A yes without a day
    leaves the interval open, and so does a list that nobody has made.
    """

    def codes(*facts: str, text: str = POINTS) -> set[str]:
        told = text.replace("facts:\n", "facts:\n" + "".join(f"  {each}\n" for each in facts))
        return {each["code"] for each in ask("check", tmp_path, told)["findings"]}

    day = codes("had_toxin_before: true", "last_toxin_on: 2026-11-04", "toxin_details: Botox at a salon")
    assert {"interval-too-short", "earlier-product-unknown", "earlier-units-unknown"} <= day
    assert "toxin-within-12-weeks-open" in codes("had_toxin_before: true")
    assert "toxin-within-12-weeks-open" in codes(text=POINTS.replace("earlier: []\n", ""))
    assert not {"interval-too-short", "toxin-within-12-weeks-open"} & codes()


def test_no_against_the_record(tmp_path: Path) -> None:
    """ "Never had it", answered by somebody who was treated four weeks ago.

    The treatment on record wins over the answer, in the verdict as in the plan.
    """
    text = POINTS.replace("earlier: []", "earlier: [{given_on: 2026-10-28, product: botox, units: 100}]")
    text = text.replace("facts:\n", "facts:\n  had_toxin_before: false\n")
    verdict = ask("assess", tmp_path, text)["verdicts"][0]

    assert "toxin-within-12-weeks" in {each["code"] for each in verdict["findings"]}
    assert "interval-too-short" in {each["code"] for each in ask("check", tmp_path, text)["findings"]}


@pytest.mark.parametrize("toxin", sorted(KNOWN.unlicensed))
def test_unlicensed_toxin(toxin: str) -> None:
    """A toxin that is licensed nowhere, which no ceiling knows.

    A caution while it is recent, and the interval counts it; on the same day it stops.
    """
    assert "earlier-product-unlicensed" in said(found(draft(), ago(40, "100", toxin)), "caution")
    assert dated(found(draft(), ago(40, "100", toxin))) == {"interval-too-short"}
    assert "two-products" in said(found(draft(), ago(0, "100", toxin)))


def test_another_toxin_last_month() -> None:
    """The full dose of another toxin a month ago, so that each is within its own ceiling.

    A caution by name, and the interval counts it; the units are never added.
    """
    findings = found(draft(), ago(30, "1400", "dysport"))
    assert "other-toxin-recent" in said(findings, "caution")
    assert "interval-too-short" in said(findings, "caution")


@pytest.mark.parametrize(
    "last", [date(2027, 12, 1), date(2024, 2, 29), date(2025, 11, 30), date(2023, 12, 31)]
)
def test_interval_one_day_short(last: date) -> None:
    """A treatment one day before the interval is over, across leap days and ends of years.

    Cautions up to the eve, in days and in calendar months; on the day itself it is kept.
    """
    days = 112  # the jaw's own interval
    before = Earlier(given_on=last, product="botox", units=D(50))
    eve = last + timedelta(days=days - 1)

    assert dated(found(draft(), before, today=eve)) == {"interval-too-short"}
    assert dated(found(draft(), before, today=eve + timedelta(days=1))) == {"interval-kept"}


def test_three_months_that_are_less_than_84_days_or_more() -> None:
    """Twelve weeks taken for three months, or February's three months for twelve weeks.

    Both windows are looked at: a ceiling that the label counts in months holds for the whole quarter.
    """
    given_on = date(2026, 11, 25) - timedelta(days=85)  # twelve weeks are over, three months are not
    before = Earlier(given_on=given_on, product="botox", units=D(300))
    plan = draft(spot(units="150"), condition="chronic_migraine", diagnosis="chronic_migraine")

    assert "over-limit-botox_400_in_interval" in said(found(plan, before))


def test_treatment_dated_in_the_future() -> None:
    """An earlier treatment with a day that is still to come, so that no window holds it.

    A caution to correct the day, and until then it counts.
    """
    findings = found(draft(spot(units="200")), ago(-3, "300"))
    assert "earlier-in-future" in said(findings, "caution")
    assert "over-limit-botox_400_in_interval" in said(findings)


def test_ceiling_to_the_last_hundredth() -> None:
    """A plan that passes its ceiling by the smallest step, in the hope of rounding.

    Stops; exactly at the ceiling it does not.
    """
    plan = draft(spot(units="200.05"), spot("MASS-R-1", "200"))
    assert "over-limit-botox_400_in_interval" in said(found(plan))
    assert "over-limit-botox_400_in_interval" not in said(found(draft(spot(units="400"))))


def test_hidden_in_many_small_treatments() -> None:
    """Forty treatments of ten units in the last weeks, each too small to look at.

    All count: stops.
    """
    history = [ago(days, "10") for days in range(1, 41)]
    assert "over-limit-botox_400_in_interval" in said(found(draft(spot(units="1")), *history))


@pytest.mark.parametrize("born", [date(2008, 11, 26), date(2008, 11, 25)])
def test_eve_of_the_birthday(born: date) -> None:
    """Somebody who is 18 tomorrow, treated as an adult today.

    Stops on the eve without a specialist's approval; on the birthday not.
    """
    assert ("under-18" in candidacy(born, TODAY)) is (born.day == 26)


def test_born_on_29_february() -> None:
    """Somebody born on 29 February, counted as 18 on 28 February.

    18 on 1 March in a year without that day; on the day itself in a leap year.
    """
    born = date(2008, 2, 29)
    assert "under-18" in candidacy(born, date(2026, 2, 28))
    assert "under-18" not in candidacy(born, date(2026, 3, 1))
    assert "under-18" in candidacy(date(2012, 2, 29), date(2030, 2, 28))


def candidacy(born: date, today: date) -> set[str]:
    """The stops of the person's rules on a day."""
    return said(found(draft(), today=today, born=born))


def test_well_person_is_not_stopped() -> None:
    """(The other side: somebody who is well, with a plan within every ceiling.)

    Nothing stops, so that the stops of this list come from the ways themselves.
    """
    assert said(found(draft())) == set()
    assert WELL
