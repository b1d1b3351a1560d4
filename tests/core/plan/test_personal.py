"""A scheme made personal: lower or left out where a risk or a ceiling asks for it, each with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from masseter.core.facts import fact
from masseter.core.plan.lookup import UnknownProduct, UnknownProtocol
from masseter.core.plan.personal import ForWhom, Personal, make_personal, propose_plan
from masseter.core.plan.propose import Proposal
from masseter.core.plan.types import Earlier, PatientSafety
from masseter.knowledge.load import load
from masseter.knowledge.model import Adjustment, Is, Knowledge
from tests.core.builders import EVIDENCE, TODAY, D, facts, observation_type, value
from tests.core.plan.builders import earlier as given_before
from tests.core.plan.builders import knowledge, limit, point, product, protocol, protocol_site

KNOWN = load()
Loose = Any  # whichever argument a test wants different


def rule(code: str, does: str = "low_end", **fields: Loose) -> Adjustment:
    """An adjustment for people of whom an observation of the same code is true."""
    share = value(50, "percent") if does == "keep_share" else None
    return Adjustment(
        **{
            "code": code,
            "when": Is(observation=code),
            "does": does,
            "sentence": f"Because of {code}.",
            "evidence": EVIDENCE,
            "keep_percent": share,
            **fields,
        }
    )


def known(*rules: Adjustment, start: str = "high", **fields: Loose) -> Knowledge:
    made = knowledge(
        **{
            "protocols": {"scheme": protocol(start_with=start)},
            "adjustments": rules,
            **fields,
        }
    )
    asked = {each.code: observation_type(each.code) for each in rules}
    return Knowledge(**{**vars(made), "observations": {**made.observations, **asked}})


def proposed(
    knowledge: Knowledge, *, before: tuple[Earlier, ...] = (), product: str = "alfa", **told: Loose
) -> Personal:
    safety = PatientSafety(birth_date=date(1980, 5, 1), facts=facts(**told))
    patient = ForWhom(safety=safety, jurisdiction="UK", today=TODAY, diagnosis="myalgia", earlier=before)
    return propose_plan(protocol="scheme", product=product, knowledge=knowledge, patient=patient)


def doses(personal: Personal) -> dict[str, str]:
    return {point.id: str(point.units) for point in personal.points}


def test_unknown_protocol_or_product_is_an_error() -> None:
    safety = PatientSafety(birth_date=date(1980, 5, 1), facts={})
    patient = ForWhom(safety=safety, jurisdiction="UK", today=TODAY)

    with pytest.raises(UnknownProtocol):
        propose_plan(protocol="other", product="alfa", knowledge=known(), patient=patient)
    with pytest.raises(UnknownProduct):
        propose_plan(protocol="scheme", product="gamma", knowledge=known(), patient=patient)


@pytest.mark.parametrize("frail", [False, None])
def test_risk_that_is_not_there_or_not_known_changes_nothing(frail: bool | None) -> None:
    personal = proposed(known(rule("frail")), frail=frail)

    assert set(doses(personal).values()) == {"20"}
    assert (personal.lowered, personal.skipped) == ((), ())


def test_risk_that_is_not_known_is_asked_for_where_it_could_lower_the_plan() -> None:
    elsewhere = rule("eye", sites=("orbicularis_oculi",))

    assert proposed(known(rule("frail"), elsewhere)).asks == ("frail",)
    assert proposed(known(rule("frail"), start="low")).asks == ()
    assert proposed(known(rule("frail")), frail=False).asks == ()


def test_low_end_of_the_range_is_taken_with_the_reason() -> None:
    personal = proposed(known(rule("frail")), frail=True)

    assert set(doses(personal).values()) == {"10"}
    left = personal.lowered[0]
    assert (left.site, left.side, left.points) == ("masseter", "left", ("MASS-L-1", "MASS-L-2"))
    assert (left.was, left.now) == (20, 10)
    assert [(why.code, why.sentence, why.sources) for why in left.reasons] == [
        ("frail", "Because of frail.", EVIDENCE.sources)
    ]


def test_share_of_the_dose_is_rounded_down_at_half_and_never_to_nothing() -> None:
    odd = protocol(start_with="high", sites=(protocol_site(units=("1", "1.1")),))
    tiny = protocol(start_with="high", sites=(protocol_site(units=("0.1", "0.1")),))
    small = rule("small", "keep_share")

    assert doses(proposed(known(small, protocols={"scheme": odd}), small=True))["MASS-L-1"] == "0.5"
    assert doses(proposed(known(small, protocols={"scheme": tiny}), small=True))["MASS-L-1"] == "0.1"


def test_lowest_of_several_reasons_counts_and_all_are_told() -> None:
    half, low = rule("small", "keep_share"), rule("frail")
    quarter = rule("thin", "keep_share", keep_percent=value(25, "percent"))

    personal = proposed(known(half, low, quarter), small=True, frail=True, thin=True)

    assert set(doses(personal).values()) == {"5"}  # a quarter of 20, not of a half
    assert [why.code for why in personal.lowered[0].reasons] == ["small", "frail", "thin"]


def test_points_at_risk_are_left_out_with_the_reason() -> None:
    outer = rule("low_brow", "leave_out", sites=("masseter",), points=("2",))

    personal = proposed(known(outer), low_brow=True)

    assert list(doses(personal)) == ["MASS-L-1", "MASS-R-1"]
    assert [(each.side, each.points, each.reason) for each in personal.skipped] == [
        ("left", ("MASS-L-2",), "Because of low_brow."),
        ("right", ("MASS-R-2",), "Because of low_brow."),
    ]
    assert personal.skipped[0].sources == EVIDENCE.sources


def test_region_of_a_risk_is_left_out_whole_and_no_other() -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1"), protocol_site("orbicularis_oculi", "1")))
    eyes = rule("dry_eye", "leave_out", regions=("periocular",))

    personal = proposed(known(eyes, protocols={"scheme": scheme}), dry_eye=True)

    assert list(doses(personal)) == ["MASS-L-1", "MASS-R-1"]


def test_another_product_has_no_dose_to_lower_but_points_to_leave_out() -> None:
    outer = rule("low_brow", "leave_out", points=("2",), sites=("masseter",))

    personal = proposed(known(rule("frail"), outer), product="beta", frail=True, low_brow=True)

    assert doses(personal) == {"MASS-L-1": "None", "MASS-R-1": "None"}
    assert personal.lowered == ()


@pytest.mark.parametrize(
    ("ceiling", "each"),
    [
        ({"scope": "per_session", "units": D(80)}, "20"),
        ({"scope": "per_session", "units": D(70)}, "17.5"),
        ({"scope": "per_session", "units": D("70.3")}, "17.5"),
        ({"scope": "per_side", "units": D(30)}, "15"),
        ({"scope": "per_site", "units": D(30)}, "15"),
        ({"scope": "per_point", "units": D(12)}, "12"),
        ({"scope": "first_session", "units": D(40)}, "10"),
        ({"scope": "per_session", "units": D(40), "jurisdictions": ("US",)}, "20"),
        ({"scope": "per_session", "units": D(40), "sites": ("orbicularis_oculi",)}, "20"),
    ],
)
def test_proposal_is_shared_out_below_a_ceiling(ceiling: dict[str, Loose], each: str) -> None:
    products = {"alfa": product(limits=(limit(**ceiling),))}

    personal = proposed(known(products=products))

    assert set(doses(personal).values()) == {each}
    if D(each) < 20:
        assert personal.lowered[0].reasons[0].code == "over-limit-cap"
        assert "Above the ceiling. Left of it: " in personal.lowered[0].reasons[0].sentence


def test_ceiling_of_a_first_treatment_is_over_after_it() -> None:
    products = {"alfa": product(limits=(limit(scope="first_session", units=D(40)),))}

    assert set(doses(proposed(known(products=products), before=(given_before(200),))).values()) == {"20"}


def test_what_was_given_in_the_interval_is_taken_off() -> None:
    products = {"alfa": product(limits=(limit(units=D(100)),))}

    personal = proposed(known(products=products), before=(given_before(40, "60"),))

    assert set(doses(personal).values()) == {"10"}
    assert "Left of it: 40 units Alfa." in personal.lowered[0].reasons[0].sentence


def test_nothing_is_proposed_where_nothing_is_left() -> None:
    products = {"alfa": product(limits=(limit(units=D(100)),))}

    personal = proposed(known(products=products), before=(given_before(40, "120"),))

    assert personal.points == ()
    assert {each.reason for each in personal.skipped} == {"Above the ceiling. Left of it: 0 units Alfa."}


@pytest.mark.parametrize(
    ("ceiling", "units", "each"),
    [
        ({"scope": "per_session"}, "60", "10"),
        ({"scope": "first_session"}, "60", "10"),
        ({"scope": "per_session", "conditions": ("tmd",)}, "60", "20"),
        ({"scope": "per_session", "sites": ("masseter",)}, "60", "20"),
        ({"scope": "per_session", "diagnoses": ("myalgia",), "units": D(40)}, "60", "10"),
        ({"scope": "per_session", "diagnoses": ("other",), "units": D(40)}, "60", "20"),
        ({"scope": "per_session", "jurisdictions": ("UK",)}, "60", "10"),
    ],
)
def test_what_was_given_the_same_day_is_taken_off_a_ceiling_of_the_product(
    ceiling: dict[str, Loose], units: str, each: str
) -> None:
    products = {"alfa": product(limits=(limit(**{"units": D(100), **ceiling}),))}

    personal = proposed(known(products=products), before=(given_before(0, units),))

    assert set(doses(personal).values()) == {each}


def test_nothing_is_left_where_more_than_a_ceiling_was_given_the_same_day() -> None:
    products = {"alfa": product(limits=(limit(scope="per_session", units=D(100)),))}

    personal = proposed(known(products=products), before=(given_before(0, "120"),))

    assert (personal.points, len(personal.skipped)) == ((), 2)


def test_dose_exactly_at_a_ceiling_is_not_called_lowered() -> None:
    products = {"alfa": product(limits=(limit(scope="per_session", units=D(80)),))}

    assert proposed(known(products=products)).lowered == ()


def test_points_added_by_hand_have_no_low_end_and_points_without_dose_no_share() -> None:
    made = known(rule("frail"), products={"alfa": product(limits=(limit(units=D(30)),))})
    points = (point("MASS-L-x1", "40"), point("MASS-L-2", "20"), point("MASS-R-1", None))
    safety = PatientSafety(birth_date=date(1980, 5, 1), facts=facts(frail=True))

    personal = make_personal(
        Proposal(points=points, skipped=()),
        protocol="scheme",
        product="alfa",
        knowledge=made,
        patient=ForWhom(safety=safety, jurisdiction="UK", today=TODAY),
    )

    assert doses(personal) == {"MASS-L-x1": "20", "MASS-L-2": "10", "MASS-R-1": "None"}
    assert {each.points: [why.code for why in each.reasons] for each in personal.lowered} == {
        ("MASS-L-x1",): ["over-limit-cap"],
        ("MASS-L-2",): ["frail", "over-limit-cap"],
    }


def test_question_that_a_computed_answer_waits_for_is_asked_in_its_place() -> None:
    counted = observation_type("months_free", kind="integer", asked_by="since")
    asked = observation_type("since", only_if=Is(observation="ever"))
    made = known(rule("months_free"))
    types = {**made.observations, "months_free": counted, "since": asked, "ever": observation_type("ever")}
    made = Knowledge(**{**vars(made), "observations": types})

    assert proposed(made).asks == ("ever",)
    assert proposed(made, ever=True).asks == ("since",)


def of_shipped(protocol: str, born: date = date(1980, 5, 1), **told: Loose) -> Personal:
    """A scheme as it is shipped, where everything hurts on the left."""
    scheme = KNOWN.protocols[protocol]
    patient = ForWhom(
        safety=PatientSafety(birth_date=born, facts=facts(**told)),
        jurisdiction="UK",
        today=TODAY,
        diagnosis=scheme.diagnoses[0],
    )
    return propose_plan(
        protocol=protocol,
        product=scheme.product,
        knowledge=KNOWN,
        patient=patient,
        affected_side="left",
        painful=[(part.site, "left") for part in scheme.sites],
        include_optional=[part.site for part in scheme.sites],
    )


def total(personal: Personal, *sites: str) -> object:
    return sum((point.units or D(0) for point in personal.points if not sites or point.site in sites), D(0))


def test_small_masseter_gets_half_and_the_temporalis_its_whole_dose() -> None:
    personal = of_shipped("tmd_low_botox", small_muscles=("masseter",))

    assert (total(personal, "masseter"), total(personal, "temporalis")) == (30, 20)
    assert {why.code for each in personal.lowered for why in each.reasons} == {"small-masseter"}


@pytest.mark.parametrize(
    ("born", "units"),
    [
        (TODAY.replace(year=TODAY.year - 65) + timedelta(days=1), 80),
        (TODAY.replace(year=TODAY.year - 65), 40),
        (TODAY.replace(year=TODAY.year - 18), 80),
        (TODAY.replace(year=TODAY.year - 18) + timedelta(days=1), 40),
    ],
)
def test_older_and_younger_people_start_at_the_low_end(born: date, units: int) -> None:
    assert total(of_shipped("tmd_low_botox", born)) == units


def test_trouble_with_swallowing_leaves_neck_and_shoulder_out() -> None:
    personal = of_shipped("migraine_label_155_botox", swallowing_or_breathing=True)

    assert {each.site for each in personal.skipped} == {"cervical_paraspinal", "trapezius"}
    assert total(personal) == 105


def test_weak_neck_gets_half_and_a_low_brow_keeps_its_outer_forehead_free() -> None:
    personal = of_shipped("migraine_label_155_botox", neck_weakness=True, low_brow=True)

    assert (total(personal, "cervical_paraspinal"), total(personal, "frontalis")) == (10, 10)
    assert {point.number for point in personal.points if point.site == "frontalis"} == {"1"}


def test_muscles_that_take_no_part_in_the_spasm_are_left_out() -> None:
    personal = of_shipped("hfs_start_botox", spasm_muscles=("orbicularis_oculi", "zygomaticus_major"))

    assert {point.site for point in personal.points} == {"orbicularis_oculi", "zygomaticus_major", "nasalis"}
    assert all("takes no part" in each.reason for each in personal.skipped)


def test_affected_side_alone_is_treated_where_that_was_chosen() -> None:
    safety = PatientSafety(birth_date=date(1980, 5, 1), facts={})
    personal = propose_plan(
        protocol="bruxism_low_botox",
        product="botox",
        knowledge=KNOWN,
        patient=ForWhom(safety=safety, jurisdiction="UK", today=TODAY),
        affected_side="right",
        one_sided=True,
    )

    assert {point.side for point in personal.points} == {"right"}
    assert ("masseter", "left") in {(each.site, each.side) for each in personal.skipped}


@pytest.mark.parametrize(
    ("felt", "protocol", "where", "units"),
    [
        ("chewing_weakness", "tmd_low_botox", "masseter", 42),
        ("sunken_cheek", "tmd_low_botox", "masseter", 30),
        ("smile_asymmetry", "tmd_low_botox", "masseter", 40),
        ("dry_mouth", "tmd_low_botox", "masseter", 40),
        ("brow_ptosis", "migraine_label_155_botox", "frontalis", 10),
        ("eyelid_ptosis", "migraine_label_155_botox", "corrugator", 5),
        ("neck_pain", "migraine_label_155_botox", "cervical_paraspinal", 10),
        ("muscle_weakness", "migraine_label_155_botox", "trapezius", 15),
        ("dysphagia", "migraine_label_155_botox", "trapezius", 0),
        ("drooling", "hfs_start_botox", "zygomaticus_major", 0),
    ],
)
def test_effect_that_was_felt_before_gives_that_muscle_less(
    felt: str, protocol: str, where: str, units: int
) -> None:
    well = of_shipped(protocol, had_toxin_before=True, effects_felt=("none",))
    personal = of_shipped(protocol, had_toxin_before=True, effects_felt=(felt,))

    assert total(personal, where) == units
    assert total(well, where) > units


def test_answer_that_nothing_was_felt_says_nothing_of_a_treatment_since() -> None:
    scheme = KNOWN.protocols["tmd_low_botox"]
    told = {"effects_felt": fact("effects_felt", ("none",), observed_on=TODAY - timedelta(days=100))}
    safety = PatientSafety(birth_date=date(1980, 5, 1), facts=told)
    asks = {
        days: propose_plan(
            protocol=scheme.key,
            product=scheme.product,
            knowledge=KNOWN,
            patient=ForWhom(
                safety=safety, jurisdiction="UK", today=TODAY, earlier=(given_before(days, "80"),)
            ),
        ).asks
        for days in (100, 99)
    }

    assert "effects_felt" not in asks[100]
    assert "effects_felt" in asks[99]
