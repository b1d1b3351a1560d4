"""The shapes of the answers, version 1. Numbers are written as texts, so that no reader rounds them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from masseter.cli.answers.block import Answer
from masseter.cli.answers.changes import LoweredOut, SchemeOut, SkippedOut


class FindingOut(Answer):
    """One line of a verdict. `asks` names the observations that would settle an open one."""

    code: str
    severity: Literal["stop", "caution", "note"]
    sentence: str
    plain: str
    sources: tuple[str, ...]
    sure: Literal["verified", "from_memory", "design"]
    leads_to: str
    urgency: str
    asks: tuple[str, ...]
    subject: str


class CriterionOut(Answer):
    """One criterion with its answer and the observations that decided it or are missing."""

    code: str
    label: str
    answer: Literal["met", "not_met", "unknown"]
    decided_by: tuple[str, ...]
    missing: tuple[str, ...]


class DiagnosisOut(Answer):
    """One diagnosis or look-alike by its published criteria."""

    code: str
    name: str
    answer: Literal["met", "not_met", "unknown"]
    treatable: bool
    criteria: tuple[CriterionOut, ...]


class VerdictOut(Answer):
    """The candidacy for one condition, with everything that it rests on."""

    condition: str
    verdict: Literal[
        "candidate", "needs_information", "something_else_first", "not_a_candidate", "refer_urgently"
    ]
    diagnoses: tuple[DiagnosisOut, ...]
    findings: tuple[FindingOut, ...]
    questions: tuple[str, ...]
    approvals: tuple[str, ...]


class BecauseOut(Answer):
    """One branch of the tree of reasons: what is asked, its answer, the fact on record, its parts."""

    says: str
    answer: Literal["met", "not_met", "unknown", ""]
    fact: str
    observation: str
    sources: tuple[str, ...]
    parts: tuple[BecauseOut, ...]


class AssessOut(Answer):
    """The answer of `masseter assess`; `why` holds the trees of reasons where they were asked for."""

    format: Literal["masseter.assess/1"] = "masseter.assess/1"
    knowledge: str
    today: date
    jurisdiction: str
    verdicts: tuple[VerdictOut, ...]
    why: tuple[BecauseOut, ...] = ()


class PointOut(Answer):
    """One injection point; volumes only where the draw-up is known."""

    point: str
    site: str
    side: str
    units: Decimal | None
    depth: str
    route: str
    draw_ml: Decimal | None = None
    delivers: Decimal | None = None


class TotalOut(Answer):
    """The units of one muscle and side, one side, or the whole."""

    of: str
    units: Decimal
    points: int
    without_dose: int


class PlanOut(Answer):
    """The answer of `masseter plan`."""

    format: Literal["masseter.plan/1"] = "masseter.plan/1"
    knowledge: str
    product: str
    protocol: str
    schemes: tuple[SchemeOut, ...]
    fingerprint: str
    points: tuple[PointOut, ...]
    skipped: tuple[SkippedOut, ...]
    lowered: tuple[LoweredOut, ...]
    could_lower: tuple[str, ...]
    totals: tuple[TotalOut, ...]
    findings: tuple[FindingOut, ...]
    may_go_on: bool


class MixingOut(Answer):
    """How one vial size is reconstituted."""

    presentation: str
    diluent_ml: Decimal


class OpenedOut(Answer):
    """How many vials of a size are opened."""

    presentation: str
    count: int


class OptionOut(Answer):
    """One way to draw a plan up, and what speaks against it."""

    mixings: tuple[MixingOut, ...]
    opened: tuple[OpenedOut, ...]
    units_per_tenth_ml: Decimal
    needed: Decimal
    discarded: Decimal
    cost: Decimal | None
    worst_error_percent: Decimal
    is_safe: bool
    against: tuple[str, ...]


class DrawOut(Answer):
    """What is drawn for one point; `by` is the rule: nearest mark, or the label's own pair."""

    point: str
    units: Decimal
    draw_ml: Decimal
    delivers: Decimal
    by: Literal["nearest", "label"]


class BillingOut(Answer):
    """The billing units of what was given and of what is discarded."""

    code: str
    units_each: Decimal
    administered: int
    discarded: int
    modifier: str


class ReconstituteOut(Answer):
    """The answer of `masseter reconstitute`."""

    format: Literal["masseter.reconstitute/1"] = "masseter.reconstitute/1"
    knowledge: str
    product: str
    is_safe: bool
    chosen: OptionOut
    draws: tuple[DrawOut, ...]
    billing: BillingOut | None
    alternatives: tuple[OptionOut, ...]


class CheckOut(Answer):
    """The answer of `masseter check`: all findings, and those that still block."""

    format: Literal["masseter.check/1"] = "masseter.check/1"
    knowledge: str
    checked: Literal["plan", "treatment"]
    findings: tuple[FindingOut, ...]
    blocking: tuple[str, ...]
    may_go_on: bool


class PartOut(Answer):
    """The score of one part of a questionnaire; no total where too many of its answers are missing."""

    code: str
    name: str
    total: Decimal | None
    band: str


class ScoreOut(Answer):
    """The answer of `masseter score`."""

    format: Literal["masseter.score/1"] = "masseter.score/1"
    knowledge: str
    instrument: str
    total: Decimal | None
    band: str
    missing: tuple[str, ...]
    is_prorated: bool
    reason: str
    change_points: Decimal | None = None
    change_percent: Decimal | None = None
    is_response: bool | None = None
    thresholds_met: tuple[str, ...] = ()
    parts: tuple[PartOut, ...] = ()
    alarms: tuple[FindingOut, ...] = ()


class ReasonOut(Answer):
    """One reason behind a grade or a recommendation."""

    code: str
    says: str
    sentence: str
    sources: tuple[str, ...]
    sure: str


class SymptomOut(Answer):
    """The answer of `masseter symptom`."""

    format: Literal["masseter.symptom/1"] = "masseter.symptom/1"
    knowledge: str
    day: int
    grade: Literal["expected", "call", "emergency"]
    reasons: tuple[ReasonOut, ...]
    unanswered: tuple[str, ...]


class DueOut(Answer):
    """The earliest day of the next treatment and the windows behind it."""

    earliest: date
    days_window_ends: date
    months_window_ends: date | None


class FollowUpOut(Answer):
    """The answer of `masseter follow-up`."""

    format: Literal["masseter.follow_up/1"] = "masseter.follow_up/1"
    knowledge: str
    recommends: Literal["repeat", "adjust", "pause", "stop", "refer", "ask", "discuss"]
    so_far: str
    reasons: tuple[ReasonOut, ...]
    questions: tuple[str, ...]
    derived: dict[str, str] = Field(description="What was computed from the course: code to value")
    due: DueOut | None


class ProblemOut(Answer):
    """One fault of the input."""

    file: str
    line: int
    field: str
    sentence: str


class BadInputOut(Answer):
    """What every command answers to bad input, with exit code 2."""

    format: Literal["masseter.bad_input/1"] = "masseter.bad_input/1"
    problems: tuple[ProblemOut, ...]
