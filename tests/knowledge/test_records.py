"""Duties, retention, reports: every place has its own, and where sources disagree both stand."""

from __future__ import annotations

from typing import get_args

from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction

KNOWN = load()


def test_every_place_has_one_scheme_to_report_to() -> None:
    places = [each.jurisdiction for each in KNOWN.report_schemes]

    assert sorted(places) == sorted(get_args(Jurisdiction))


def test_every_report_asks_for_brand_and_batch() -> None:
    for scheme in KNOWN.report_schemes:
        words = " ".join(each.text for each in scheme.fields).lower()
        assert "batch" in words or "lot" in words, scheme.code


def test_both_periods_of_england_and_wales_stand() -> None:
    years = {
        each.adult_years.value for each in KNOWN.retention if each.adult_years and "England" in each.place
    }

    assert years == {15, 11}


def test_codes_are_given_once() -> None:
    for kind in (
        KNOWN.retention,
        KNOWN.duties,
        KNOWN.report_schemes,
        KNOWN.record_blocks,
        KNOWN.receipt_checks,
    ):
        codes = [each.code for each in kind]  # type: ignore[attr-defined]  # all of these have a code
        assert len(codes) == len(set(codes))


def test_record_blocks_are_ours_and_say_so() -> None:
    assert {each.evidence.sure for each in KNOWN.record_blocks} == {"design"}
