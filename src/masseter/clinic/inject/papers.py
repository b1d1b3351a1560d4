"""What stands on the treatment record."""

from __future__ import annotations

from dataclasses import asdict

from masseter.clinic.inject.record import Record, VialLine, moment, record_of
from masseter.clinic.plan.own import scheme_words
from masseter.core.plan.lookup import find_diagnosis
from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
from masseter.knowledge.load import load
from masseter.ui.paper.letterhead import identity, letterhead


def record_paper(
    treatment: Treatment, clinic: Clinic, maps: list[dict[str, str]], versions: list[Treatment]
) -> dict[str, object]:
    """The data of the treatment record. `versions` are all that there are, the newest first."""
    told = record_of(treatment, clinic.zone)
    return {
        **_head(treatment, clinic, told, versions),
        "amendment": treatment.amendment_reason,
        "treatment": _treatment(treatment, told),
        "maps": maps,
        "unit_label": told.unit_label,
        "totals": [asdict(row) for row in told.totals],
        "sum": asdict(told.sum_row),
        "ways": [[f"{way.name} {way.points}".strip(), f"{way.route}. {way.depth}"] for way in told.ways],
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


def _head(treatment: Treatment, clinic: Clinic, told: Record, versions: list[Treatment]) -> dict[str, object]:
    """Whose record it is, and which version."""
    patient, newest = treatment.case.patient, versions[0]
    is_old = newest.pk != treatment.pk
    number = len(versions) - [each.pk for each in versions].index(treatment.pk)
    version = f"Version {number} of {len(versions)}, signed {told.signed} by {treatment.signed_by_name}."
    signed = moment(newest.signed_at or newest.given_at, clinic.zone)
    foot = f"{identity(patient)}. Treatment of {told.day}."
    mark = "Superseded" if is_old else ""
    return {
        **letterhead(clinic, "Treatment record", foot, version=version, mark=mark),
        "patient": [["Patient", identity(patient)], ["Version", version]],
        "superseded": f"The newest version was signed on {signed}." if is_old else "",
    }


def _treatment(treatment: Treatment, told: Record) -> list[list[str]]:
    condition = load().conditions[treatment.case.condition]
    made = find_diagnosis(condition, treatment.plan.diagnosis)
    diagnosis = made.name if made else condition.name
    return [
        ["For", f"{condition.name}: {diagnosis}" if diagnosis != condition.name else condition.name],
        ["Product", f"{told.whole} {told.unit_label} in {told.count} points"],
        ["Scheme", scheme_words(treatment.plan)],
        ["Given", f"{told.span} ({treatment.minutes} min), cycle {treatment.cycle}"],
        ["Plan approved by", treatment.plan.approved_by_name],
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
