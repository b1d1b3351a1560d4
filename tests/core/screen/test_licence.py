from __future__ import annotations

from dataclasses import replace

import pytest

from masseter.core.screen.licence import Extent, licensed_uses
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction

SPASM = load().conditions["facial_spasm"]


def test_licence_of_another_place_licenses_nothing_here() -> None:
    only_uk = replace(SPASM, licences=tuple(one for one in SPASM.licences if one.jurisdiction == "UK"))

    assert licensed_uses(only_uk, "US").extent is Extent.NONE


def test_diagnosis_without_any_licence_on_record_is_off_label() -> None:
    silent = replace(SPASM, licences=())

    uses = licensed_uses(silent, "UK")

    assert [one.code for one in uses.off_label] == [one.code for one in SPASM.diagnoses if one.treatable]


def test_licence_that_names_no_diagnosis_holds_for_all() -> None:
    whole = replace(SPASM, licences=(replace(SPASM.licences[0], diagnoses=()),))

    assert licensed_uses(whole, SPASM.licences[0].jurisdiction).extent is Extent.ALL


@pytest.mark.parametrize(("place", "is_licensed"), [("UK", True), ("EU", True), ("US", False)])
def test_hemifacial_spasm_is_licensed_by_itself_except_in_the_us(
    place: Jurisdiction, is_licensed: bool
) -> None:
    uses = licensed_uses(SPASM, place)

    assert ("hemifacial_spasm" in [one.code for one in uses.licensed]) is is_licensed
    assert uses.extent is Extent.SOME


def test_what_is_never_treated_is_on_neither_list() -> None:
    uses = licensed_uses(SPASM, "UK")

    assert "facial_myokymia" not in [one.code for one in (*uses.licensed, *uses.off_label)]
