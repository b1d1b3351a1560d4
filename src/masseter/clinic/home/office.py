"""What waits for the desk, the manager and the administrator."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from masseter.clinic.home.items import WorkItem, WorkList
from masseter.clinic.stock.low import low_sizes
from masseter.journey.accounts.queries import staff_lacking_factor
from masseter.journey.audit.verify import verify_newest
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.queries import appointments_on, asked_times
from masseter.journey.follow_up.due_days import RecallDay, running_recalls
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.queries import not_arrived, overdue
from masseter.journey.record.queries import asked_open
from masseter.journey.screen.models import Referral
from masseter.journey.screen.queries import GET_HELP_NOW, new_referrals
from masseter.journey.stock.alerted import open_alerts
from masseter.journey.stock.models import Lot
from masseter.journey.stock.queries import lots_of
from masseter.knowledge.check import due
from masseter.knowledge.load import load

SOON = timedelta(days=60)  # stock that expires within it is named
YEAR = 365  # evidence looked at longer ago is due again
NEWEST = 500  # events of the trail that the page walks; the whole is walked on the command line
TONES = {
    "asked": "caution",
    "offered": "note",
    "arrived": "good",
    "booked": "plain",
    "done": "brand",
    "missed": "caution",
}


def appointments(by: Actor, today: date) -> WorkList:
    """Today's appointments; for those who treat, their own and those with nobody named."""
    zone = ZoneInfo(by.zone)
    found = [one for one in appointments_on(by, today) if one.state != Appointment.State.CANCELLED]
    if by.may(Right.INJECT) and not by.may(Right.KEEP_REFERRALS):
        found = [one for one in found if one.with_user_id in (None, by.user_id)]
    items = [
        WorkItem(
            name=f"{one.starts_at.astimezone(zone):%H:%M} {one.patient}",
            words=_appointment_words(one),
            url=reverse("patient", args=[one.patient_id]),
            mark=one.get_state_display().lower(),
            tone=TONES[one.state],
        )
        for one in found
    ]
    return WorkList(
        title="Appointments today", icon="calendar-time", items=items, all_url=reverse("calendar")
    )


def picked_times(by: Actor, today: date) -> WorkList:
    """Times that patients picked, each kept until somebody answers."""
    zone = ZoneInfo(by.zone)
    items = [
        WorkItem(
            name=f"{local.day} {local:%B, %H:%M} {one.patient}",
            words=_appointment_words(one),
            url=reverse("appointment", args=[one.pk]),
            mark="to confirm",
            tone="caution",
        )
        for one in asked_times(by)
        for local in [one.starts_at.astimezone(zone)]
    ]
    return WorkList(
        title="Times that patients picked",
        icon="calendar-event",
        items=items,
        all_url=reverse("waiting_list"),
    )


def alerts(by: Actor, today: date) -> WorkList:
    """Alerts on lots that nobody has closed."""
    items = [
        WorkItem(
            name=one.title,
            words=f"{one.get_kind_display()} from {one.source}",
            url=reverse("alert", args=[one.pk]),
            mark="open",
            tone="stop",
        )
        for one in open_alerts(by)
    ]
    return WorkList(title="Alerts on lots", icon="alert-octagon", items=items, all_url=reverse("alerts"))


def requests(by: Actor, today: date) -> WorkList:
    """Requests for an appointment that nobody has answered."""
    items = [
        WorkItem(
            name=one.name,
            words=f"{_condition(one.condition)}since {one.created_at.day} {one.created_at:%B}",
            url=reverse("referral", args=[one.pk]),
            mark=_request_mark(one),
            tone="stop" if one.outcome == GET_HELP_NOW else "caution",
        )
        for one in new_referrals(by)
    ]
    return WorkList(title="Requests to answer", icon="inbox", items=items, all_url=reverse("referrals"))


def asked(by: Actor, today: date) -> WorkList:
    """What patients asked about their records."""
    items = [
        WorkItem(
            name=str(one.patient),
            words=f"{one.get_kind_display()}, since {one.created_at.day} {one.created_at:%B}",
            url=reverse("asked", args=[one.pk]),
        )
        for one in asked_open(by)
    ]
    return WorkList(
        title="Questions about records", icon="message", items=items, all_url=reverse("asked_list")
    )


def _request_mark(one: Referral) -> str:
    if one.outcome == GET_HELP_NOW:
        return "get help now: call first"
    return "warning sign not answered" if one.red_flags_open else ""


