"""The last review, the earliest next day and the treatments so far, in the patient's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.follow_up.decide import ENDS
from masseter.core.follow_up.due import Due
from masseter.core.follow_up.looks import review_days
from masseter.journey.consult.models import Case, ElsewhereTreatment
from masseter.journey.consult.queries import toxin_told
from masseter.journey.follow_up.due_days import due_of
from masseter.journey.follow_up.models import Review
from masseter.journey.follow_up.queries import reviews_of
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.queries import given_on, last_serious_event
from masseter.journey.results.queries import plain_number
from masseter.knowledge.load import load
from masseter.ui.languages.lists import listed, listed_apart
from masseter.ui.languages.told import told

DECIDED = {
    "repeat": _("The same treatment again"),
    "adjust": _("Another treatment, with a change"),
    "pause": _("A pause from treatment"),
    "stop": _("No more treatments of this kind"),
    "refer": _("A visit to another specialist"),
}
MEANWHILE = {
    "repeat": _(
        "If you are well when the day comes, you may wait longer. Treat again only when you need it."
    ),
    "adjust": _("Tell us what was good and what was not, so that the change fits you."),
    "pause": _("Watch how you do without a treatment. You may come back at any time."),
    "stop": _("There are other ways to help. Ask us about them; you are not left alone with this."),
    "refer": _("Please go to the appointment with the specialist. Have no toxin treatment before that."),
}
TALKED = _(
    "You talked it through with us at this visit. If you would like to hear the reasons again, call us."
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A review as the patient is told of it."""

    code: str
    title: str
    held_on: date
    by_name: str
    why: list[str]
    meanwhile: str
    is_before_last: bool


