"""The check of a plan: every finding at once, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from masseter.core.findings import Finding, Override, order_findings
from masseter.core.plan.case import PlanCase, open_case, rule_finding
from masseter.core.plan.rules.adjusted import check_adjustments
from masseter.core.plan.rules.borders import check_borders, check_kept_from
from masseter.core.plan.rules.consultation import check_confirmed, check_decided, check_diagnosis
from masseter.core.plan.rules.doses import check_doses
from masseter.core.plan.rules.drawing import check_drawing
from masseter.core.plan.rules.eyelids import check_eyelids
from masseter.core.plan.rules.history import check_earlier, check_interval
from masseter.core.plan.rules.licence import check_licence
from masseter.core.plan.rules.limits import check_limits
from masseter.core.plan.rules.points import check_points
from masseter.core.plan.rules.precautions import check_allergies, check_candidacy, check_precautions
from masseter.core.plan.rules.scheme import check_evenness, check_scheme
from masseter.core.plan.rules.sides import check_sides
from masseter.core.plan.rules.volumes import check_volumes
from masseter.core.plan.rules.ways import check_ways
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, VialSize
from masseter.knowledge.model import Jurisdiction, Knowledge

PlanRule = Callable[[PlanCase], Iterator[Finding]]

PERSON_RULES: tuple[PlanRule, ...] = (
    check_precautions,
    check_candidacy,
    check_allergies,
    check_confirmed,
    check_decided,
    check_diagnosis,
)
PLACE_RULES: tuple[PlanRule, ...] = (
    check_points,
    check_borders,
    check_kept_from,
    check_eyelids,
    check_limits,
    check_volumes,
)
HISTORY_RULES: tuple[PlanRule, ...] = (check_interval, check_earlier)
SCHEME_RULES: tuple[PlanRule, ...] = (
    check_scheme,
    check_ways,
    check_adjustments,
    check_evenness,
    check_sides,
    check_licence,
)
DRAWING_RULES: tuple[PlanRule, ...] = (check_limits, check_volumes, check_drawing)
PLAN_RULES: tuple[PlanRule, ...] = (
    *PERSON_RULES,
    check_doses,
    *PLACE_RULES,
    *HISTORY_RULES,
    *SCHEME_RULES,
    check_drawing,
)


def check_plan(
    *,
    plan: PlanDraft,
    patient: PatientSafety,
    knowledge: Knowledge,
    jurisdiction: Jurisdiction,
    today: date,
    earlier: tuple[Earlier, ...] = (),
    stock: tuple[VialSize, ...] | None = None,
    overrides: tuple[Override, ...] = (),
) -> tuple[Finding, ...]:
    """Every finding about a plan, the gravest first; each names its point or site as `subject`.

    `today` is the day on which the plan is to be given. `earlier` holds every toxin treatment on
    record, this plan's own not among them. A reason written for a stop is answered by a note; which
    findings still block is told by `still_blocking`.
    Raises: UnknownProduct, UnknownPresentation, UnknownProtocol, UnknownCondition, UnknownSite.
    """
    if not plan.product:
        return (rule_finding("product-missing", "stop", "Choose the product first."),)
    case = open_case(
        plan=plan,
        patient=patient,
        knowledge=knowledge,
        jurisdiction=jurisdiction,
        today=today,
        earlier=earlier,
        stock=stock,
    )
    return check_case(case, overrides)


def check_case(case: PlanCase, overrides: tuple[Override, ...] = ()) -> tuple[Finding, ...]:
    """Every finding about a plan whose case is open, the gravest first."""
    found = apply_rules(PLAN_RULES, case)
    return order_findings((*found, *refused_overrides(found, overrides)))


def apply_rules(rules: Iterable[PlanRule], case: PlanCase) -> tuple[Finding, ...]:
    """All findings of these rules for a case."""
    return tuple(found for rule in rules for found in rule(case))


def refused_overrides(findings: Iterable[Finding], overrides: Iterable[Override]) -> Iterator[Finding]:
    """A note for each reason that was written for a stop, which no reason overrules."""
    stops = {(found.code, found.subject) for found in findings if found.is_stop}
    for override in overrides:
        if (override.code, override.subject) in stops:
            sentence = f"The reason for '{override.code}' has no effect: a stop cannot be overruled."
            yield rule_finding(
                "override-refused", "note", sentence, subject=override.subject or override.code
            )