def recalls(by: Actor, today: date) -> WorkList:
    """Recalls that are due."""
    items = [_recall_item(one, today) for one in running_recalls(by, until=today)]
    return WorkList(title="Recalls due", icon="bell", items=items, all_url=reverse("recalls"))


def lost_messages(by: Actor, today: date) -> WorkList:
    """Messages that failed or came back."""
    items = [
        WorkItem(
            name=str(one.patient or one.address),
            words=f"{one.get_kind_display()}: {one.reason}",
            url=reverse("message", args=[one.pk]),
            mark=one.get_state_display().lower(),
            tone="caution",
        )
        for one in not_arrived(by)
    ]
    return WorkList(
        title="Messages that did not arrive", icon="mail", items=items, all_url=reverse("messages")
    )


def stuck_messages(by: Actor, today: date) -> WorkList:
    """Whether messages wait that should be out: nobody else would notice a worker that does not run."""
    since = overdue(by)
    items = []
    if since is not None:
        local = since.astimezone(ZoneInfo(by.zone))
        words = f"Due since {local.day} {local:%B, %H:%M}. Is the message worker running?"
        items = [
            WorkItem(name="Messages", words=words, url=reverse("message_settings"), mark="stuck", tone="stop")
        ]
    return WorkList(title="Messages do not go out", icon="mail", items=items)


def stock(by: Actor, today: date) -> WorkList:
    """Lots that expire soon or are expired, and products that run low."""
    lots = [one for one in lots_of(by) if one.sealed]
    items = [_lot_item(one.lot, one.sealed, today) for one in lots if one.lot.expires_on <= today + SOON]
    items += [
        WorkItem(
            name=low.name,
            words=f"{low.count} sealed vial{'' if low.count == 1 else 's'} left",
            url=reverse("stock_needs"),
            mark="low",
            tone="caution",
        )
        for low in low_sizes(by, lots, today)
    ]
    return WorkList(title="Stock to look after", icon="vaccine-bottle", items=items, all_url=reverse("stock"))


def staff_without_factor(by: Actor, today: date) -> WorkList:
    """People who have not set up their second factor."""
    items = [
        WorkItem(name=name, words=f"{email}: no second factor yet", url=reverse("staff"))
        for name, email in staff_lacking_factor(by)
    ]
    return WorkList(title="Sign-in not secured", icon="shield-lock", items=items, all_url=reverse("staff"))


def trail_faults(by: Actor, today: date) -> WorkList:
    """Whether the newest part of the audit trail holds."""
    items = [
        WorkItem(
            name="Audit trail", words=fault.sentence, url=reverse("audit_trail"), mark="fault", tone="stop"
        )
        for fault in verify_newest(by.clinic_id, NEWEST)
    ]
    return WorkList(title="The audit trail does not hold", icon="shield-x", items=items)


def knowledge_due(by: Actor, today: date) -> WorkList:
    """Evidence that was looked at more than a year ago."""
    old = [one for one in due(today, YEAR) if one.is_old]
    items = [WorkItem(name=one.file, words=one.path, url=reverse("knowledge")) for one in old]
    return WorkList(
        title="Knowledge to look at again", icon="book", items=items, all_url=reverse("knowledge")
    )


def _recall_item(one: RecallDay, today: date) -> WorkItem:
    is_booked, is_late = one.recall.state == "booked", one.due_on < today
    return WorkItem(
        name=str(one.recall.patient),
        words=f"{load().conditions[one.recall.case.condition].name}, due {one.due_on.day} {one.due_on:%B %Y}",
        url=reverse("recall", args=[one.recall.pk]),
        mark="booked" if is_booked else "overdue" if is_late else "today",
        tone="good" if is_booked else "stop" if is_late else "caution",
    )


def _appointment_words(one: Appointment) -> str:
    who = f" with {one.with_user}" if one.with_user is not None else ""
    return f"{one.get_kind_display()}{who}, {one.minutes} minutes"


def _lot_item(lot: Lot, sealed: int, today: date) -> WorkItem:
    is_past = lot.expires_on < today
    said = "expired on" if is_past else "expires on"
    return WorkItem(
        name=f"{load().products[lot.product].brand}, lot {lot.number}",
        words=f"{sealed} sealed, {said} {lot.expires_on.day} {lot.expires_on:%B %Y}",
        url=reverse("lot", args=[lot.pk]),
        mark="expired" if is_past else "soon",
        tone="stop" if is_past else "caution",
    )


def _condition(code: str) -> str:
    found = load().conditions.get(code)
    return f"{found.name}, " if found is not None else ""
