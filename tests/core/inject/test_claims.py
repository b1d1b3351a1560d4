"""The claim of a treatment: lines, vials and labels balance to the last unit; nothing is guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.inject.claims import (
    Claim,
    LineChange,
    VialShare,
    claim_changes,
    claim_rules,
    make_claim,
    procedure_notes,
)
from masseter.core.quantities import InvalidQuantity
from masseter.core.rules import UnknownProduct
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction

KNOWN = load()
Vial = tuple[int | str, int | str, int | str]


def claim(product: str, *vials: Vial, here: Jurisdiction = "US") -> Claim:
    """A claim from label, given and discarded of each vial."""
    shares = [
        VialShare(vial=f"V{n}", label_units=Decimal(label), given=Decimal(given), discarded=Decimal(rest))
        for n, (label, given, rest) in enumerate(vials)
    ]
    return make_claim(product, shares, knowledge=KNOWN, jurisdiction=here)


def lines(made: Claim) -> list[tuple[str, str, int]]:
    return [(line.code, line.modifier, line.billing_units) for line in made.lines]


def test_unknown_product_is_refused() -> None:
    with pytest.raises(UnknownProduct):
        claim("no-such")


@pytest.mark.parametrize("vial", [(100, 90, 20), (100, -1, 0), (100, 0, -1)])
def test_share_above_the_label_or_below_nothing_is_refused(vial: Vial) -> None:
    with pytest.raises(InvalidQuantity):
        claim("botox", vial)


@pytest.mark.parametrize(
    ("product", "vials", "wanted", "unbilled"),
    [
        ("botox", [(200, 155, 45)], [("J0585", "", 155), ("J0585", "JW", 45)], 0),
        ("botox", [(200, 200, 0)], [("J0585", "JZ", 200)], 0),
        ("botox", [(100, 100, 0), (100, 55, 45)], [("J0585", "", 155), ("J0585", "JW", 45)], 0),
        # Rounded once over the treatment, not once a vial: two halves are one unit.
        (
            "botox",
            [(100, "77.5", "22.5"), (100, "77.5", "22.5")],
            [("J0585", "", 155), ("J0585", "JW", 45)],
            0,
        ),
        ("botox", [(100, "77.5", "22.5")], [("J0585", "", 78), ("J0585", "JW", 22)], 0),
        ("dysport", [(500, 483, 17)], [("J0586", "", 97), ("J0586", "JW", 3)], 0),
        ("dysport", [(300, 300, 0), (300, 298, 2)], [("J0586", "JZ", 120)], 0),
        ("myobloc", [(2500, 2450, 50)], [("J0587", "JZ", 25)], 0),
        ("myobloc", [(2500, 2350, 150)], [("J0587", "", 24), ("J0587", "JW", 1)], 0),
        # Less than one billing unit given: one line without a modifier; the rest stands on no line.
        ("dysport", [(500, 1, 499)], [("J0586", "", 1)], 495),
        # Part of a vial that another treatment drew from as well.
        ("botox", [(200, 80, 0)], [("J0585", "JZ", 80)], 0),
        ("myobloc", [(2500, 150, 0)], [("J0587", "JZ", 2)], -50),
    ],
)
def test_lines_of_a_treatment(
    product: str, vials: list[Vial], wanted: list[tuple[str, str, int]], unbilled: int
) -> None:
    made = claim(product, *vials)

    assert lines(made) == wanted
    assert made.unbilled == unbilled


@pytest.mark.parametrize(("product", "here"), [("jeuveau", "US"), ("botox", "UK"), ("botox", "EU")])
def test_product_or_place_without_a_code_has_no_lines_and_all_its_units(
    product: str, here: Jurisdiction
) -> None:
    made = claim(product, (100, 60, 40), here=here)

    assert (made.code, made.lines, made.unbilled) == (None, (), 100)
    assert (made.given, made.discarded, made.label_units) == (60, 40, 100)


TENTHS = st.integers(0, 100_000).map(lambda n: Decimal(n) / 10)


@st.composite
def a_vial(draw: st.DrawFn) -> Vial:
    low, middle, high = sorted(draw(st.tuples(TENTHS, TENTHS, TENTHS)))
    return str(high), str(low), str(middle - low)


@given(
    st.sampled_from(sorted(KNOWN.products)),
    st.lists(a_vial(), max_size=3),
    st.sampled_from(["US", "EU", "UK"]),
)
def test_lines_and_rest_are_the_labels_to_the_last_unit(
    product: str, vials: list[Vial], here: Jurisdiction
) -> None:
    made = claim(product, *vials, here=here)

    billed = sum((line.units for line in made.lines), Fraction(0))
    per_unit = Fraction(made.code.units) if made.code else 0
    assert billed + made.unbilled + Fraction(made.not_here) == Fraction(made.label_units)
    assert made.given + made.discarded + made.not_here == made.label_units
    assert all(line.billing_units > 0 for line in made.lines)
    if made.code and made.unbilled < 0:
        assert -made.unbilled < per_unit
    if made.code and len(made.lines) == 2:
        assert 0 <= made.unbilled < per_unit
    assert [line.modifier for line in made.lines] in ([], [""], ["JZ"], ["", "JW"], ["JW"])


def test_correction_names_the_lines_that_it_changed() -> None:
    before, after = claim("botox", (200, 155, 45)), claim("botox", (200, 200, 0))

    assert claim_changes(before, before) == ()
    assert set(claim_changes(before, after)) == {
        LineChange(code="J0585", modifier="", before=155, after=0),
        LineChange(code="J0585", modifier="JW", before=45, after=0),
        LineChange(code="J0585", modifier="JZ", before=0, after=200),
    }


@pytest.mark.parametrize(
    ("condition", "sites", "wanted"),
    [
        ("chronic_migraine", {"temporalis", "frontalis"}, ["cpt-64615"]),
        ("facial_spasm", {"orbicularis_oculi"}, ["cpt-64612"]),
        ("facial_spasm", {"masseter"}, ["cpt-jaw-muscles"]),
        ("trigeminal_neuralgia", {"skin_v2"}, []),
    ],
)
def test_codes_of_the_procedure_come_from_the_table_alone(
    condition: str, sites: set[str], wanted: list[str]
) -> None:
    found = procedure_notes(condition, sites, knowledge=KNOWN, jurisdiction="US")

    assert [note.code for note in found] == wanted


def test_masseter_of_bruxism_is_never_given_the_code_of_the_facial_nerve() -> None:
    found = procedure_notes("bruxism", {"masseter"}, knowledge=KNOWN, jurisdiction="US")

    assert "cpt-64612" not in {note.code for note in found}
    assert "cpt-jaw-muscles" in {note.code for note in found}


def test_rules_and_codes_are_of_the_us_alone() -> None:
    assert {note.code for note in claim_rules(KNOWN, "US")} >= {"jw", "jz", "round-up"}
    assert claim_rules(KNOWN, "UK") == ()
    assert procedure_notes("chronic_migraine", set(), knowledge=KNOWN, jurisdiction="UK") == ()
