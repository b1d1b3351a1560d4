"""The fingerprint: another one after any change of what is injected, the same for the same plan."""

from __future__ import annotations

import pytest

from masseter.core.plan.fingerprint import plan_fingerprint
from tests.core.builders import D
from tests.core.plan.builders import plan, point, points


@pytest.mark.parametrize(
    "fields",
    [
        {"product": "beta"},
        {"presentation": "alfa-200"},
        {"protocol": ""},
        {"condition": "bruxism"},
        {"diagnosis": "tension"},
        {"diluent_ml": D(3)},
        {"diluent_ml": None},
        {"label_units": D(200)},
        {"graduation_ml": D("0.05")},
        {"off_label_reason": "Because."},
        {"points": points()[:3]},
        {"points": (*points()[:3], point("MASS-R-2", "10.1"))},
        {"points": (*points()[:3], point("MASS-R-2", None))},
        {"points": (*points()[:3], point("MASS-R-2", x=D(7)))},
        {"points": (*points()[:3], point("MASS-R-2", depth="shallow"))},
        {"points": (*points()[:3], point("MASS-R-2", route="intradermal"))},
    ],
)
def test_fingerprint_changes_with_the_plan(fields: dict[str, object]) -> None:
    assert plan_fingerprint(plan(**fields)) != plan_fingerprint(plan())


def test_fingerprint_ignores_order_and_trailing_zeros() -> None:
    turned = plan(*reversed(points("10.0")), diluent_ml=D("2.00"))

    assert plan_fingerprint(turned) == plan_fingerprint(plan())


def test_fingerprint_of_a_plan_that_was_signed_years_ago_is_still_the_same() -> None:
    """It is kept with each approval: another way to reckon it would undo every one of them."""
    signed = plan(point("MASS-L-2", "12.50"), point(units=None, product="beta"), off_label_reason=" Why. ")

    assert plan_fingerprint(signed) == "99807fff208e5c2a912daa50fc380a00f8300dfad6768fbe77bbc3201f1f48f2"
    assert (
        plan_fingerprint(plan(graduation_ml=None))
        == "5be66757d7ac5ee1992e1a2abf9198dfea9061a3d9fa1695dd405fe06a95a914"
    )
