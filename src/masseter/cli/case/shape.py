"""The shape of a case file, version 1; published as JSON Schema beside the reference pages.

One file serves every command; each reads the parts that it needs. What is left out is not known,
and not known is never taken for no: a patient who never had a toxin is written `earlier: []`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from masseter.cli.case.values import Day, Millilitres, Moment, Number, Units
from masseter.knowledge.model import Jurisdiction, Side, View

VERSION = 1


class Shape(BaseModel):
    """A block of a case file: no field but its own, nothing converted by guessing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Told(Shape):
    """An answer with its day and who gave it, where that matters."""

    value: object = None
    on: Day | None = None
    by: str = ""


def _told(given: object) -> object:
    return given if isinstance(given, dict) else {"value": given}


_PLAIN_VALUE = [
    {"type": ["boolean", "number", "string", "null"]},
    {"type": "array", "items": {"type": "string"}},
]
_FACT_SCHEMA = {
    "anyOf": [
        *_PLAIN_VALUE,
        {
            "type": "object",
            "properties": {
                "value": {"anyOf": _PLAIN_VALUE},
                "on": {"type": "string", "format": "date"},
                "by": {"type": "string"},
            },
            "additionalProperties": False,
        },
    ]
}
Fact = Annotated[Told, BeforeValidator(_told), WithJsonSchema(_FACT_SCHEMA)]


class Patient(Shape):
    """The person. No name belongs into a case file."""

    birth_date: Day | None = None


class EarlierToxin(Shape):
    """One toxin treatment on record, anywhere, for anything; what is left out is not known."""

    given_on: Day
    product: str | None = None
    units: Units | None = None
    where: str = ""


class Point(Shape):
    """One injection point: `point` is its name on the map (MASS-L-2); x and y only for one placed by hand."""

    point: str
    units: Units | None = None
    site: str = ""
    side: Side | None = None
    view: View | None = None
    x: Number | None = None
    y: Number | None = None
    depth: str = ""
    route: str = ""
    product: str = ""


class PainfulSite(Shape):
    """A muscle or area that hurts, on one side."""

    site: str
    side: Side


class Plan(Shape):
    """A plan, or what one is to be made from.

    Without `points` the protocol's are proposed; without `protocol` the first that fits the diagnosis.
    """

    product: str
    protocol: str = ""
    diagnosis: str = ""
    presentation: str = ""
    label_units: Units | None = None
    diluent_ml: Millilitres | None = None
    graduation_ml: Millilitres | None = None
    dead_space_ml: Millilitres | None = None
    syringes: int = 1
    off_label_reason: str = ""
    affected_side: Literal["left", "right", "both"] | None = None
    one_sided: bool = False
    painful_sites: list[PainfulSite] = []
    include_optional: list[str] = []
    starting_factor: Number | None = None
    points: list[Point] | None = None


class InStock(Shape):
    """A vial size at hand; without a count there are as many as needed. `price` is that of one vial."""

    presentation: str
    count: int | None = Field(default=None, ge=0)
    price: Number | None = None


class Reason(Shape):
    """A written reason for going on despite one caution."""

    code: str
    subject: str = ""
    reason: str
    by: str


class Approval(Shape):
    """A prescriber's approval; `fingerprint` as `masseter plan` prints it."""

    by: str
    on: Day
    fingerprint: str


class Consent(Shape):
    """The consent that was signed. `says_licensed`: its text calls this use of the product licensed."""

    condition: str
    product: str = ""
    diagnosis: str = ""
    says_licensed: bool
    signed_on: Day | None = None
    withdrawn_on: Day | None = None


class Vial(Shape):
    """One physical vial at the time of the treatment."""

    id: str
    product: str
    presentation: str
    lot: str
    expires_on: Day | None = None
    status: Literal["available", "reconstituted", "quarantined", "recalled", "used", "discarded"] = (
        "reconstituted"
    )
    units_left: Units
    diluent_ml: Millilitres | None = None
    diluent: str = ""
    reconstituted_at: Moment | None = None
    used_for_other_patient: bool = False
    discarded: Units | None = None


class Given(Shape):
    """What was really given at one point; without `planned` the planned point of the same name."""

    point: str
    units: Units
    vial: str
    planned: str | None = None
    reason: str = ""


class LeftOut(Shape):
    """A planned point that was not given."""

    point: str
    reason: str = ""


class TimeOut(Shape):
    """What was confirmed aloud before the first injection, and what was answered on the day.

    `infection` at a planned site, `pregnancy` possible, `news`: a medicine or illness since the plan.
    """

    identifiers: list[str] = []
    consent: bool = False
    plan: bool = False
    allergies: bool = False
    infection: bool | None = None
    pregnancy: bool | None = None
    news: bool | None = None


class Treatment(Shape):
    """What was given. With it `masseter check` checks the treatment, without it the plan."""

    time_out: TimeOut = TimeOut()
    approval: Approval | None = None
    consent: Consent | None = None
    vials: list[Vial] = []
    given: list[Given] = []
    left_out: list[LeftOut] = []
    began: Moment | None = None
    ended: Moment


class Questionnaire(Shape):
    """The answers to one instrument, by item; `total` where only the total may be entered."""

    instrument: str
    answers: dict[str, Annotated[object, WithJsonSchema({"type": ["number", "string", "null"]})]]
    baseline: Number | None = None


class DayTotal(Shape):
    """A total so many days after the treatment of its cycle."""

    day: int
    total: Number


class Cycle(Shape):
    """One treatment of this condition, with its scheme where one was followed, and the totals after it."""

    given_on: Day
    protocol: str = ""
    scores: list[DayTotal] = []


class Course(Shape):
    """What came of the treatments so far, on the condition's main measure unless another is named."""

    instrument: str = ""
    baseline: Number | None = None
    cycles: list[Cycle] = []
    months: list[Number | None] | None = None
    had_adverse_event: bool | None = None
    serious_adverse_event: bool | None = None
    wants_more: Literal["yes", "no", "unsure"] | None = None


class Symptoms(Shape):
    """What is felt on a day after the treatment (day 0 is its own)."""

    day: int
    answers: dict[str, Fact] = {}


class CaseFile(Shape):
    """One patient, one condition, one day."""

    case: Literal[1]
    today: Day
    jurisdiction: Jurisdiction
    condition: str = ""
    patient: Patient = Patient()
    facts: dict[str, Fact] = {}
    earlier: list[EarlierToxin] | None = None
    plan: Plan | None = None
    stock: list[InStock] | None = None
    # By a factory, since a default list is copied deeply for each of many cases.
    reasons: list[Reason] = Field(default_factory=list, json_schema_extra={"default": []})
    treatment: Treatment | None = None
    questionnaire: Questionnaire | None = None
    course: Course | None = None
    symptoms: Symptoms | None = None
