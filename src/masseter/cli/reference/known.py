"""What a case file knows, as a clinician would read it: labels, words, units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from masseter.cli.case.reading import Case
from masseter.cli.case.shape import Course, EarlierToxin, Plan, Questionnaire, Symptoms, Told, Treatment, Vial
from masseter.core.quantities import plain
from masseter.core.questions import type_of
from masseter.knowledge.model import Knowledge, ObservationType

_NONE = "none"
_SIGNS = "Warning signs"
_PLACES = {"US": "United States", "EU": "European Union", "UK": "United Kingdom"}


def known_rows(case: Case, known: Knowledge) -> list[list[str]]:
    """Two columns: what is known, and how it stands."""
    file = case.file
    rows = [["Day and place", f"{file.today}, {_PLACES[file.jurisdiction]}"]]
    if file.patient.birth_date is not None:
        rows.append(["Born", f"{file.patient.birth_date} ({_age(case)} years)"])
    rows += _facts(file.facts, known)
    rows += _earlier(file.earlier, known)
    if file.plan is not None:
        rows += _plan(file.plan, known)
    if file.treatment is not None:
        rows += _treatment(file.treatment, known)
    for each in file.stock or ():
        rows.append(["In stock", f"{each.count or 'any number'} × {each.presentation}"])
    if file.questionnaire is not None:
        rows += _questionnaire(file.questionnaire, known)
    if file.course is not None:
        rows += _course(file.course)
    if file.symptoms is not None:
        rows += _symptoms(file.symptoms, known)
    return rows


def _age(case: Case) -> str:
    return str(case.facts["age_years"].value)


def _facts(facts: dict[str, Told], known: Knowledge) -> list[list[str]]:
    """One row a fact; what was answered with no or none goes into one row together."""
    rows, denied, quiet_signs = [], [], 0
    for code, told in facts.items():
        type_ = type_of(code, known.observations)
        if told.value is not False and told.value not in (_NONE, [_NONE]):
            rows.append([type_.label, _words(told.value, type_)])
        elif type_.group == _SIGNS:
            quiet_signs += 1
        else:
            denied.append(type_.label)
    if denied:
        rows.append(["Asked, answered no", "; ".join(denied)])
    if quiet_signs:
        rows.append([f"Other {_SIGNS.lower()}", f"{quiet_signs} asked, none there"])
    return rows


def _words(value: object, type_: ObservationType) -> str:
    labels = {choice.code: choice.label for choice in type_.choices}
    if isinstance(value, list):
        return "; ".join(labels.get(str(each), str(each)) for each in value)
    if value is True:
        return "yes"
    shown = plain(value) if isinstance(value, Decimal) else str(value)
    return f"{labels.get(shown, shown)} {type_.unit}".strip()


def _earlier(earlier: list[EarlierToxin] | None, known: Knowledge) -> Iterator[list[str]]:
    if earlier is None:
        yield ["Earlier botulinum toxin", "not known"]
        return
    if not earlier:
        yield ["Earlier botulinum toxin", "none, anywhere"]
    for each in earlier:
        unit = known.products[each.product].unit_label if each.product else "units of an unknown product"
        dose = f"{plain(each.units)} {unit}" if each.units is not None else f"unknown, {unit}"
        yield ["Earlier botulinum toxin", f"{each.given_on}: {dose}{f', {each.where}' if each.where else ''}"]


def _plan(plan: Plan, known: Knowledge) -> Iterator[list[str]]:
    product = known.products[plan.product]
    yield ["Product", f"{product.brand}{f', {plan.presentation}' if plan.presentation else ''}"]
    if plan.diluent_ml is not None:
        yield ["Diluent", f"{plain(plan.diluent_ml)} mL"]
    if plan.protocol:
        yield ["Protocol", known.protocols[plan.protocol].name]
    if plan.painful_sites:
        hurts = (f"{known.sites[each.site].name}, {each.side}" for each in plan.painful_sites)
        yield ["Painful places", "; ".join(hurts)]
    if plan.points is not None:
        points = (
            f"{each.point} {plain(each.units) if each.units is not None else '?'}" for each in plan.points
        )
        yield [f"Points, {product.unit_label}", "; ".join(points)]
    if plan.off_label_reason:
        yield ["Reason for the off-label use", plan.off_label_reason]


def _treatment(told: Treatment, known: Knowledge) -> Iterator[list[str]]:
    said = (
        ("consent", told.time_out.consent),
        ("plan", told.time_out.plan),
        ("allergies", told.time_out.allergies),
    )
    confirmed = [*told.time_out.identifiers, *(word for word, is_said in said if is_said)]
    yield ["Confirmed aloud", ", ".join(confirmed) or "nothing"]
    if told.consent is not None:
        withdrawn = f", withdrawn on {told.consent.withdrawn_on}" if told.consent.withdrawn_on else ""
        yield ["Consent", f"signed on {told.consent.signed_on}{withdrawn}"]
    for vial in told.vials:
        yield [f"Vial {vial.lot}", _vial(vial, known)]
    given = (
        f"{each.point} {plain(each.units)}{f' ({each.reason})' if each.reason else ''}" for each in told.given
    )
    yield ["Given", "; ".join(given) or "nothing"]
    yield ["Ended", f"{told.ended:%Y-%m-%d %H:%M %Z}"]


def _vial(vial: Vial, known: Knowledge) -> str:
    parts = [f"{plain(vial.units_left)} {known.products[vial.product].unit_label} in it"]
    if vial.expires_on is not None:
        parts.append(f"expires {vial.expires_on}")
    if vial.reconstituted_at is not None:
        parts.append(f"ready since {vial.reconstituted_at:%Y-%m-%d %H:%M %Z}")
    if vial.used_for_other_patient:
        parts.append("used for another patient")
    if vial.discarded is not None:
        parts.append(f"{plain(vial.discarded)} discarded")
    return ", ".join(parts)


def _questionnaire(asked: Questionnaire, known: Knowledge) -> Iterator[list[str]]:
    instrument = known.instruments[asked.instrument]
    answers = ", ".join(f"{code} {value}" for code, value in asked.answers.items())
    yield [instrument.name, answers]
    if asked.baseline is not None:
        yield ["Baseline", f"{plain(asked.baseline)} {instrument.unit}"]


def _course(course: Course) -> Iterator[list[str]]:
    if course.baseline is not None:
        yield ["Baseline of the main measure", plain(course.baseline)]
    for each in course.cycles:
        scores = "; ".join(f"day {score.day}: {plain(score.total)}" for score in each.scores)
        yield [f"Treated on {each.given_on}", scores or "no score yet"]
    if course.months is not None:
        shown = [plain(each) if each is not None else "?" for each in course.months]
        yield ["Headache days by month", ", ".join(shown)]
    if course.serious_adverse_event:
        yield ["Serious adverse event", "yes"]
    if course.wants_more is not None:
        yield ["Wishes another treatment", course.wants_more]


def _symptoms(felt: Symptoms, known: Knowledge) -> Iterator[list[str]]:
    yield ["Day after the treatment", str(felt.day)]
    yield from _facts(felt.answers, known)
