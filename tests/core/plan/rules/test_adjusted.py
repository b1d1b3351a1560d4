"""A plan that does not follow what the patient's risks ask for: repeated, changed, or older than the risk."""

from __future__ import annotations

from typing import Any

import pytest

from masseter.core.findings import Finding
from masseter.core.plan.check import check_plan
from masseter.core.plan.types import PlanDraft
from masseter.knowledge.model import Knowledge
from tests.core.builders import TODAY
from tests.core.plan.builders import patient, plan, point, points
from tests.core.plan.test_personal import known, rule

Loose = Any  # whatever the patient said
OURS = ("point-at-risk", "dose-not-lowered")


def found(draft: PlanDraft, knowledge: Knowledge, **told: Loose) -> list[Finding]:
    findings = check_plan(
        plan=draft, patient=patient(**told), knowledge=knowledge, jurisdiction="UK", today=TODAY
    )
    return [each for each in findings if each.code in OURS]


@pytest.mark.parametrize("frail", [False, None])
def test_risk_that_is_not_there_or_not_known_finds_nothing(frail: bool | None) -> None:
    rules = known(rule("frail"), rule("thin", "keep_share"), rule("brow", "leave_out"))

    assert found(plan(*points("20")), rules, frail=frail, thin=frail, brow=frail) == []


@pytest.mark.parametrize(
    ("does", "units", "severity"),
    [
        ("low_end", "10", None),
        ("low_end", "10.1", "note"),
        ("keep_share", "10", None),
        ("keep_share", "10.1", "caution"),
    ],
)
def test_dose_above_the_lowered_start_is_found(does: str, units: str, severity: str | None) -> None:
    findings = found(plan(point(units=units)), known(rule("frail", does)), frail=True)

    assert [(each.code, each.severity, each.subject) for each in findings] == (
        [("dose-not-lowered", severity, "MASS-L-1")] if severity else []
    )
    assert all("10 units Alfa would be the start. Because of frail." in each.sentence for each in findings)


def test_point_that_a_risk_leaves_out_is_a_caution_in_any_product() -> None:
    brow = rule("brow", "leave_out", sites=("masseter",), points=("2",))
    draft = plan(*points("10"), product="beta", presentation="beta-100")

    findings = found(draft, known(brow), brow=True)

    assert [(each.code, each.severity, each.subject) for each in findings] == [
        ("point-at-risk", "caution", "MASS-L-2"),
        ("point-at-risk", "caution", "MASS-R-2"),
    ]


def test_risk_of_one_region_speaks_of_no_point_elsewhere() -> None:
    brow = rule("brow", "leave_out", regions=("periocular",))

    findings = found(plan(*points("10"), point("OOC-R-2", "5")), known(brow), brow=True)

    assert [(each.code, each.subject) for each in findings] == [("point-at-risk", "OOC-R-2")]


def test_dose_of_another_product_or_outside_the_scheme_is_compared_with_nothing() -> None:
    rules = known(rule("thin", "keep_share"))

    other = plan(*points("20"), product="beta", presentation="beta-100")
    assert found(other, rules, thin=True) == []
    assert found(plan(*points("20"), protocol=""), rules, thin=True) == []
    assert found(plan(point("MASS-L-x1", "20"), point("MASS-L-2", None)), rules, thin=True) == []
