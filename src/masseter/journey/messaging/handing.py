"""Handing messages over, each once, also where the worker dies in the middle.

Three steps, each committed before the next: the journal says that a try begins; the provider takes
the message with a key that stays the same in every repeat; the journal says how it ended. Only then is the
message itself settled, with an event in the trail. While one worker has a message it holds a lock that
ends with its connection, so that its death sets the message free at once. A repeat carries the same key,
and a provider does not send a key twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.actions.settling import settle_message
from masseter.journey.messaging.kinds import KINDS
from masseter.journey.messaging.models import TOLD, HandOver, Message
from masseter.journey.messaging.providers.choosing import Providers
from masseter.journey.messaging.providers.interface import Envelope, RefusedForGood, TryLater
from masseter.journey.messaging.queries import bounced_before, due_messages, settings_of, worker_of
from masseter.journey.messaging.quiet import after_quiet, is_quiet
from masseter.journey.messaging.rendering import envelope_of, way_of

logger = logging.getLogger(__name__)
# Minutes to wait after a try that ended without a hand-over; after the last the desk is told.
WAITS = (1, 5, 15, 60, 240, 480)
MOST_UNKNOWN = 3  # tries that ended nobody knows how, after which a message might be what kills the worker
# Answers why a message is not wanted any more; empty where it is.
Gone = Callable[[Actor, Message], str]


@dataclass(frozen=True, kw_only=True)
class _Begun:
    """A try that is in the journal."""

    hand_over: HandOver
    envelope: Envelope


def hand_over_due(clinic: Clinic, providers: Providers, gone: Gone) -> int:
    """Hand over whatever a clinic has due; answer how many messages were accepted."""
    by, accepted = worker_of(clinic), 0
    with clinic_scope(clinic.pk):
        due = due_messages(clinic.pk, clock.now(), _allowed(by))
    try:
        for number in due:
            with _held(number) as is_ours:
                if is_ours:
                    accepted += _guarded(by, clinic, number, providers, gone)
    finally:
        for provider in providers.values():
            provider.close()
    return accepted


def _allowed(by: Actor) -> set[str] | None:
    """The kinds that may go out now; None for all."""
    decided = settings_of(by)
    quiet = is_quiet(
        clock.now(), zone=by.zone, quiet_from=decided.quiet_from, quiet_until=decided.quiet_until
    )
    return {kind for kind, one in KINDS.items() if one.is_immediate} if quiet else None


@contextmanager
def _held(number: int) -> Iterator[bool]:
    """Hold a message for this connection alone; False where another worker has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('masseter.message'), %s)", [number % 2**31])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(hashtext('masseter.message'), %s)", [number % 2**31]
                )


def _guarded(by: Actor, clinic: Clinic, number: int, providers: Providers, gone: Gone) -> int:
    """Hand one message over; a fault in the program at one is logged and does not hold up the others."""
    try:
        return _hand_over(by, clinic, number, providers, gone)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Message %s could not be handed over.", number)
        with clinic_scope(by.clinic_id):
            message = Message.objects.get(pk=number)
            if message.state == Message.State.WAITING:
                reason = "A fault in the program; the server's log says which. It may have gone out."
                settle_message(by=by, message=message, state=Message.State.FAILED, reason=reason)
        return 0


def _hand_over(by: Actor, clinic: Clinic, number: int, providers: Providers, gone: Gone) -> int:
    begun = _begin(by, clinic, number, providers, gone)
    if begun is None:
        return 0
    outcome, told = HandOver.Outcome.ACCEPTED, ""
    try:
        told = providers[begun.hand_over.channel].hand_over(begun.envelope)
    except RefusedForGood as error:
        outcome, told = HandOver.Outcome.REFUSED, str(error)
    except TryLater as error:
        outcome, told = HandOver.Outcome.LATER, str(error)
    _journal(by, begun.hand_over, outcome, told)
    _end(by, number, begun.hand_over)
    return int(outcome == HandOver.Outcome.ACCEPTED)


