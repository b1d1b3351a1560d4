"""What was concluded, decided, consented to, planned and given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from masseter.journey.consult.models import (
    Assessment,
    Case,
    Consent,
    ConsentQuestion,
    ConsentRelease,
    Decision,
    OverrideReason,
    PainDrawing,
    PartRead,
    PhotographConsent,
    ResearchConsent,
)
from masseter.journey.consult.pain import strokes_of
from masseter.journey.consult.standing import SignedConsent
from masseter.journey.plan.models import Plan, PlanOverride, PlanPoint
from masseter.knowledge.load import load
from masseter.ui.areas import area_words
from masseter.ui.languages.numbers import apart
from masseter.ui.pain import drawn_words
from masseter.ui.paper.whole.blocks import (
    Block,
    Told,
    condition_words,
    day,
    diagnosis_words,
    facts,
    heading,
    number,
    section,
    table,
    text,
)
from masseter.ui.paper.whole.pictures import MOST_DRAWN, pain_map
from masseter.ui.words import SEVERITIES, VERDICTS, product_words, unit_words


def diagnoses(told: Told) -> dict[str, object]:
    """Each verdict as it was shown, with the diagnosis and what stood against a treatment."""
    cases = {case.pk: case.condition for case in told.record.of(Case)}
    parts: list[Block] = []
    for one in told.record.of(Assessment):
        condition = cases.get(one.case_id, "")
        verdict = VERDICTS.get(one.verdict)
        parts += [
            heading(f"{condition_words(condition)}, {told.at(one.made_at)}"),
            facts(
                (_("Could it help?"), _(verdict.words) if verdict else one.verdict),
                (_("Diagnosis"), diagnosis_words(condition, one.diagnosis) if one.diagnosis else ""),
                (_("Why this diagnosis"), one.diagnosis_reason),
                (_("Note"), one.note),
                (_("By"), one.made_by_name),
            ),
            *_findings(one.result.get("findings", [])),
        ]
    return section(_("Diagnoses and whether a treatment could help"), parts, _reasons(told))


def _findings(found: list[Mapping[str, Any]]) -> list[Block]:  # Any: as kept in JSON
    rows = [
        (
            _(SEVERITIES[each["severity"]].words) if each.get("severity") in SEVERITIES else "",
            each["sentence"],
        )
        for each in found
    ]
    return table((_("Kind"), _("What was found")), rows)


def _reasons(told: Told) -> list[Block]:
    rows = [
        (told.at(one.at), one.sentence, one.reason, one.by_name) for one in told.record.of(OverrideReason)
    ]
    rows += [(told.at(one.at), one.sentence, one.reason, one.by_name) for one in told.record.of(PlanOverride)]
    head = (_("When"), _("Caution"), _("Reason for going on"), _("By"))
    return [heading(_("Cautions that were overruled")), *table(head, rows)] if rows else []


def decisions(told: Told) -> dict[str, object]:
    """What was decided together."""
    rows = [
        (
            told.at(one.at),
            one.get_decided_display(),
            "; ".join(str(each) for each in one.options),
            one.wish,
            one.words,
            one.by_name,
        )
        for one in told.record.of(Decision)
    ]
    head = (_("When"), _("Decided"), _("Options"), _("What matters to you"), _("In your words"), _("With"))
    return section(_("Decided together"), table(head, rows))


def pain(told: Told) -> dict[str, object]:
    """Where it hurt, in words and on the face."""
    kept = told.record.of(PainDrawing)
    rows = [
        (
            day(one.drawn_on),
            "; ".join(drawn_words(each, plain=True) for each in strokes_of(one)),
            one.words,
            one.by_name,
        )
        for one in kept
    ]
    head = (_("Day"), _("Where and how"), _("In words"), _("Drawn by"))
    drawn = [
        block for one in kept[-MOST_DRAWN:] for block in (heading(day(one.drawn_on)), *pain_map(told, one))
    ]
    return section(_("Where it hurt"), table(head, rows), drawn)


def consents(told: Told) -> dict[str, object]:
    """Every consent with the very text that was signed."""
    parts: list[Block] = []
    for consent in told.record.of(Consent):
        product = product_words(consent.product) if consent.product else ""
        about = condition_words(consent.case.condition)
        parts += _consent(told, consent, _("Treatment: %(condition)s") % {"condition": about}, product)
    for photograph in told.record.of(PhotographConsent):
        parts += _consent(told, photograph, _("Photographs of your face"), "")
    for research in told.record.of(ResearchConsent):
        parts += _consent(told, research, _("Your course in the registry"), "")
    return section(_("Consents"), parts)


def at_home(told: Told) -> dict[str, object]:
    """Consents that could be signed at home, what was opened of them, and what was asked and answered."""
    read: dict[int, list[str]] = {}
    for part in told.record.of(PartRead):
        read.setdefault(part.release_id, []).append(part.title)
    released = [
        (
            told.at(one.released_at),
            one.by_name,
            day(one.until),
            "; ".join(read.get(one.pk, [])),
            one.ended_reason,
        )
        for one in told.record.of(ConsentRelease)
    ]
    asked = [
        (told.at(one.asked_at), one.words, one.answer, one.answered_by_name)
        for one in told.record.of(ConsentQuestion)
    ]
    head = (_("When"), _("By"), _("Until"), _("Parts that you opened"), _("Why it ended"))
    return section(
        _("Consents to sign at home, and your questions"),
        table(head, released),
        table((_("When"), _("Question"), _("Answer"), _("By")), asked),
    )


def _consent(told: Told, consent: SignedConsent, about: str, product: str) -> list[Block]:
    body = [
        text("\n".join([each["title"], *each["paragraphs"]]))  # its sections were frozen with the signature
        for each in consent.body
    ]
    return [
        heading(about),
        facts(
            (_("Product"), product),
            (_("Signed by"), consent.signer_name),
            (_("Signed"), told.at(consent.signed_at)),
            (_("Taken by"), consent.taken_by_name),
            (_("Withdrawn"), told.at(consent.withdrawn_at)),
            (_("Withdrawn by"), consent.withdrawn_by_name),
            (_("Reason"), consent.withdrawn_reason),
        ),
        text(_("The text as it was signed:")),
        *body,
    ]


def plans(told: Told) -> dict[str, object]:
    """What was planned, point by point."""
    points: dict[int, list[PlanPoint]] = {}
    for point in told.record.of(PlanPoint):
        points.setdefault(point.plan_id, []).append(point)
    parts: list[Block] = []
    for plan in told.record.of(Plan):
        parts += [*_plan(told, plan), *_points(plan, points.get(plan.pk, []))]
    return section(_("Plans"), parts)


def _plan(told: Told, plan: Plan) -> list[Block]:
    protocol = load().protocols.get(plan.protocol)
    scheme = plan.own_version.scheme.name if plan.own_version else ""
    return [
        heading(
            _("Plan %(number)s: %(condition)s")
            % {"number": plan.cycle, "condition": condition_words(plan.condition)}
        ),
        facts(
            (_("State"), plan.get_state_display()),
            (_("Diagnosis"), diagnosis_words(plan.condition, plan.diagnosis)),
            (_("Scheme"), scheme or (protocol.name if protocol else plan.protocol)),
            (_("Product"), product_words(plan.product)),
            (_("Why outside the licence"), plan.off_label_reason),
            (_("Note"), plan.note),
            (_("Drafted by"), plan.drafted_by_name),
            (_("Approved by"), f"{plan.approved_by_name} {told.at(plan.approved_at)}".strip()),
            (_("Withdrawn"), f"{told.at(plan.withdrawn_at)} {plan.withdrawn_reason}".strip()),
        ),
    ]


def _points(plan: Plan, points: list[PlanPoint]) -> list[Block]:
    unit = unit_words(plan.product)
    rows = [
        (
            point.label,
            area_words(point.site, point.side, plain=True),
            apart(f"{number(point.units)} {unit}") if point.units is not None else "",
            point.depth,
        )
        for point in points
    ]
    return table((_("Point"), _("Where"), _("Planned dose"), _("Depth")), rows)
