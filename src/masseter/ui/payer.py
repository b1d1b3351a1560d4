"""A letter to a payer in words, for the page, the paper and the demo."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.core.answers import Answer
from masseter.core.explain import value_words
from masseter.core.facts import COMPUTED, Observation
from masseter.core.follow_up.authorisation import AskedCriterion
from masseter.core.plan.lookup import find_diagnosis
from masseter.core.quantities import plain
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.payer import PayerRequest, plan_points
from masseter.knowledge.load import load
from masseter.knowledge.model import Sureness
from masseter.ui.paper.letterhead import identity, letterhead
from masseter.ui.words import product_words, unit_words

ANSWERS = {Answer.MET: "Met", Answer.NOT_MET: "Not met", Answer.UNKNOWN: "Not known"}
TONES = {Answer.MET: "good", Answer.NOT_MET: "stop", Answer.UNKNOWN: "caution"}
SURE: dict[Sureness, str] = {
    "verified": "read at the source",
    "from_memory": "not known exactly: compare with the payer's own words",
    "design": "our choice",
}
SUBJECTS = {
    "start": "Prior authorisation for botulinum toxin in chronic migraine",
    "renewal": "Continuation of botulinum toxin in chronic migraine",
}
OPENING = "I ask you to authorise the treatment named above. What the record says to your criteria follows."
CLOSING = "I am glad to answer questions, and to speak with your reviewer."
OURS = "These are criteria that payers commonly ask for, as far as we know them. Tell us where yours differ."
_REPORTERS = {
    "patient": "told by the patient",
    "clinician": "found by the clinician",
    "record": "from the record",
}


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """One criterion: what is asked, the answer, what the record says with day and person."""

    code: str
    title: str
    text: str
    answer: str
    tone: str
    seen: tuple[str, ...]
    missing: tuple[str, ...]
    sure: str


def criterion_rows(request: PayerRequest) -> list[CriterionRow]:
    """Every criterion in words."""
    return [_row(each, request.recorders) for each in request.criteria]


def days_rows(request: PayerRequest) -> list[tuple[str, str]]:
    """Headache days before the first treatment and since, by day."""
    before = request.baseline
    rows = [(f"Before the first treatment ({_day(before.day)})", plain(before.total))] if before else []
    return [*rows, *((_day(score.day), plain(score.total)) for score in request.scores)]


def treatment_rows(request: PayerRequest, zone: str) -> list[tuple[str, str]]:
    """What was given so far, the oldest first."""
    rows = []
    for each in request.treatments:
        given = sum((point.units for point in each.points.all()), Decimal(0))
        day = each.given_at.astimezone(ZoneInfo(zone)).date()
        rows.append((_day(day), f"{plain(given)} {unit_words(each.product)}"))
    return rows


def asked_for(request: PayerRequest) -> str:
    """What the letter asks the payer to pay, by the newest plan."""
    plan = request.plan
    if plan is None:
        return ""
    interval = load().conditions[plan.condition].interval_days
    given = getattr(plan, "units", None)
    units = f"{plain(given)} {unit_words(plan.product)}" if given else "dose not planned yet"
    points = plan_points(plan)[0]
    return f"{product_words(plan.product)}, {units} in {points} points, every {plain(interval.value)} days"


def payer_paper(
    request: PayerRequest, case: Case, clinic: Clinic, typed: Mapping[str, object], *, by: str, today: date
) -> dict[str, object]:
    """The data of the letter. `typed` is the writer's own part; criteria ticked there are left out."""
    left_out = typed.get("leave_out") or []
    assert isinstance(left_out, Collection)
    patient, title = case.patient, SUBJECTS[request.kind]
    return {
        **letterhead(clinic, title, f"{identity(patient)}.", version=f"Letter of {_day(today)}."),
        "to": [str(typed["payer"]), *str(typed.get("address") or "").splitlines()],
        "date": _day(today),
        "facts": _pairs(
            ("Patient", identity(patient)),
            ("Member number", str(typed.get("member") or "")),
            ("Diagnosis", _diagnosis(request)),
            ("Asked for", asked_for(request)),
        ),
        "opening": _paragraphs(typed.get("opening")),
        "criteria": [
            {"title": row.title, "text": row.text, "answer": row.answer, "seen": _seen(row)}
            for row in criterion_rows(request)
            if row.code not in left_out
        ],
        "ours": OURS,
        "days": [list(pair) for pair in days_rows(request)],
        "treatments": [list(pair) for pair in treatment_rows(request, clinic.zone)],
        "closing": _paragraphs(typed.get("closing")),
        "signed": [by, clinic.name],
    }


def _row(each: AskedCriterion, recorders: Mapping[str, str]) -> CriterionRow:
    types = load().observations
    note = each.note
    missing = [types[code].label for code in each.missing if code in types]
    if each.is_by_hand:
        missing = ["The record does not answer this: write it into the letter."]
    return CriterionRow(
        code=note.code,
        title=note.title,
        text=note.text,
        answer=ANSWERS[each.answer],
        tone=TONES[each.answer],
        seen=tuple(_told(known, recorders) for known in each.seen),
        missing=tuple(missing),
        sure=" ".join(part for part in (f"{SURE[note.evidence.sure]}.", note.evidence.note) if part),
    )


def _told(known: Observation, recorders: Mapping[str, str]) -> str:
    """What is on record: what it is, its value, its day, who told and who recorded it."""
    type_ = load().observations[known.code]
    parts = [f"{type_.label}: {value_words(known.value, type_)}"]
    parts += [_day(known.observed_on)] if known.observed_on else []
    if known.reported_by == COMPUTED:
        parts.append("computed from the record")
    elif known.code in recorders:
        parts.append(
            f"{_REPORTERS.get(known.reported_by, known.reported_by)}, recorded by {recorders[known.code]}"
        )
    if known.is_stale:
        parts.append("too old to count")
    return "; ".join(part for part in parts if part)


def _seen(row: CriterionRow) -> str:
    if row.seen:
        return ". ".join(row.seen)
    return "not on record"


def _diagnosis(request: PayerRequest) -> str:
    if request.plan is None:
        return ""
    condition = load().conditions[request.plan.condition]
    made = find_diagnosis(condition, request.plan.diagnosis)
    return made.name if made else condition.name


def _paragraphs(text: object) -> list[str]:
    return [part.strip() for part in str(text or "").replace("\r", "").split("\n\n") if part.strip()]


def _pairs(*pairs: tuple[str, str]) -> list[list[str]]:
    return [list(pair) for pair in pairs if pair[1]]


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
