"""What a prescriber reads of a proposal: its points, what was lowered or left out, and why, word for word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from masseter.core.plan.lookup import (
    UnknownCondition,
    UnknownPresentation,
    UnknownProduct,
    UnknownProtocol,
    UnknownSite,
    find_condition,
    find_presentation,
    find_product,
    find_protocol,
    find_site,
)
from masseter.core.plan.personal import ForWhom, Personal, propose_plan
from masseter.core.plan.propose import PointMissing, mirror, optional_points, propose_points
from masseter.core.plan.types import Earlier, PatientSafety
from masseter.core.quantities import InvalidQuantity
from masseter.knowledge.model import Knowledge
from tests.core.builders import TODAY, D, facts, observation_type, text, value
from tests.core.plan.builders import earlier, map_point, point, product, protocol, protocol_site, site
from tests.core.plan.findings.ground import cap, scheme, source
from tests.core.plan.test_personal import known, rule

Loose = Any  # whichever argument a test wants different


def told(personal: Personal) -> list[str]:
    """Each departure from the scheme in a line."""
    skipped = [
        f"{each.site} {each.side} without {', '.join(each.points)} ({', '.join(each.sources)}): {each.reason}"
        for each in personal.skipped
    ]
    lowered = [
        f"{each.site} {each.side}, {', '.join(each.points)}: {each.now} and not {each.was}; "
        + "; ".join(
            f"{why.code} ({', '.join(why.sources)}, {why.sure}): {why.sentence}" for why in each.reasons
        )
        for each in personal.lowered
    ]
    return [*lowered, *skipped]


def proposed(
    known: Knowledge,
    *,
    before: tuple[Earlier, ...] = (),
    answers: Loose = (),
    born: int = 1980,
    **asked: Loose,
) -> Personal:
    safety = PatientSafety(birth_date=date(1980, 5, 1), facts=facts(**dict(answers)))
    patient = ForWhom(safety=safety, jurisdiction="UK", today=TODAY, diagnosis="myalgia", earlier=before)
    return propose_plan(protocol="scheme", product="alfa", knowledge=known, patient=patient, **asked)


def test_lowered_dose_is_told_with_its_reasons() -> None:
    frail = rule("frail", evidence=source("FRAIL"))
    thin = rule("thin", "keep_share", evidence=source("THIN"))

    assert told(proposed(known(frail, thin), answers={"frail": True, "thin": True})) == [
        f"masseter {side}, MASS-{side[0].upper()}-1, MASS-{side[0].upper()}-2: 10 and not 20; "
        "frail (FRAIL, from_memory): Because of frail.; thin (THIN, from_memory): Because of thin."
        for side in ("left", "right")
    ]


def test_point_left_out_for_a_risk_is_told_with_its_reason() -> None:
    brow = rule("brow", "leave_out", points=("2",), evidence=source("BROW"))

    assert told(proposed(known(brow), answers={"brow": True})) == [
        "masseter left without MASS-L-2 (BROW): Because of brow.",
        "masseter right without MASS-R-2 (BROW): Because of brow.",
    ]


def test_share_below_a_ceiling_is_told_with_what_is_left() -> None:
    limited = known(products={"alfa": product(limits=(cap(units=D("130.29")),))})

    assert told(proposed(limited, before=(earlier(40),))) == [
        f"masseter {side}, MASS-{side[0].upper()}-1, MASS-{side[0].upper()}-2: 7.5 and not 20; "
        "over-limit-cap (CAP, from_memory): Above the ceiling. Left of it: 30.2 units Alfa."
        for side in ("left", "right")
    ]


def test_points_for_which_a_ceiling_leaves_nothing_are_told() -> None:
    limited = known(products={"alfa": product(limits=(cap(units=D(100)),))})

    assert told(proposed(limited, before=(earlier(40),))) == [
        f"masseter {side} without MASS-{side[0].upper()}-1, MASS-{side[0].upper()}-2 (CAP): "
        "Above the ceiling. Left of it: 0 units Alfa."
        for side in ("left", "right")
    ]


def test_what_the_scheme_itself_leaves_out_stays_told_beside_the_risks() -> None:
    parts = (protocol_site(), protocol_site("orbicularis_oculi", "2", optional=True))
    brow = rule("brow", "leave_out", points=("1",), evidence=source("BROW"))
    made = known(brow, protocols={"scheme": scheme(sites=parts)})

    assert told(proposed(made, answers={"brow": True})) == [
        "orbicularis_oculi left without OOC-L-2 (SCHEME): "
        "Optional in this protocol; add it where it is wanted.",
        "orbicularis_oculi right without OOC-R-2 (SCHEME): "
        "Optional in this protocol; add it where it is wanted.",
        "masseter left without MASS-L-1 (BROW): Because of brow.",
        "masseter right without MASS-R-1 (BROW): Because of brow.",
    ]


@pytest.mark.parametrize(
    ("part", "asked", "reason"),
    [
        ({"sides": "affected"}, {}, "For the affected side only; say first which side that is."),
        (
            {"only_if_painful": True},
            {"painful": [("masseter", "right")]},
            "Only where it hurts; no pain is recorded at this site and side.",
        ),
        ({"optional": True}, {}, "Optional in this protocol; add it where it is wanted."),
        (
            {},
            {"one_sided": True, "affected_side": "right"},
            "The affected side alone was chosen; the scheme treats both.",
        ),
    ],
)
def test_side_that_a_scheme_leaves_out_is_told(part: Loose, asked: Loose, reason: str) -> None:
    made = known(protocols={"scheme": scheme(sites=(protocol_site(**part),))})

    assert told(proposed(made, **asked))[0] == f"masseter left without MASS-L-1, MASS-L-2 (SCHEME): {reason}"


def test_muscle_that_takes_no_part_in_the_spasm_is_told() -> None:
    made = propose_points(protocol="scheme", knowledge=known(), product="alfa", quiet_sites={"masseter"})

    assert made.points == ()
    assert {each.reason for each in made.skipped} == {
        "Only active muscles; this one was looked at and takes no part in the spasm."
    }


def test_one_sided_keeps_the_affected_side_and_the_midline() -> None:
    middle = site("procerus", "PROC", sides=("midline",), points=(map_point("1", "midline", 200, 50),))
    parts = (protocol_site("masseter", "1"), protocol_site("procerus", "1", sides="midline"))
    made = known(protocols={"scheme": scheme(sites=parts)}, sites={"masseter": site(), "procerus": middle})

    found = proposed(made, one_sided=True, affected_side="left")

    assert [each.id for each in found.points] == ["MASS-L-1", "PROC-M-1"]
    assert [each.is_optional for each in found.skipped] == [False]


def test_what_was_chosen_reaches_the_scheme() -> None:
    part = protocol_site("masseter", "1", only_if_painful=True, optional=True)
    made = known(protocols={"scheme": scheme(sites=(part,), start_with="high")})
    chosen = {"painful": [("masseter", "left")], "include_optional": ["masseter"]}

    found = proposed(made, starting_factor=D("0.5"), **chosen)

    assert [(each.id, each.units) for each in found.points] == [("MASS-L-1", 10)]
    assert [each.is_optional for each in proposed(made, painful=chosen["painful"]).skipped] == [True, False]


def test_pain_that_the_examination_tells_is_treated_too() -> None:
    part = protocol_site("masseter", "1", only_if_painful=True)
    made = known(protocols={"scheme": scheme(sites=(part,))})

    found = proposed(made, answers={"palpation_masseter_left": "familiar"})

    assert [each.id for each in found.points] == ["MASS-L-1"]


def test_risk_that_is_asked_only_for_another_condition_is_not_asked_here() -> None:
    made = known(rule("frail"), rule("thin"))
    types = {**made.observations, "thin": observation_type("thin", conditions=("bruxism",))}
    types["frail"] = observation_type("frail", conditions=("tmd",))

    assert proposed(Knowledge(**{**vars(made), "observations": types})).asks == ("frail",)


def test_proposal_is_whole_where_a_scheme_names_the_point() -> None:
    found = proposed(known(start="low"))

    assert found.points == tuple(
        point(name, "10") for name in ("MASS-L-1", "MASS-L-2", "MASS-R-1", "MASS-R-2")
    )


@pytest.mark.parametrize(("key", "dose"), [("alfa", "20"), ("beta", None)])
def test_optional_points_start_as_the_scheme_does_in_its_own_product(key: str, dose: str | None) -> None:
    parts = (
        protocol_site("masseter", "1"),
        protocol_site("orbicularis_oculi", "1", optional=True),
        protocol_site("masseter", "2", "3", optional=True, most_points=2),
    )
    made = known(protocols={"scheme": protocol(sites=parts, start_with="high")})

    found = optional_points(
        protocol="scheme", product=key, site="masseter", sides=("left", "right"), knowledge=made
    )

    assert found == (point("MASS-L-2", dose), point("MASS-R-2", dose))


def test_optional_points_go_by_the_way_of_their_scheme_and_start_on_a_step_of_their_product() -> None:
    part = protocol_site(
        "masseter", "2", units=("5", "6.1"), optional=True, route="intradermal", depth=text("shallow")
    )
    made = known(protocols={"scheme": protocol(sites=(part,), start_with="middle")})

    found = optional_points(
        protocol="scheme", product="alfa", site="masseter", sides=("left",), knowledge=made
    )

    assert found == (point("MASS-L-2", "5.5", route="intradermal", depth="shallow"),)


@pytest.mark.parametrize(
    ("find", "error", "sentence"),
    [
        (lambda known: find_product(known, "x"), UnknownProduct, "There is no product called 'x'."),
        (lambda known: find_protocol(known, "x"), UnknownProtocol, "There is no protocol called 'x'."),
        (lambda known: find_site(known, "x"), UnknownSite, "There is no site called 'x'."),
        (lambda known: find_condition(known, "x"), UnknownCondition, "There is no condition called 'x'."),
        (
            lambda _: find_presentation(product(), "x"),
            UnknownPresentation,
            "Alfa has no presentation called 'x'.",
        ),
        (
            lambda known: propose_points(
                protocol="scheme", knowledge=known, product="alfa", starting_factor=D(2)
            ),
            InvalidQuantity,
            "A starting factor must be above zero and at most one.",
        ),
        (
            lambda known: mirror([point(view="top")], known),
            PointMissing,
            "The face map has no view called 'top'.",
        ),
    ],
)
def test_what_is_not_known_is_named(find: Loose, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error) as raised:
        find(known())

    assert str(raised.value) == sentence


def test_point_that_is_not_on_the_map_is_named() -> None:
    made = known(protocols={"scheme": scheme(sites=(protocol_site("masseter", "9"),))})

    with pytest.raises(PointMissing) as raised:
        propose_points(protocol="scheme", knowledge=made, product="alfa")

    assert str(raised.value) == "Masseter has no point 9 (left) on the face map."


def test_a_rule_keeps_a_share_but_at_least_one_step() -> None:
    made = known(
        rule("thin", "keep_share", keep_percent=value(1, "percent")),
        protocols={"scheme": protocol(start_with="high", sites=(protocol_site(units=("0.1", "4")),))},
    )

    assert {each.units for each in proposed(made, answers={"thin": True}).points} == {D("0.1")}