def _begin(by: Actor, clinic: Clinic, number: int, providers: Providers, gone: Gone) -> _Begun | None:
    """Write a try into the journal; None where there is nothing to hand over, and the message is settled."""
    with clinic_scope(by.clinic_id):
        message = Message.objects.select_related("patient").get(pk=number)
        if message.state != Message.State.WAITING or message.due_at > clock.now():
            return None
        tries = list(HandOver.objects.filter(message=message, key=message.provider_key))
        ended = next((one for one in tries if one.outcome == HandOver.Outcome.ACCEPTED), None)
        if ended is not None:
            _end(by, number, ended)
            return None
        reason = _expired(message) or gone(by, message)
        if reason:
            settle_message(by=by, message=message, state=Message.State.WITHDRAWN, reason=reason)
            return None
        if sum(one.outcome == "" for one in tries) >= MOST_UNKNOWN:
            reason = "The worker died in each try. It may have gone out."
            settle_message(by=by, message=message, state=Message.State.FAILED, reason=reason)
            return None
        return _prepared(by, clinic, message, providers)


def _prepared(by: Actor, clinic: Clinic, message: Message, providers: Providers) -> _Begun | None:
    way = way_of(message, list(providers), texts=settings_of(by).sends_texts)
    if way is None:
        reason = "There is no address, or no wish for messages on the channels that are left."
        settle_message(by=by, message=message, state=Message.State.WITHDRAWN, reason=reason)
        return None
    if bounced_before(by.clinic_id, way.channel, way.address):
        message.channel = way.channel
        reason = "An earlier message to this address came back. Correct the address."
        settle_message(by=by, message=message, state=Message.State.FAILED, reason=reason)
        return None
    message.channel, message.attempts = way.channel, message.attempts + 1
    message.save(update_fields=["channel", "attempts"])
    hand_over = HandOver.objects.create(
        clinic_id=by.clinic_id,
        message=message,
        key=message.provider_key,
        channel=way.channel,
        provider=providers[way.channel].name,
        address=way.address,
        began_at=clock.now(),
    )
    return _Begun(hand_over=hand_over, envelope=envelope_of(by, clinic, message, way))


def _journal(by: Actor, hand_over: HandOver, outcome: HandOver.Outcome, told: str) -> None:
    """Write how a try ended, at once: nothing here waits for other writers of the clinic."""
    hand_over.outcome, hand_over.told, hand_over.ended_at = outcome, _short(told), clock.now()
    with clinic_scope(by.clinic_id):
        hand_over.save(update_fields=["outcome", "told", "ended_at"])


def _end(by: Actor, number: int, hand_over: HandOver) -> None:
    """Settle the message by how its try ended, or put it off."""
    with clinic_scope(by.clinic_id):
        message = Message.objects.get(pk=number)
        if hand_over.outcome == HandOver.Outcome.ACCEPTED:
            settle_message(by=by, message=message, state=Message.State.HANDED, reason="")
        elif hand_over.outcome == HandOver.Outcome.REFUSED or message.attempts > len(WAITS):
            settle_message(by=by, message=message, state=Message.State.FAILED, reason=hand_over.told)
        else:
            message.due_at = _later(by, message.attempts)
            message.reason = hand_over.told
            message.save(update_fields=["due_at", "reason"])


def _later(by: Actor, attempts: int) -> datetime:
    decided = settings_of(by)
    at = clock.now() + timedelta(minutes=WAITS[max(attempts, 1) - 1])
    return after_quiet(at, zone=by.zone, quiet_from=decided.quiet_from, quiet_until=decided.quiet_until)


def _expired(message: Message) -> str:
    is_late = message.expires_at is not None and message.expires_at <= clock.now()
    return "It was too late to be of use." if is_late else ""


def _short(told: str) -> str:
    return " ".join(told.replace("\x00", " ").split())[:TOLD]
