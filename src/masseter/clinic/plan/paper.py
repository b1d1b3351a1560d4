"""What stands on the paper of a plan: points, map, doses, draw-up, findings, and who decided."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from masseter.clinic.plan.own import scheme_words
from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.presenters import STATES, CheckWords, check_words, markers, volumes
from masseter.clinic.plan.words import plain
from masseter.core.plan.lookup import find_diagnosis
from masseter.journey.accounts.models import Clinic
from masseter.journey.plan.checking import Checked
from masseter.journey.plan.models import Plan
from masseter.knowledge.load import load
from masseter.ui.facemap import MapMarker
from masseter.ui.paper.letterhead import identity, letterhead
from masseter.ui.words import product_words

_WORDS = {"stop": "Stop", "caution": "Caution", "note": "Note"}
# A plan that nobody may inject from says so across its paper.
_MARKS = {"draft": "Draft", "proposed": "Not approved", "withdrawn": "Withdrawn"}
_WARNINGS = {
    "draft": "A draft: nobody has approved it. Do not inject from this paper.",
    "proposed": "Not approved yet. Do not inject from this paper.",
    "withdrawn": "Withdrawn. Do not inject from this paper.",
    "given": "Given already: the treatment record says what was really given.",
}


def plan_markers(checked: Checked) -> list[MapMarker]:
    """The points of a plan as rings, with the doses in them."""
    return markers(checked.draft.points)


def plan_paper(
    plan: Plan, checked: Checked, clinic: Clinic, maps: list[dict[str, str]], today: date
) -> dict[str, object]:
    """The data of a plan's paper."""
    told, drawn = check_words(checked), volumes(checked)
    state = STATES[plan.state][1]
    printed = f"{state}. Cycle {plan.cycle}. Printed on {today:%-d %B %Y}."
    foot = f"{identity(plan.case.patient)}. Plan, {product_words(plan.product)}."
    return {
        **letterhead(clinic, "Injection plan", foot, version=printed, mark=_MARKS.get(plan.state, "")),
        "patient": [["Patient", identity(plan.case.patient)]],
        "warning": _WARNINGS.get(plan.state, ""),
        "plan": _plan(plan, told, state),
        "maps": maps,
        "unit_label": told.unit_label,
        "totals": [asdict(row) for row in told.totals],
        "sum": asdict(told.sum_row),
        "points": [
            {
                "id": point.id,
                "words": point_words(point, plan.map_version),
                "units": plain(point.units),
                "ml": plain(drawn.get(point.id)),
            }
            for point in checked.draft.points
        ],
        "ways": [[f"{way.name} {way.points}".strip(), f"{way.route}. {way.depth}"] for way in told.ways],
        "drawing": _drawing(told),
        "findings": [] if plan.state in {"given", "withdrawn"} else _findings(checked),
        "written": _filled(("Off-label use", plan.off_label_reason), ("Note", plan.note)),
        "who": _who(plan, ZoneInfo(clinic.zone)),
    }


def _plan(plan: Plan, told: CheckWords, state: str) -> list[list[str]]:
    known = load()
    condition = known.conditions[plan.condition]
    diagnosis = find_diagnosis(condition, plan.diagnosis)
    return _filled(
        ("State", state),
        ("For", f"{condition.name}: {diagnosis.name}" if diagnosis else condition.name),
        ("Product", f"{told.whole} {told.unit_label} in {told.points} points"),
        ("Scheme", scheme_words(plan)),
    )


def _drawing(told: CheckWords) -> list[list[str]]:
    it = told.drawing
    if it is None:
        return []
    label = " (a dilution of the label)" if it.is_label else ""
    return _filled(
        ("Strength", f"{it.per_tenth_ml} {told.unit_label} in 0.1 mL{label}"),
        ("Diluent", "; ".join(it.diluents)),
        ("To draw", f"{it.total_ml} mL in all"),
        ("Vials", f"{it.vials} {told.unit_label}" if it.vials else ""),
        ("Thrown away", f"{it.discarded} {told.unit_label}"),
        ("Missing", f"{it.shortfall} {told.unit_label}" if it.shortfall else ""),
    )


def _findings(checked: Checked) -> list[dict[str, str]]:
    return [
        {
            "word": _WORDS[found.severity],
            "sentence": f"{found.subject}: {found.sentence}" if found.subject else found.sentence,
            "reason": checked.reason_for(found),
        }
        for found in checked.findings
        if found.severity != "note"
    ]


def _who(plan: Plan, zone: ZoneInfo) -> list[list[str]]:
    return _filled(
        ("Drafted", _by(plan.drafted_by_name, plan.created_at, zone)),
        ("Proposed", _by(plan.proposed_by_name, plan.proposed_at, zone)),
        ("Approved", _by(plan.approved_by_name, plan.approved_at, zone)),
        ("Withdrawn", _by(plan.withdrawn_by_name, plan.withdrawn_at, zone)),
        ("Reason", plan.withdrawn_reason),
        ("Knowledge", f"version {plan.knowledge_version[:12]}, map {plan.map_version}"),
    )


def _by(name: str, at: datetime | None, zone: ZoneInfo) -> str:
    return f"{name}, {at.astimezone(zone):%-d %B %Y, %H:%M}" if at is not None else ""


def _filled(*pairs: tuple[str, str]) -> list[list[str]]:
    return [[name, text] for name, text in pairs if text]
