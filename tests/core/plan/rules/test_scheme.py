"""The plan beside its protocol: departures are cautions, compared only in the protocol's own product."""

from __future__ import annotations

import pytest

from tests.core.builders import between
from tests.core.plan.builders import knowledge, plan, point, points, protocol, protocol_site, site
from tests.core.plan.test_check import checked, codes


def test_plan_without_protocol_is_a_caution() -> None:
    assert "no-protocol" in codes(checked(plan(protocol="")), "caution")


def test_other_product_than_the_protocol_is_never_compared_with_its_doses() -> None:
    draft = plan(*points("90"), product="beta", presentation="beta-100")

    found = codes(checked(draft))

    assert "product-not-of-protocol" in found
    assert not {"dose-outside-protocol", "total-outside-protocol"} & found


def test_protocol_of_another_condition_or_diagnosis_is_a_caution() -> None:
    other = knowledge(protocols={"scheme": protocol(condition="bruxism")})
    elsewhere = knowledge(protocols={"scheme": protocol(diagnoses=("tension",))})

    assert "protocol-of-other-condition" in codes(checked(plan(), known=other), "caution")
    assert "protocol-of-other-diagnosis" in codes(checked(plan(), known=elsewhere), "caution")


@pytest.mark.parametrize(
    ("units", "is_outside"), [("9.9", True), ("10", False), ("20", False), ("20.1", True)]
)
def test_dose_outside_the_published_range(units: str, is_outside: bool) -> None:
    assert ("dose-outside-protocol" in codes(checked(plan(*points(units))), "caution")) is is_outside


def test_one_published_dose_and_total_are_said_as_one_number() -> None:
    scheme = protocol(sites=(protocol_site(units=("10", "10")),), total_units=between("40", "40", "units"))

    findings = checked(plan(*points("11")), known=knowledge(protocols={"scheme": scheme}))

    said = {each.code: each.sentence for each in findings}
    assert said["dose-outside-protocol"].endswith("published: 10 units Alfa a point.")
    assert said["total-outside-protocol"].endswith("published: 40 units Alfa.")


def test_total_outside_the_published_range() -> None:
    low = checked(plan(point(), point("MASS-R-1")))

    assert "total-outside-protocol" in codes(low, "caution")
    assert "10 units" not in next(each.sentence for each in low if each.code == "total-outside-protocol")


def test_site_and_point_outside_the_protocol() -> None:
    findings = checked(plan(*points(), point("MASS-L-x1"), point("OOC-L-2", "2.5")))

    subjects = {each.code: each.subject for each in findings}
    assert subjects["point-not-in-protocol"] == "MASS-L-x1"
    assert subjects["site-not-in-protocol"] == "OOC-L-2"


def test_site_of_the_protocol_left_out_is_noted() -> None:
    one_side = checked(plan(point(), point("MASS-L-2")))
    nothing = checked(plan(point("OOC-L-2", "2.5")))

    assert next(each for each in one_side if each.code == "site-left-out").sentence.startswith(
        "Masseter (right)"
    )
    assert "site-left-out" in codes(nothing, "note")


def test_optional_affected_and_midline_sites_may_be_left_out() -> None:
    scheme = protocol(
        sites=(
            protocol_site(sides="affected"),
            protocol_site("orbicularis_oculi", "1", optional=True),
            protocol_site("orbicularis_oculi", "2", only_if_painful=True),
        )
    )

    found = codes(checked(plan(point(), point("MASS-L-2")), known=knowledge(protocols={"scheme": scheme})))

    assert "site-left-out" not in found


def test_required_site_after_an_optional_one_is_noted_with_every_side_that_lacks() -> None:
    scheme = protocol(
        sites=(
            protocol_site("orbicularis_oculi", "1", optional=True),
            protocol_site("masseter", "1"),
            protocol_site("orbicularis_oculi", "2", sides="midline"),
        )
    )

    found = checked(plan(point("MASS-M-1", side="midline")), known=knowledge(protocols={"scheme": scheme}))

    said = [each.sentence for each in found if each.code == "site-left-out"]
    assert "Masseter, part of The scheme, is left out." in said


def test_midline_site_is_covered_only_by_midline_points() -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1", sides="midline"),))
    known = knowledge(
        protocols={"scheme": scheme}, sites={"masseter": site(sides=("left", "right", "midline"))}
    )

    assert "site-not-in-protocol" in codes(checked(plan(point()), known=known))
    assert "site-not-in-protocol" not in codes(checked(plan(point("MASS-M-1")), known=known))


def test_uneven_sides_are_noted() -> None:
    uneven = checked(plan(point(), point("MASS-R-1", "15")))

    assert {each.subject for each in uneven if each.code == "uneven-sides"} == {"masseter"}
    assert "uneven-sides" not in codes(checked(plan(point())))


POOL = knowledge(
    protocols={
        "scheme": protocol(
            sites=(
                protocol_site("masseter", "1"),
                protocol_site("masseter", "2", "3", optional=True, most_points=2),
                protocol_site("orbicularis_oculi", "1"),
            )
        )
    }
)
FIXED = ("MASS-L-1", "MASS-R-1", "OOC-L-1", "OOC-R-1")


@pytest.mark.parametrize(
    ("extra", "is_over"),
    [
        ((), False),
        (("MASS-L-2", "MASS-L-3"), False),
        (("MASS-L-2", "MASS-R-3"), False),
        (("MASS-L-2", "MASS-L-3", "MASS-R-2"), True),
        (("MASS-L-2", "MASS-L-x1", "MASS-L-x2"), True),
        (("MASS-L-2", "MASS-L-3", "OOC-L-2"), False),
    ],
)
def test_more_points_than_the_pool_are_found_wherever_they_lie(extra: tuple[str, ...], is_over: bool) -> None:
    findings = checked(plan(*(point(name) for name in (*FIXED, *extra))), known=POOL)

    over = [(each.severity, each.subject) for each in findings if each.code == "extra-points-over"]
    assert over == ([("caution", "masseter")] if is_over else [])
