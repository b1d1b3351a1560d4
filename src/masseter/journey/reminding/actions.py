"""Looking for what is due and writing the messages: as often as one likes, each is written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.models import Kind, Message
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.messaging.queries import settings_of
from masseter.journey.reminding import care
from masseter.journey.reminding.visits import news_gone, visit_gone, visits_near

LOOKS: tuple[Callable[[Actor], Iterator[Wanted]], ...] = (
    visits_near,
    care.diaries_due,
    care.next_visits_due,
    care.consents_waiting,
    care.papers_new,
)
GONE: dict[str, Callable[[Actor, Message], str]] = {
    Kind.VISIT: visit_gone,
    Kind.OFFER: news_gone,
    Kind.CONFIRMED: news_gone,
    Kind.MOVED: news_gone,
    Kind.CANCELLED: news_gone,
    Kind.DIARY: care.diary_gone,
    Kind.NEXT_VISIT: care.next_visit_gone,
    Kind.CONSENT: care.consent_gone,
}


@action(Right.SEND_MESSAGES)
def write_reminders(*, by: Actor) -> int:
    """Write a message for whatever is due and has none yet; answer how many are new."""
    wanted = [one for look in LOOKS for one in look(by)] if settings_of(by).sends_reminders else []
    count = write_messages(by, wanted)
    record(by=by, what="reminders.written", data={"new": count})
    return count


def gone(by: Actor, message: Message) -> str:
    """Why a message is not wanted any more, asked just before it goes; empty where it is."""
    if message.patient is not None and message.patient.merged_into_id is not None:
        return "The record was merged into another."
    asked = GONE.get(message.kind)
    return asked(by, message) if asked is not None else ""
