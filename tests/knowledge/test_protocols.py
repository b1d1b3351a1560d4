"""The injection schemes: their sums are those published, and nothing is carried to another product."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from masseter.core.plan.ways import way_in
from masseter.knowledge.load import load
from masseter.knowledge.model import Protocol, ProtocolSite

KNOWLEDGE = load()
PROTOCOLS = KNOWLEDGE.protocols
ALL = pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS.keys())
LABEL = PROTOCOLS["migraine_label_155_botox"]
FOLLOW = PROTOCOLS["migraine_follow_pain_botox"]


def sides_of(part: ProtocolSite) -> int:
    return 2 if part.sides == "both" else 1


def sites_in(parts: Iterable[ProtocolSite]) -> int:
    """The points of these parts; of a pool as many as may be given."""
    return sum(part.most_points or part.points * sides_of(part) for part in parts)


def lowest(parts: Iterable[ProtocolSite]) -> Decimal:
    return sum((part.units_per_point.low * sites_in([part]) for part in parts), Decimal(0))


def highest(parts: Iterable[ProtocolSite]) -> Decimal:
    return sum((part.units_per_point.high * sites_in([part]) for part in parts), Decimal(0))


def required(protocol: Protocol) -> list[ProtocolSite]:
    return [part for part in protocol.sites if not part.optional]


def side_total(protocol: Protocol, site: str) -> Decimal:
    return highest(part for part in required(protocol) if part.site == site) / 2


def test_no_scheme_exists_where_evidence_is_absent_or_toxin_is_not_meant() -> None:
    untreatable = {
        diagnosis.code
        for condition in KNOWLEDGE.conditions.values()
        for diagnosis in condition.diagnoses
        if not diagnosis.treatable
    }

    treated = {diagnosis for protocol in PROTOCOLS.values() for diagnosis in protocol.diagnoses}

    assert {"pifp", "burning_mouth_syndrome", "facial_myokymia", "arthralgia"} <= untreatable
    assert not treated & untreatable


@ALL
def test_no_scheme_repeats_sooner_than_twelve_weeks(protocol: Protocol) -> None:
    assert protocol.interval_days.value >= 84


@ALL
def test_doses_are_in_the_units_of_the_scheme_s_own_product(protocol: Protocol) -> None:
    unit = KNOWLEDGE.products[protocol.product].unit_label
    used = {part.units_per_point.unit for part in protocol.sites} | {protocol.total_units.unit}

    assert used == {unit}


@ALL
def test_points_are_named_once_and_as_many_as_said(protocol: Protocol) -> None:
    named = [(part.site, number) for part in protocol.sites for number in part.point_numbers]

    assert len(named) == len(set(named))
    assert all(part.points == len(part.point_numbers) for part in protocol.sites)


@ALL
def test_points_stand_on_the_face_map_on_each_side_needed(protocol: Protocol) -> None:
    for part in protocol.sites:
        site = KNOWLEDGE.sites[part.site]
        sides = {"midline"} if part.sides == "midline" else {"left", "right"}
        drawn = {(point.side, point.number) for point in site.points}

        assert {(side, number) for side in sides for number in part.point_numbers} <= drawn


@ALL
def test_sum_of_the_required_sites_meets_the_published_total(protocol: Protocol) -> None:
    parts = required(protocol)

    assert lowest(parts) <= protocol.total_units.high
    assert highest(parts) >= protocol.total_units.low


@ALL
def test_label_scheme_rests_on_verified_evidence(protocol: Protocol) -> None:
    assert protocol.kind != "label" or protocol.evidence.sure == "verified"


@ALL
def test_house_default_never_calls_itself_verified_as_a_whole(protocol: Protocol) -> None:
    parts = {part.units_per_point.evidence.sure for part in protocol.sites}

    assert protocol.kind != "default" or parts != {"verified"}


@ALL
def test_start_stays_under_every_stop_of_the_product(protocol: Protocol) -> None:
    stops = [limit.units for limit in KNOWLEDGE.products[protocol.product].limits if limit.severity == "stop"]

    assert highest(required(protocol)) <= max(stops)


def test_migraine_label_scheme_has_31_sites_and_155_units() -> None:
    assert sites_in(LABEL.sites) == 31
    assert lowest(LABEL.sites) == highest(LABEL.sites) == 155
    assert LABEL.total_units.low == LABEL.total_units.high == 155


def test_migraine_follow_the_pain_ends_at_39_sites_and_195_units() -> None:
    assert required(FOLLOW) == list(LABEL.sites)
    assert sites_in(FOLLOW.sites) == 39
    assert highest(FOLLOW.sites) == FOLLOW.total_units.high == 195


@pytest.mark.parametrize(
    ("site", "units"),
    [
        ("corrugator", 10),
        ("procerus", 5),
        ("frontalis", 20),
        ("temporalis", 40),
        ("occipitalis", 30),
        ("cervical_paraspinal", 20),
        ("trapezius", 30),
    ],
)
def test_migraine_muscle_gets_its_labelled_dose(site: str, units: int) -> None:
    assert highest(part for part in LABEL.sites if part.site == site) == units


def test_migraine_additions_go_to_three_muscles_and_no_other() -> None:
    extra = [part for part in FOLLOW.sites if part.optional]

    assert {part.site: sites_in([part]) for part in extra} == {
        "temporalis": 2,
        "occipitalis": 2,
        "trapezius": 4,
    }
    assert all(part.only_if_painful for part in extra)
    assert all(part.most_points == part.points for part in extra)  # all of a pool may go to one side


@pytest.mark.parametrize(
    ("key", "masseter", "temporalis", "total"),
    [
        ("tmd_30_10_botox", "30", "10", 80),
        ("tmd_30_20_botox", "30", "20", 100),
        ("tmd_37_12_botox", "37.5", "12.5", 100),
        ("tmd_low_botox", "30", "10", 80),
        ("bruxism_ondo_botox", "60", "40", 200),
        ("bruxism_shim_botox", "25", "0", 50),
        ("bruxism_ten_botox", "10", "0", 20),
        ("bruxism_case_botox", "40", "25", 130),
        ("bruxism_lee_dysport", "80", "0", 160),
        ("tmd_reports_dysport", "150", "75", 450),
    ],
)
def test_jaw_scheme_adds_up_to_what_was_published(
    key: str, masseter: str, temporalis: str, total: int
) -> None:
    protocol = PROTOCOLS[key]

    assert side_total(protocol, "masseter") == Decimal(masseter)
    assert side_total(protocol, "temporalis") == Decimal(temporalis)
    assert highest(required(protocol)) == total


def test_ernberg_scheme_gives_fifty_units_to_a_painful_masseter() -> None:
    protocol = PROTOCOLS["tmd_ernberg_botox"]

    assert highest(protocol.sites) == 50
    assert {(part.sides, part.only_if_painful) for part in protocol.sites} == {("affected", True)}


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("hfs_orbital_four_botox", 20, 20),
        ("blepharospasm_botox", "7.5", 15),
        ("tn_case_sixteen_botox", 16, 16),
        ("tn_low_botox", 50, 50),
        ("tn_branch_fifty_botox", 50, 50),
        ("ptnp_intraoral_botox", 25, 50),
        ("ptnp_trial_fifty_botox", 50, 50),
    ],
)
def test_required_points_span_the_published_dose(key: str, low: str | int, high: str | int) -> None:
    parts = required(PROTOCOLS[key])

    assert (lowest(parts), highest(parts)) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("key", ["hfs_start_botox", "hfs_start_xeomin"])
def test_first_facial_spasm_dose_stays_within_25_units_an_eye(key: str) -> None:
    around_the_eye = [part for part in PROTOCOLS[key].sites if part.site == "orbicularis_oculi"]

    assert highest(around_the_eye) <= 25
    assert PROTOCOLS[key].start_with == "low"


def test_lower_face_is_never_proposed_unasked() -> None:
    lower = {"zygomaticus_major", "levator_labii", "risorius", "orbicularis_oris", "mentalis", "platysma"}
    unasked = [part.site for protocol in PROTOCOLS.values() for part in required(protocol)]

    assert not lower & set(unasked)


def test_deep_muscles_are_never_proposed_unasked() -> None:
    deep = {"medial_pterygoid", "lateral_pterygoid", "anterior_digastric", "sternocleidomastoid"}
    unasked = [part.site for protocol in PROTOCOLS.values() for part in required(protocol)]

    assert not deep & set(unasked)


@pytest.mark.parametrize(
    "condition",
    ["tmd", "bruxism", "chronic_migraine", "facial_spasm", "trigeminal_neuralgia", "chronic_facial_pain"],
)
def test_every_condition_has_a_scheme_in_units_of_botox(condition: str) -> None:
    assert [each for each in PROTOCOLS.values() if (each.condition, each.product) == (condition, "botox")]


def test_other_products_have_schemes_only_where_their_own_units_are_known() -> None:
    others = {(each.condition, each.product) for each in PROTOCOLS.values() if each.product != "botox"}

    assert others == {
        ("tmd", "dysport"),
        ("bruxism", "dysport"),
        ("facial_spasm", "xeomin"),
        ("facial_spasm", "dysport"),
    }


@ALL
def test_licence_is_said_for_each_jurisdiction_once(protocol: Protocol) -> None:
    assert [licence.jurisdiction for licence in protocol.licences] == ["US", "EU", "UK"]


def test_only_migraine_and_spasm_schemes_are_licensed_anywhere() -> None:
    licensed = {
        protocol.condition
        for protocol in PROTOCOLS.values()
        for licence in protocol.licences
        if licence.status == "licensed"
    }

    assert licensed == {"chronic_migraine", "facial_spasm"}


@ALL
def test_dilution_of_a_scheme_is_one_of_the_label(protocol: Protocol) -> None:
    rows = {(row.label_units, row.diluent_ml) for row in KNOWLEDGE.products[protocol.product].dilutions}

    assert protocol.dilution_ml is None or (protocol.dilution_label_units, protocol.dilution_ml) in rows


@ALL
def test_licence_is_given_to_one_product_and_diagnosis_alone(protocol: Protocol) -> None:
    licensed = [licence for licence in protocol.licences if licence.status == "licensed"]

    assert all(licence.product == protocol.product for licence in licensed)
    assert all(licence.diagnoses == protocol.diagnoses for licence in licensed)


@pytest.mark.parametrize(
    ("key", "routes"),
    [
        ("tn_low_botox", {"intradermal"}),
        ("tn_subcutaneous_forty_botox", {"subcutaneous"}),
        ("tn_branch_fifty_botox", {"subcutaneous", "intramuscular"}),  # the masseter with the third division
        ("tn_case_sixteen_botox", {"subcutaneous"}),
        ("ptnp_intraoral_botox", {"submucosal", "intradermal"}),
        ("ptnp_trial_fifty_botox", {"submucosal"}),
    ],
)
def test_nerve_pain_is_injected_by_the_route_of_its_publication(key: str, routes: set[str]) -> None:
    parts = PROTOCOLS[key].sites

    assert {way_in(KNOWLEDGE.sites[part.site], part).route for part in parts} == routes


@ALL
def test_route_of_a_scheme_is_said_only_where_it_is_not_the_site_s_own(protocol: Protocol) -> None:
    assert all(part.route != KNOWLEDGE.sites[part.site].route for part in protocol.sites)
