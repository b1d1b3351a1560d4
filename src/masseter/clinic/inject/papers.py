"""What stands on the treatment record and on the aftercare sheet."""

from __future__ import annotations

from collections.abc import Mapping

from masseter.clinic.inject.record import Record, VialLine, record_of, treatment_markers
from masseter.clinic.inject.signs import signs
from masseter.clinic.plan.words import TotalRow
from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
from masseter.knowledge.load import load
from masseter.knowledge.model import Aftercare
from masseter.ui.facemap import render_all

CLOSING = (
    "Keep this sheet. Show it to every doctor, dentist or pharmacist whom you see in the next four months."
)
_SIDES = (("right", "right"), ("midline", "midline"), ("left", "left"))


def letterhead(clinic: Clinic, title: str, foot: str) -> dict[str, object]:
    """What every paper of the clinic carries."""
    return {
        "title": title,
        "foot": foot,
        "demo": clinic.is_demo,
        "clinic": {
            "name": clinic.name,
            "address": clinic.address.replace("\n", ", "),
            "phone": clinic.phone,
            "email": clinic.email,
        },
    }


def pictures(treatment: Treatment) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The drawings that carry points, by name, and their titles and words."""
    knowledge, markers = load(), treatment_markers(treatment)
    used = {marker.view for marker in markers}
    drawings = [
        drawing
        for drawing in render_all(
            knowledge.face_map,
            knowledge.sites.values(),
            markers,
            palette="print",
            shows="muscles",
            version=treatment.map_version,
        )
        if drawing.view in used
    ]
    maps = [
        {
            "name": drawing.view,
            "title": drawing.title,
            "words": _words(drawing.title, treatment, drawing.view),
        }
        for drawing in drawings
    ]
    return {drawing.view: str(drawing.svg) for drawing in drawings}, maps


def record_paper(treatment: Treatment, clinic: Clinic, maps: list[dict[str, str]]) -> dict[str, object]:
    """The data of the treatment record."""
    told = record_of(treatment, clinic.zone)
    patient = treatment.case.patient
    name = f"{patient}, born {patient.birth_date:%-d %B %Y}" if patient.birth_date else str(patient)
    newer = getattr(treatment, "superseded_by", None)
    return {
        **letterhead(clinic, "Treatment record", f"{patient}, {patient.number}. Treatment of {told.day}."),
        "patient": [["Patient", name], ["Number", patient.number]],
        "superseded": f"A corrected version was signed on {newer.signed_at:%-d %B %Y}." if newer else "",
        "amendment": treatment.amendment_reason,
        "treatment": _treatment(treatment, told),
        "maps": maps,
        "unit_label": told.unit_label,
        "totals": [row for total in told.totals for row in _sides(total)],
        "sides": _sides(told.sum_row),
        "ways": [[f"{way.name} {way.points}".strip(), f"{way.route}. {way.depth}"] for way in told.ways],
        "whole": {"points": str(told.count), "units": told.whole},
        "points": [_point(line) for line in told.lines],
        "left_out": [{"point": each["point"], "reason": each["reason"]} for each in told.left_out],
        "vials": [_vial(vial) for vial in told.vials],
        "time_out": [
            ["Identity", f"confirmed by {told.identified_by}"],
            ["Confirmed", "consent; product, sites and sides; allergies"],
            *([["Asked today", told.today]] if told.today else []),
        ],
        "findings": [
            {"word": each.word, "sentence": each.sentence, "reason": each.reason} for each in told.findings
        ],
        "note": treatment.note,
        "signature": [
            ["Given by", treatment.injector_name],
            ["Signed by", f"{treatment.signed_by_name}, {told.signed}"],
        ],
        "digest": treatment.digest,
    }


def aftercare_paper(treatment: Treatment, clinic: Clinic) -> dict[str, object]:
    """The data of the aftercare sheet, in plain words."""
    told, patient = record_of(treatment, clinic.zone), treatment.case.patient
    advice = [
        each
        for each in load().aftercare
        if not each.conditions or treatment.case.condition in each.conditions
    ]
    condition = load().conditions[treatment.case.condition]
    return {
        **letterhead(clinic, "After your treatment", f"{patient}, {patient.number}. {told.day}."),
        "greeting": f"For {patient}. You were treated for {condition.plain_name.lower()}.",
        "day": told.day,
        "emergency_number": clinic.emergency_number,
        "treatment": [
            ["Day", told.day],
            ["Product", f"{told.whole} {told.unit_label}"],
            ["Lot", ", ".join(dict.fromkeys(vial.name for vial in told.vials))],
            ["Given by", treatment.injector_name],
        ],
        **signs(treatment.case.condition),
        "parts": _parts(advice),
        "closing": CLOSING,
    }


def _treatment(treatment: Treatment, told: Record) -> list[list[str]]:
    condition = load().conditions[treatment.case.condition]
    diagnosis = next(
        (each.name for each in condition.diagnoses if each.code == treatment.plan.diagnosis), condition.name
    )
    protocol = load().protocols.get(treatment.plan.protocol)
    return [
        ["For", f"{condition.name}: {diagnosis}" if diagnosis != condition.name else condition.name],
        ["Product", f"{told.whole} {told.unit_label} in {told.count} points"],
        ["Scheme", protocol.name if protocol else "none"],
        ["Given", f"{told.span} ({treatment.minutes} min), cycle {treatment.cycle}"],
        ["Plan approved by", treatment.plan.approved_by_name],
    ]


def _sides(total: TotalRow) -> list[Mapping[str, str]]:
    return [
        {"site": total.name, "side": words, "units": getattr(total, side)}
        for side, words in _SIDES
        if getattr(total, side)
    ]


def _vial(vial: VialLine) -> dict[str, str]:
    return {
        "product": vial.product,
        "lot": vial.name,
        "expiry": vial.expiry,
        "prepared": vial.prepared,
        "label": vial.label,
        "given": vial.given,
        "discarded": vial.discarded,
    }


def _point(line: object) -> dict[str, str]:
    names = ("label", "words", "planned", "units", "ml", "vial", "remark")
    return {name: str(getattr(line, name)) for name in names}


def _words(title: str, treatment: Treatment, view: str) -> str:
    points = [f"{row.label} {row.units.normalize():f}" for row in treatment.points.all() if row.view == view]
    return f"{title}. Given: {', '.join(points)}." if points else f"{title}. Nothing given here."


def _parts(advice: list[Aftercare]) -> list[dict[str, object]]:
    """The advice by time, the first days first."""
    parts: dict[tuple[int, int], list[dict[str, str]]] = {}
    for each in sorted(advice, key=lambda one: (one.from_day, one.to_day, one.code)):
        told = {"title": each.title, "text": each.text}
        parts.setdefault((each.from_day, each.to_day), []).append(told)
    return [{"when": _when(first, last), "advice": told} for (first, last), told in parts.items()]


def _when(first: int, last: int) -> str:
    if first == last:
        return "Today" if first == 0 else f"Day {first}"
    if first == 0:
        return f"Today and the next {last} day{'' if last == 1 else 's'}"
    return f"Day {first} to day {last}"
