"""What the prepare page shows: who, what, from which vial, and everything that stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from masseter.clinic.inject.forms import PrepareForm
from masseter.clinic.inject.ledger import ledger
from masseter.clinic.inject.rows import rows_of
from masseter.clinic.inject.session import as_planned, ticked_vials, typed_session
from masseter.clinic.inject.vials import choices
from masseter.clinic.plan.presenters import drawing_up, markers
from masseter.clinic.plan.words import Card, cards, plain, total_rows, ways, whole_row
from masseter.core.plan.totals import add_up
from masseter.journey.consult.models import Consent
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.preparing import Prepared, Session, prepare
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Vial
from masseter.knowledge.load import load
from masseter.ui.pages import Context
from masseter.ui.words import unit_words

# Said by the page itself beside the boxes, not as findings before anything is ticked.
_TIME_OUT = {"identity-unconfirmed", "time-out-incomplete"}


@dataclass(frozen=True, kw_only=True)
class Found:
    """The findings of a treatment, by gravity."""

    stops: list[Card]
    cautions: list[Card]
    notes: list[Card]


def preparation(
    by: Actor,
    plan: Plan,
    form: PrepareForm,
    vials: Sequence[Vial],
    now: datetime,
    scanned: Sequence[int] = (),
) -> Context:
    """The context of the prepare page, as planned or as typed."""
    points = stored_points(plan)
    session = _session(plan, form, vials, now, scanned)
    chosen = [vial for vial in vials if vial.pk in session.vial_ids]
    prepared = prepare(by, plan, session, chosen)
    rows = form.rows() if form.is_bound else rows_of(points, points)
    totals = add_up(shown := [each.point for each in session.given], plan.product)
    return {
        "found": found(prepared, session.reasons or {}),
        "rows": rows,
        "markers": markers(shown, prepared.findings, state="given"),
        "plan_markers": markers(points),
        "vials": choices(vials, session.vial_ids, now, scanned),
        "many_vials": len(session.vial_ids) > 1,
        "has_others": len(chosen) < len(vials),
        "is_sealed": not chosen or any(vial.opened_at is None for vial in chosen),
        "ledger": ledger(session, chosen, form.data),
        "totals": total_rows(totals),
        "record": {
            "totals": total_rows(totals),
            "sum_row": whole_row(totals),
            "unit_label": unit_words(plan.product),
        },
        "ways": ways(shown),
        "whole": plain(totals.whole.units),
        "points": totals.whole.points,
        "diluent_label": f"Diluent into {size_words(plan)}",
        "diluent_help": load().products[plan.product].diluent.text,
        "drawing": drawing_up(prepared.drawn),
        "consent": _in_force(prepared.consent),
        "is_changed": form.is_bound and _differs(session, plan),
    }


def found(prepared: Prepared, typed: Mapping[str, str]) -> Found:
    """Findings in cards; what the time-out's boxes say is not said twice."""
    shown = [each for each in prepared.findings if each.code not in _TIME_OUT]
    made = cards(shown, blocking=prepared.blocking, reasons=prepared.reasons, typed=typed)
    return Found(
        stops=[card for card in made if card.severity == "stop"],
        cautions=[card for card in made if card.severity == "caution"],
        notes=[card for card in made if card.severity == "note"],
    )


def _session(
    plan: Plan, form: PrepareForm, vials: Sequence[Vial], now: datetime, scanned: Sequence[int]
) -> Session:
    first = as_planned(plan, stored_points(plan), vials, now)
    if not form.is_bound:
        return first
    form.is_valid()
    usable = {vial.pk for vial in vials}
    typed = tuple(pk for pk in dict.fromkeys((*ticked_vials(form), *scanned)) if pk in usable)
    return typed_session(form, plan, vials, typed or first.vial_ids, now)


def size_words(plan: Plan) -> str:
    """The vial that the plan's diluent is meant for."""
    sizes = {size.key: plain(size.label_units) for size in load().products[plan.product].presentations}
    return f"a vial of {sizes[plan.presentation]} units" if plan.presentation in sizes else "the vial"


def _in_force(consent: Consent | None) -> Consent | None:
    return consent if consent is not None and not consent.is_withdrawn else None


def _differs(session: Session, plan: Plan) -> bool:
    planned = {point.id: point for point in stored_points(plan)}
    return bool(session.left_out) or any(planned.get(each.planned) != each.point for each in session.given)
