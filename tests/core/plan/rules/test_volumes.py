"""The volume at one point, against what the label and the publications of the site put there."""

from __future__ import annotations

import pytest

from masseter.knowledge.load import load
from tests.core.builders import D, value
from tests.core.plan.builders import knowledge, plan, point, points, product, site
from tests.core.plan.test_check import checked, codes

CODE = "point-volume-large"


def test_point_without_a_published_volume_is_not_judged() -> None:
    assert CODE not in codes(checked(plan(*points("25"), diluent_ml=D(4))))


def test_volume_is_not_judged_before_it_is_known() -> None:
    known = knowledge(sites={"masseter": site(point_ml=value("0.01", "mL"))})

    assert CODE not in codes(checked(plan(*points("10"), diluent_ml=None), known=known))


@pytest.mark.parametrize(("units", "is_large"), [("9.5", False), ("10", False), ("10.5", True)])
def test_volume_above_the_site_s_is_a_caution(units: str, is_large: bool) -> None:
    known = knowledge(sites={"masseter": site(point_ml=value("0.2", "mL"))})

    findings = [each for each in checked(plan(*points(units)), known=known) if each.code == CODE]

    assert {each.severity for each in findings} == ({"caution"} if is_large else set())
    assert all("0.21 mL at one point" in each.sentence for each in findings)


def test_volume_above_the_label_s_is_a_caution_and_said_once() -> None:
    known = knowledge(
        sites={"masseter": site(point_ml=value("0.3", "mL"))},
        products={"alfa": product(point_ml=value("0.1", "mL"))},
    )

    found = [each.subject for each in checked(plan(*points("20")), known=known) if each.code == CODE]

    assert len(found) == len(set(found)) == len(points())


def test_shipped_volumes_are_those_of_the_trials_and_the_label() -> None:
    known = load()
    sites = {code: told.point_ml.value for code, told in known.sites.items() if told.point_ml is not None}
    products = {key: told.point_ml.value for key, told in known.products.items() if told.point_ml is not None}

    assert sites == {"skin_v1": D("0.1"), "skin_v2": D("0.1"), "skin_v3": D("0.1"), "mucosa_mental": D("0.2")}
    assert products == {"dysport": 1}


def test_point_without_a_dose_hides_no_volume_of_the_next() -> None:
    known = knowledge(sites={"masseter": site(point_ml=value("0.2", "mL"))})
    draft = plan(point("MASS-L-1", None), point("MASS-L-2", "10.5"))

    assert [each.subject for each in checked(draft, known=known) if each.code == CODE] == ["MASS-L-2"]