@dataclass(frozen=True, kw_only=True)
class NextDay:
    """The first day of the next treatment, and the window that it rests on."""

    day: date
    is_past: bool
    is_agreed_later: bool
    given_on: date
    interval_days: int
    interval_months: int | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one condition stands: the last review, the next day, or when the review will be.

    `talk_first`: a serious unwanted effect, after whatever condition, was not talked through in a
    review of this one yet; until then no day is named. `is_over`: no further treatment was decided.
    """

    name: str
    review: Told | None
    next_day: NextDay | None
    review_from: date | None
    review_until: date | None
    has_diary: bool
    case_id: int
    is_open: bool
    is_over: bool
    talk_first: bool
    look_again_on: date | None


def standings(
    by: Actor,
    cases: Iterable[Case],
    treatments: list[Treatment],
    elsewhere: list[ElsewhereTreatment],
    today: date,
) -> list[Standing]:
    """Every condition that was treated or reviewed, those that are open first."""
    dates = [given_on(by, one) for one in treatments] + [one.given_on for one in elsewhere]
    newest, listed = {one.case_id: one for one in treatments}, list(cases)
    patients = {case.patient_id for case in listed}
    dates += [day for days in toxin_told(patients).values() for day in days]
    serious = last_serious_event(by, patients)
    found = [_standing(by, case, newest.get(case.pk), dates, today, serious) for case in listed]
    told = [one for one in found if one is not None]
    return sorted(told, key=lambda one: not one.is_open)


def next_days(
    by: Actor,
    cases: Iterable[Case],
    treatments: list[Treatment],
    elsewhere: list[ElsewhereTreatment],
    today: date,
) -> dict[int, date]:
    """The first day of the next treatment of each case where one may be named."""
    told = standings(by, cases, treatments, elsewhere, today)
    return {
        one.case_id: one.next_day.day
        for one in told
        if one.next_day is not None and one.look_again_on is None
    }


def _standing(
    by: Actor,
    case: Case,
    treatment: Treatment | None,
    dates: list[date],
    today: date,
    serious: datetime | None,
) -> Standing | None:
    reviews = reviews_of(by, case)
    review = reviews[0] if reviews else None
    if treatment is None and review is None:
        return None
    condition = load().conditions[case.condition]
    given = given_on(by, treatment) if treatment is not None else None
    told = _told(review, given) if review is not None else None
    is_open = case.state == Case.State.OPEN
    waits = is_open and given is not None and (told is None or told.is_before_last)
    is_over = told is not None and told.code in ENDS and not told.is_before_last
    talk_first = serious is not None and (review is None or review.created_at < serious)
    due = due_of(by, case, treatment, dates) if is_open and not is_over and not talk_first else None
    agreed = review.next_due_on if review is not None and told and not told.is_before_last else None
    is_paused = told is not None and told.code == "pause" and not told.is_before_last
    next_day = _next_day(due, agreed, today) if due is not None else None
    protocol = load().protocols.get(treatment.plan.protocol) if treatment is not None else None
    days, _ = review_days(condition, protocol)
    return Standing(
        name=condition.plain_name,
        review=told,
        next_day=next_day,
        review_from=given + timedelta(days=int(days.low)) if waits and given else None,
        review_until=given + timedelta(days=int(days.high)) if waits and given else None,
        has_diary=bool(condition.diary),
        case_id=case.pk,
        is_open=is_open,
        is_over=is_over,
        talk_first=is_open and talk_first,
        look_again_on=next_day.day if next_day is not None and is_paused else None,
    )


def _told(review: Review, given: date | None) -> Told:
    return Told(
        code=review.decision,
        title=str(DECIDED[review.decision]),
        held_on=review.held_on,
        by_name=review.by_name,
        why=_why(review.decision, review.recommendation),
        meanwhile=str(MEANWHILE[review.decision]),
        is_before_last=given is not None and review.held_on < given,
    )


def _why(decision: str, kept: Mapping[str, Any]) -> list[str]:  # Any: as it was kept in JSON
    """The plain reasons for this decision; where another one was advised, that it was talked through."""
    reasons = [
        told(str(reason["plain"]))
        for reason in kept.get("reasons", ())
        if reason["recommends"] == decision and reason["plain"]
    ]
    return list(dict.fromkeys(reasons)) or [str(TALKED)]


def _next_day(due: Due, agreed: date | None, today: date) -> NextDay:
    """The agreed day, but never one inside an interval; the reason is the window that ends last."""
    day = max(due.earliest, agreed or due.earliest)
    binding = max(due.reasons, key=lambda reason: reason.ends)
    return NextDay(
        day=day,
        is_past=day <= today,
        is_agreed_later=day > due.earliest,
        given_on=binding.given_on,
        interval_days=due.interval_days,
        interval_months=due.interval_months,
    )


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    """One treatment as another doctor would want to read it."""

    day: date
    is_about: bool
    reason: str
    product: str
    units: str
    lots: str
    where: str
    by: str


def given_rows(
    by: Actor, treatments: Iterable[Treatment], elsewhere: Iterable[ElsewhereTreatment]
) -> list[GivenRow]:
    """Every toxin treatment on record, here and elsewhere, the newest first."""
    rows = [_given_here(by, one) for one in treatments] + [_given_elsewhere(one) for one in elsewhere]
    return sorted(rows, key=lambda row: row.day, reverse=True)


def _given_here(by: Actor, treatment: Treatment) -> GivenRow:
    knowledge, uses = load(), list(treatment.vial_uses.all())
    product = knowledge.products[treatment.product]
    sites = dict.fromkeys(told(knowledge.sites[point.site].plain_name) for point in treatment.points.all())
    units = sum((use.given_units for use in uses), Decimal(0))
    return GivenRow(
        day=given_on(by, treatment),
        is_about=False,
        reason=told(knowledge.conditions[treatment.case.condition].plain_name),
        product=f"{product.brand} ({product.inn})",
        units=f"{plain_number(units):f} {told(product.unit_label)}",
        lots=listed(dict.fromkeys(use.vial.lot.number for use in uses)),
        where=listed_apart(sites),
        by=treatment.injector_name,
    )


def _unlicensed_name(key: str) -> str:
    toxin = load().unlicensed.get(key)
    return toxin.name if toxin else ""


def _given_elsewhere(row: ElsewhereTreatment) -> GivenRow:
    product = load().products.get(row.product)
    label = told(product.unit_label) if product else gettext("units")
    return GivenRow(
        day=row.given_on,
        is_about=row.is_date_approximate,
        reason=row.reason,
        product=f"{product.brand} ({product.inn})" if product else _unlicensed_name(row.product),
        units=f"{plain_number(row.units):f} {label}" if row.units is not None else "",
        lots="",
        where="",
        by=row.where or gettext("another place"),
    )
