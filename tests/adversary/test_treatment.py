"""Treatments that are not what was approved, consented to and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from masseter.core.findings import CannotOverride, Override, check_override, still_blocking
from tests.adversary.ground import (
    GIVEN,
    ago,
    draft,
    found,
    said,
    spot,
    stopped,
    tampered,
    treatment,
)


def test_treatment_by_the_book(tmp_path: Path) -> None:
    """(The other side: a treatment exactly as approved.)

    Nothing stops, so that the stops of this list come from the ways themselves.
    """
    assert stopped("check", tmp_path, treatment()) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{point: FRON-R-1, units: 5}]", "{point: FRON-R-1, units: 50}]"),
        ("{point: FRON-R-1, units: 5}]", "{point: FRON-R-1, units: 5}, {point: FRON-R-2, units: 5}]"),
        ("  diluent_ml: 4\n  points", "  diluent_ml: 2\n  points"),
        ("diagnosis: chronic_migraine\n", "diagnosis: episodic_migraine\n"),
    ],
)
def test_plan_edited_after_approval(old: str, new: str, tmp_path: Path) -> None:
    """A plan is approved, and then a dose, a point, the diluent or the diagnosis is changed.

    Stops: the approval is for the plan as it was, to the last unit.
    """
    assert "plan-changed" in tampered(tmp_path, old, new)


@pytest.mark.parametrize("by", ["' '", '""', '"\\t"'])
def test_approval_by_nobody(by: str, tmp_path: Path) -> None:
    """An approval that nobody signed, or one from tomorrow.

    Stops.
    """
    assert "plan-not-approved" in tampered(tmp_path, "by: Dr A", f"by: {by}")
    assert "approval-in-future" in tampered(tmp_path, "Dr A, on: 2026-11-25", "Dr A, on: 2026-11-26")


def test_approval_of_another_plan(tmp_path: Path) -> None:
    """The approval of another plan put beside this one.

    Stops: its fingerprint is another.
    """
    text = treatment()
    mark = text.split("fingerprint: ")[1].split("}")[0]
    assert "plan-changed" in tampered(tmp_path, mark, mark[::-1])


def test_reason_written_for_another_finding() -> None:
    """A reason that was written for one point or one dose, used for another.

    It holds for the very finding and the sentence for which it was written, and for no other.
    """
    cautions = [each for each in found(draft(), ago(20)) if each.severity == "caution"]
    one, other = cautions[:2]
    reason = Override(code=one.code, subject=one.subject, sentence=one.sentence, reason="Seen.", by="Dr A")

    assert one not in still_blocking(cautions, [reason])
    assert other in still_blocking(cautions, [reason])
    changed = Override(code=one.code, subject=one.subject, sentence="It was 6 units.", reason="Seen.", by="A")
    assert one in still_blocking(cautions, [changed])


@pytest.mark.parametrize(("reason", "by"), [("", "Dr A"), (" \n", "Dr A"), ("Seen.", ""), ("Seen.", " ")])
def test_reason_that_says_nothing(reason: str, by: str) -> None:
    """A reason of blanks, or one without a name.

    It lets nothing pass.
    """
    one = next(each for each in found(draft(), ago(20)) if each.severity == "caution")
    with pytest.raises(CannotOverride):
        check_override(one, Override(code=one.code, subject=one.subject, reason=reason, by=by))


def test_reason_for_a_stop() -> None:
    """A long and good reason for a dose above the ceiling.

    A stop has no reason that overrules it.
    """
    findings = found(draft(spot(units="401")))
    reasons = [Override(code=e.code, subject=e.subject, reason="I know.", by="Dr A") for e in findings]

    assert {each.code for each in still_blocking(findings, reasons)} == said(findings)


@pytest.mark.parametrize(
    "told",
    ["[name, name]", "[name, Name]", "[name, ' NAME ']", "[name, '']", "[birth_date, birth date]", "[]"],
)
def test_one_identifier_told_twice(told: str, tmp_path: Path) -> None:
    """The person is known by the name alone, written twice.

    Stops: two different identifiers are needed.
    """
    assert "identity-unconfirmed" in tampered(tmp_path, "[name, birth date]", told)


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        (", consent: true,", ","),
        (", plan: true,", ","),
        (", allergies: true,", ","),
        ("infection: false, preg", "preg"),
        ("pregnancy: false, news", "news"),
        (", news: false}", "}"),
    ],
)
def test_time_out_left_out(said: str, unsaid: str, tmp_path: Path) -> None:
    """A part of the time-out that was not said aloud, or not asked on the day.

    Stops.
    """
    assert "time-out-incomplete" in tampered(tmp_path, said, unsaid)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("signed_on: 2026-11-20}", "signed_on: 2026-11-20, withdrawn_on: 2026-11-25}", "consent-withdrawn"),
        ("signed_on: 2026-11-20}", "signed_on: 2026-11-26}", "consent-in-future"),
        ("signed_on: 2026-11-20}", "signed_on: null}", "consent-missing"),
        ("product: botox, says", "product: dysport, says", "consent-other-product"),
        ("consent: {condition: chronic_migraine", "consent: {condition: tmd", "consent-other-condition"),
        ("says_licensed: true", "says_licensed: false", "consent-other-diagnosis"),
        (
            "diagnosis: chronic_migraine, product",
            "diagnosis: episodic_migraine, product",
            "consent-other-diagnosis",
        ),
    ],
)
def test_consent_that_does_not_cover(old: str, new: str, code: str, tmp_path: Path) -> None:
    """A consent that was withdrawn, is for another product, condition or diagnosis, or says another licence.

    Stops.
    """
    assert code in tampered(tmp_path, old, new)


def test_more_given_than_planned(tmp_path: Path) -> None:
    """More given at a point than approved, or a point added, without a word.

    Stops until a reason is written; and the ceilings are reckoned again with what was given.
    """
    more = GIVEN.replace("units: 5", "units: 50")
    assert {"deviation-reason-missing", "vial-sum-wrong"} <= tampered(tmp_path, GIVEN, more)
    lots = GIVEN.replace("units: 5", "units: 500").replace("v1}", "v1, reason: strong}")
    assert "over-limit-botox_400_in_interval" in tampered(tmp_path, GIVEN, lots)


def test_planned_point_not_given(tmp_path: Path) -> None:
    """A planned point that was not given and is not mentioned, so that the record shows the plan.

    Stops until it is written down why; nothing given at all stops too.
    """
    assert "deviation-reason-missing" in tampered(tmp_path, GIVEN, "")
    assert "given-nothing" in tampered(tmp_path, GIVEN, GIVEN.replace("units: 5", "units: 0"))


def test_infection_on_the_day(tmp_path: Path) -> None:
    """An infection at the place that is only seen at the time-out, after everything was approved.

    Stops.
    """
    assert "infection-at-site" in tampered(tmp_path, "infection: false, preg", "infection: true, preg")
