"""What a patient can do today, what comes next, and who looked, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from masseter.journey.consult.models import Case
from masseter.journey.consult.pain import newest_days
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import Look
from masseter.journey.recover.queries import given_on, in_aftercare
from masseter.journey.results.due import diary_due
from masseter.journey.results.wear_offs import asks_now, said_of
from masseter.knowledge.load import load
from masseter.portal.consult.steps import steps_of
from masseter.portal.recover.presenters import after
from masseter.ui.events import look_words, role_words
from masseter.ui.languages.lists import listed_apart
from masseter.ui.languages.told import told
from masseter.ui.observations import intake_types

PAINFUL = {"pain", "headache"}  # what the diary of a condition with pain keeps


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do today."""

    title: str
    detail: str
    url: str
    icon: str


def tasks(
    by: Actor,
    patient: Patient,
    cases: list[Case],
    treatments: list[Treatment],
    today: date,
    *,
    has_review: bool = False,
) -> list[Task]:
    """What waits for the patient today: the visit's questions, the days after a treatment, the diary.

    Where it hurts is drawn before the first treatment, and again before a review that is booked.
    """
    treated = {one.case_id: given_on(by, one) for one in treatments}
    waiting = [*_after_treatment(by, treatments, today)]
    waiting += _pain(by, cases, treated, has_review)
    if not cases and not treatments:
        waiting.append(_begin())
    for case in cases:
        if case.pk not in treated:
            waiting.extend(_intake(patient, case))
        waiting.extend(_diary(case, treated.get(case.pk), today))
    return waiting


def look_lines(looks: Iterable[Look], by: Actor) -> list[dict[str, object]]:
    """Who looked or wrote: when, who, in which role, and what for."""
    return [
        {
            "number": look.number,
            "at": _local(look.at, by.zone),
            "is_own": look.roles == Role.PATIENT,
            "who": _("You") if look.roles == Role.PATIENT else look.name,
            "roles": role_words(look.roles),
            "what": look_words(look),
        }
        for look in looks
    ]


def _after_treatment(by: Actor, treatments: list[Treatment], today: date) -> list[Task]:
    if not treatments:
        return []
    days = after(by, in_aftercare(by, treatments, today), today)
    advice = days[0].advice
    if not advice:
        return []
    if len(days) > 1:
        when = listed_apart(f"{capfirst(told(one.name))}: {one.words}" for one in days) + "."
    else:
        first = days[0].day
        when = (
            _("Your treatment was today.")
            if first == 0
            else _("Day %(day)s after your treatment.") % {"day": first}
        )
    check = Task(
        title=_("How are you today?"),
        detail=_("%(when)s A few questions; the answer comes at once.") % {"when": when},
        url=reverse("my_symptoms"),
        icon="heart",
    )
    read = Task(
        title=_("Aftercare"),
        detail=told(advice[-1].text),
        url=reverse("my_aftercare"),
        icon="clipboard-heart",
    )
    return [check, read]


def _intake(patient: Patient, case: Case) -> list[Task]:
    standing = standings_of(patient, case)
    types = [type_ for type_ in intake_types(case.condition) if type_.question]
    still_open = sum(step.still_open for step in steps_of(types, standing))
    if not still_open:
        return []
    title = load().conditions[case.condition].story.title
    return [
        Task(
            title=_("Questions before your visit"),
            detail=_("%(condition)s: %(number)s still open. You may leave some out.")
            % {"condition": told(title), "number": still_open},
            url=f"{reverse('my_intake')}?case={case.pk}",
            icon="clipboard-list",
        )
    ]


def _pain(by: Actor, cases: list[Case], treated: Mapping[int, date], has_review: bool) -> list[Task]:
    """A drawing of the pain: one before the first treatment, a newer one where a review is booked."""
    hurting = [case for case in cases if PAINFUL & set(load().conditions[case.condition].diary)]
    drawn = newest_days(by, hurting)
    found = []
    for case in hurting:
        last, seen = treated.get(case.pk), drawn.get(case.pk)
        is_wanted = seen is None if last is None else has_review and (seen is None or seen <= last)
        if is_wanted:
            title = load().conditions[case.condition].story.title
            url = f"{reverse('my_pain')}?case={case.pk}"
            visit = _("%(condition)s: before your visit.")
            before = visit if last is None else _("%(condition)s: before your review.")
            found.append(
                Task(
                    title=_("Draw where it hurts"),
                    detail=before % {"condition": told(title)},
                    url=url,
                    icon="map-pin",
                )
            )
    return found


def _begin() -> Task:
    """The diary before a treatment need not wait for the first visit."""
    return Task(
        title=_("Begin your diary"),
        detail=_("It helps your clinic already at the first visit. Two taps a day are enough."),
        url=reverse("my_diary_begin"),
        icon="notebook",
    )


def _diary(case: Case, treated_on: date | None, today: date) -> list[Task]:
    """The diary on the days on which it asks, and in the weeks around it, whether the effect has worn off."""
    title = load().conditions[case.condition].story.title
    treatments = [treated_on] if treated_on is not None else []
    due = diary_due(case, today=today, treatments=treatments)
    found = []
    if due is not None and due.due_on == today:
        found.append(
            Task(
                title=_("This week’s diary") if due.is_weekly else _("Today’s diary"),
                detail=_("%(condition)s: two taps are enough.") % {"condition": told(title)},
                url=f"{reverse('my_diary')}?case={case.pk}",
                icon="notebook",
            )
        )
    if treatments and asks_now(case, said_of(case), treatments, today):
        found.append(
            Task(
                title=_("Does it still work?"),
                detail=_("%(condition)s: your answer helps to find the right time for the next treatment.")
                % {"condition": told(title)},
                url=f"{reverse('my_wear_off')}?case={case.pk}",
                icon="calendar-due",
            )
        )
    return found


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
