"""The check as a whole: unknown codes are errors, all findings come at once."""

from __future__ import annotations

import pytest

from masseter.core.findings import Finding, Override, still_blocking
from masseter.core.plan.check import check_plan
from masseter.core.plan.lookup import (
    UnknownCondition,
    UnknownPresentation,
    UnknownProduct,
    UnknownProtocol,
    UnknownSite,
)
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft
from masseter.knowledge.model import Knowledge
from tests.core.builders import TODAY, D
from tests.core.plan.builders import knowledge, patient, plan, point, points


def checked(
    draft: PlanDraft,
    *earlier: Earlier,
    known: Knowledge | None = None,
    person: PatientSafety | None = None,
    **fields: object,
) -> tuple[Finding, ...]:
    """All findings about a plan of the test's knowledge, in the UK, today."""
    return check_plan(
        plan=draft,
        patient=person or patient(),
        knowledge=known or knowledge(),
        jurisdiction=fields.pop("jurisdiction", "UK"),  # type: ignore[arg-type]  # tests pass real ones
        today=TODAY,
        earlier=earlier,
        **fields,  # type: ignore[arg-type]  # tests pass real ones
    )


def codes(findings: tuple[Finding, ...], *severities: str) -> set[str]:
    return {each.code for each in findings if not severities or each.severity in severities}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"product": "gamma"}, UnknownProduct),
        ({"presentation": "alfa-150"}, UnknownPresentation),
        ({"protocol": "other"}, UnknownProtocol),
        ({"condition": "other"}, UnknownCondition),
        ({"points": (point(site="nose"),)}, UnknownSite),
    ],
)
def test_plan_with_an_unknown_code_is_an_error(fields: dict[str, object], error: type[Exception]) -> None:
    draft = PlanDraft(
        **{
            "product": "alfa", "presentation": "alfa-100", "protocol": "scheme", "condition": "tmd",
            "diagnosis": "myalgia", "points": points(), **fields,
        }
    )  # type: ignore[arg-type]  # fmt: skip  # the fields are those of the dataclass

    with pytest.raises(error):
        checked(draft)


def test_plan_without_product_asks_for_it() -> None:
    assert codes(checked(plan(product="")), "stop") == {"product-missing"}


def test_plan_by_the_book_has_nothing_that_blocks() -> None:
    findings = checked(plan())

    assert still_blocking(findings) == ()
    assert codes(findings) == {"use-licensed"}


def test_plan_with_many_faults_shows_all_of_them_gravest_first() -> None:
    draft = plan(point(units=None), point("MASS-L-2", "90"), diluent_ml=None)

    findings = checked(draft, person=patient(allergies=("human_albumin",)))

    assert codes(findings, "stop") == {"dose-missing", "allergy", "dilution-missing"}
    assert "dose-outside-protocol" in codes(findings, "caution")
    assert [each.severity for each in findings] == sorted(
        (each.severity for each in findings), key=["stop", "caution", "note"].index
    )


def test_override_of_a_caution_lets_the_plan_go_on() -> None:
    draft = plan(*points("25"))
    reasons = tuple(
        Override(code=each.code, subject=each.subject, reason="Large muscle.", by="Dr A")
        for each in checked(draft)
        if each.severity == "caution"
    )

    findings = checked(draft, overrides=reasons)

    assert reasons
    assert still_blocking(findings, reasons) == ()


def test_override_of_a_stop_is_refused_with_a_note() -> None:
    draft = plan(*points("150"))
    reason = Override(code="over-limit-cap", reason="I know.", by="Dr A")

    findings = checked(draft, overrides=(reason,))

    assert "override-refused" in codes(findings, "note")
    assert "over-limit-cap" in {each.code for each in still_blocking(findings, (reason,))}


def test_finding_beside_a_point_names_it() -> None:
    findings = checked(plan(point(units=None), point("MASS-R-1", "90")))

    subjects = {each.code: each.subject for each in findings}
    assert subjects["dose-missing"] == "MASS-L-1"
    assert subjects["dose-outside-protocol"] == "MASS-R-1"
    assert D(90) == point("MASS-R-1", "90").units
