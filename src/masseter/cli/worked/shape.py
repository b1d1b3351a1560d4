"""The shape of a worked case: a title, what a clinician is told, one case file, the answers expected.

What `expect` leaves out is not looked at; what it names is compared exactly.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from masseter.cli.case.values import Day, Millilitres, Number, Units

Shows = Literal["yes", "no", "borderline", "ask_first", "refer_now", "second_cycle", "more"]
ThreeValues = Literal["met", "not_met", "unknown"]
Severity = Literal["stop", "caution", "note"]


class Block(BaseModel):
    """A block of a worked case: no field but its own, nothing converted by guessing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Found(Block):
    """A finding that has to be there; `says` is a part of its sentence."""

    code: str
    severity: Severity
    subject: str | None = None
    says: str = ""


class WithFindings(Block):
    """What an answer with findings must and must not hold; `stops` names every stop that there is."""

    findings: list[Found] = []
    no_findings: list[str] = []
    stops: list[str] | None = None


class ExpectAssess(WithFindings):
    """A candidacy; `ask_first` are its first questions in their order."""

    verdict: Literal[
        "candidate", "needs_information", "something_else_first", "not_a_candidate", "refer_urgently"
    ]
    diagnoses: dict[str, ThreeValues] = {}
    ask_first: list[str] | None = None
    approvals: list[str] | None = None


class ExpectPlan(WithFindings):
    """A plan with its totals; `skipped` and `lowered` name sites as the answer does, e.g. masseter left."""

    points: int | None = None
    totals: dict[str, Units] = {}
    skipped: list[str] | None = None
    lowered: list[str] | None = None
    could_lower: list[str] | None = None
    may_go_on: bool | None = None


class ExpectCheck(WithFindings):
    """The check of a plan or of a treatment."""

    checked: Literal["plan", "treatment"] | None = None
    may_go_on: bool | None = None


class Bill(Block):
    """The billing units."""

    code: str
    administered: int
    discarded: int
    modifier: str


class ExpectReconstitute(Block):
    """The chosen vials and dilution; `draws` in mL by point."""

    is_safe: bool
    opened: dict[str, int] = {}
    units_per_tenth_ml: Units | None = None
    discarded: Units | None = None
    cost: Number | None = None
    draws: dict[str, Millilitres] = {}
    billing: Bill | None = None


class ExpectScore(Block):
    """A total and its change; `total` left out means that there is none."""

    total: Number | None = None
    band: str | None = None
    missing: list[str] | None = None
    change_points: Number | None = None
    change_percent: Number | None = None
    is_response: bool | None = None


class ExpectSymptom(Block):
    """A grade and its reasons."""

    grade: Literal["expected", "call", "emergency"]
    reasons: list[str] = []
    unanswered: list[str] | None = None


class ExpectFollowUp(Block):
    """A recommendation with its reasons; `due` is the earliest next day."""

    recommends: Literal["repeat", "adjust", "pause", "stop", "refer", "ask", "discuss"]
    so_far: str | None = None
    reasons: list[str] = []
    no_reasons: list[str] = []
    questions: list[str] | None = None
    derived: dict[str, str] = {}
    due: Day | None = None


class AskAssess(Block):
    """`masseter assess` and what it must answer."""

    verb: Literal["assess"]
    expect: ExpectAssess


class AskPlan(Block):
    """`masseter plan` and what it must answer."""

    verb: Literal["plan"]
    expect: ExpectPlan


class AskCheck(Block):
    """`masseter check` and what it must answer."""

    verb: Literal["check"]
    expect: ExpectCheck


class AskReconstitute(Block):
    """`masseter reconstitute` and what it must answer."""

    verb: Literal["reconstitute"]
    expect: ExpectReconstitute


class AskScore(Block):
    """`masseter score` and what it must answer."""

    verb: Literal["score"]
    expect: ExpectScore


class AskSymptom(Block):
    """`masseter symptom` and what it must answer."""

    verb: Literal["symptom"]
    expect: ExpectSymptom


class AskFollowUp(Block):
    """`masseter follow-up` and what it must answer."""

    verb: Literal["follow-up"]
    expect: ExpectFollowUp


Ask = Annotated[
    AskAssess | AskPlan | AskCheck | AskReconstitute | AskScore | AskSymptom | AskFollowUp,
    Field(discriminator="verb"),
]


class Worked(Block):
    """One worked case. Sources stand in `tells` as their keys in brackets, e.g. [G4]."""

    title: str
    shows: Shows
    tells: str
    case: dict[str, object]
    answers: list[Ask] = Field(min_length=1)
