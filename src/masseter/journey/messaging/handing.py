"""Handing messages over, each once, also where the worker dies in the middle.

Three steps, each committed before the next: the journal says that a try begins; the provider takes
the message with a key that stays the same in every repeat; the journal says how it ended. Only then is the
message itself settled, with an event in the trail. While one worker has a message it holds a lock that
ends with its connection, so that its death sets the message free at once. A repeat carries the same key,
and a provider does not send a key twice. A notification is one try for each device.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.actions.devices import forget_device
from masseter.journey.messaging.actions.settling import settle_message
from masseter.journey.messaging.kinds import IMMEDIATE, KINDS
from masseter.journey.messaging.models import TOLD, Channel, Device, HandOver, Message
from masseter.journey.messaging.outbox import wake
from masseter.journey.messaging.providers.choosing import Providers
from masseter.journey.messaging.providers.interface import (
    AddressGone,
    Envelope,
    Provider,
    RefusedForGood,
    TryLater,
)
from masseter.journey.messaging.queries import bounced_before, due_messages, settings_of, worker_of
from masseter.journey.messaging.quiet import after_quiet, is_quiet
from masseter.journey.messaging.rendering import Way, envelope_of, ways_of

logger = logging.getLogger(__name__)
# Minutes to wait after a try that ended without a hand-over; after the last the desk is told.
WAITS = (1, 5, 15, 60, 240, 480)
MOST_AT_ONCE = 200  # messages of one job
MOST_PUSHES = 3  # tries of a notification, after which mail or a text message takes its place
MOST_UNKNOWN = 3  # tries that ended nobody knows how, after which a message might be what kills the worker
# Answers why a message is not wanted any more; empty where it is.
Gone = Callable[[Actor, Message], str]


@dataclass(frozen=True, kw_only=True)
class _Begun:
    """A try that is in the journal; `device` is of a notification."""

    hand_over: HandOver
    envelope: Envelope
    device: Device | None = None


def hand_over_due(clinic: Clinic, providers: Providers, gone: Gone, *, only_immediate: bool = False) -> int:
    """Hand over whatever a clinic has due; answer how many messages were accepted.

    At most some hundred at once, and what must not wait first: then the job ends and wakes another, so that
    an alarm of any clinic gets its turn.
    """
    by, accepted = worker_of(clinic), 0
    with clinic_scope(clinic.pk):
        due = due_messages(clinic.pk, clock.now(), IMMEDIATE if only_immediate else _allowed(by))
        if len(due) > MOST_AT_ONCE:
            wake(clinic.pk)
        due = due[:MOST_AT_ONCE]
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
    return set(IMMEDIATE) if quiet else None


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
    for one in begun:
        _try(by, one, providers[one.hand_over.channel])
    is_accepted = _end(by, number, begun)
    if is_accepted is None:
        return _hand_over(by, clinic, number, providers, gone)
    return int(is_accepted)


def _begin(by: Actor, clinic: Clinic, number: int, providers: Providers, gone: Gone) -> list[_Begun] | None:
    """Write tries into the journal; None where there is nothing to hand over, and the message is settled."""
    with clinic_scope(by.clinic_id):
        message = Message.objects.select_related("patient").get(pk=number)
        if message.state != Message.State.WAITING or message.due_at > clock.now():
            return None
        tries = _tries(message)
        reason = _expired(message) or gone(by, message)
        if _is_accepted(tries) and (message.channel != Channel.PUSH or reason):
            settle_message(by=by, message=message, state=Message.State.HANDED, reason="")
            return None
        if reason:
            settle_message(by=by, message=message, state=Message.State.WITHDRAWN, reason=reason)
            return None
        if any(count >= MOST_UNKNOWN for count in _counted(tries, "").values()):
            reason = "The worker died in each try. It may have gone out."
            settle_message(by=by, message=message, state=Message.State.FAILED, reason=reason)
            return None
        return _prepared(by, clinic, message, tries, providers)


def _prepared(
    by: Actor, clinic: Clinic, message: Message, tries: list[HandOver], providers: Providers
) -> list[_Begun] | None:
    ways = _ways(by, message, tries, providers)
    if not ways:
        _settle_without_way(by, message, tries)
        return None
    way = ways[0]
    is_doubted = bounced_before(by.clinic_id, way.channel, way.address)
    if is_doubted and not KINDS[message.kind].is_for_staff:
        message.channel = way.channel
        reason = "An earlier message to this address came back. Correct the address."
        settle_message(by=by, message=message, state=Message.State.FAILED, reason=reason)
        return None
    message.channel, message.attempts = way.channel, message.attempts + 1
    message.save(update_fields=["channel", "attempts"])
    return [_begun(by, clinic, message, one, providers) for one in ways]


def _ways(by: Actor, message: Message, tries: list[HandOver], providers: Providers) -> list[Way]:
    """The ways that are left. Notifications that could not be sent some times give way to the others."""
    able = set(providers)
    if any(count >= MOST_PUSHES for count in _counted(tries, HandOver.Outcome.LATER, Channel.PUSH).values()):
        able -= {Channel.PUSH}
    done = {HandOver.Outcome.ACCEPTED, HandOver.Outcome.REFUSED}
    passed = {one.address for one in tries if one.outcome in done}
    return ways_of(message, able, texts=settings_of(by).sends_texts, passed=passed)


def _settle_without_way(by: Actor, message: Message, tries: list[HandOver]) -> None:
    pushed = [one for one in tries if one.channel == Channel.PUSH]
    state = Message.State.WITHDRAWN
    reason = "There is no address, or no wish for messages on the channels that are left."
    if _is_accepted(tries):
        state, reason = Message.State.HANDED, ""
    elif pushed:
        state, reason = Message.State.FAILED, f"No device took the notification. {pushed[-1].told}"
        message.channel = Channel.PUSH
    settle_message(by=by, message=message, state=state, reason=reason)


def _begun(by: Actor, clinic: Clinic, message: Message, way: Way, providers: Providers) -> _Begun:
    hand_over = HandOver.objects.create(
        clinic_id=by.clinic_id,
        message=message,
        key=message.provider_key,
        channel=way.channel,
        provider=providers[way.channel].name,
        address=way.address,
        began_at=clock.now(),
    )
    envelope = envelope_of(by, clinic, message, way)
    return _Begun(hand_over=hand_over, envelope=envelope, device=way.device)


def _try(by: Actor, begun: _Begun, provider: Provider) -> None:
    outcome, told, is_gone = HandOver.Outcome.ACCEPTED, "", False
    try:
        told = provider.hand_over(begun.envelope)
    except RefusedForGood as error:
        outcome, told, is_gone = HandOver.Outcome.REFUSED, str(error), isinstance(error, AddressGone)
    except TryLater as error:
        outcome, told = HandOver.Outcome.LATER, str(error)
    _journal(by, begun.hand_over, outcome, told)
    if is_gone and begun.device is not None:
        with clinic_scope(by.clinic_id):
            forget_device(by=by, device=begun.device, reason=told)


def _journal(by: Actor, hand_over: HandOver, outcome: HandOver.Outcome, told: str) -> None:
    """Write how a try ended, at once: nothing here waits for other writers of the clinic."""
    hand_over.outcome, hand_over.told, hand_over.ended_at = outcome, _short(told), clock.now()
    with clinic_scope(by.clinic_id):
        hand_over.save(update_fields=["outcome", "told", "ended_at"])


def _end(by: Actor, number: int, begun: list[_Begun]) -> bool | None:
    """Settle the message by how its tries ended, or put it off; None where another way is to be tried now."""
    tried = [one.hand_over for one in begun]
    later = [one for one in tried if one.outcome == HandOver.Outcome.LATER]
    with clinic_scope(by.clinic_id):
        message = Message.objects.get(pk=number)
        is_push = message.channel == Channel.PUSH
        if later and message.attempts <= (MOST_PUSHES - 1 if is_push else len(WAITS)):
            message.due_at, message.reason = _later(by, message), later[-1].told
            message.save(update_fields=["due_at", "reason"])
            return False
        if _is_accepted(_tries(message)):
            settle_message(by=by, message=message, state=Message.State.HANDED, reason="")
            return True
        if is_push:
            message.channel, message.attempts = "", 0
            message.save(update_fields=["channel", "attempts"])
            return None
        settle_message(by=by, message=message, state=Message.State.FAILED, reason=tried[-1].told)
        return False


def _tries(message: Message) -> list[HandOver]:
    """The tries of this round, the first one first."""
    return list(HandOver.objects.filter(message=message, key=message.provider_key))


def _is_accepted(tries: list[HandOver]) -> bool:
    return any(one.outcome == HandOver.Outcome.ACCEPTED for one in tries)


def _counted(tries: list[HandOver], outcome: str, channel: str = "") -> Counter[str]:
    """How many tries ended so, by address."""
    return Counter(
        one.address for one in tries if one.outcome == outcome and (not channel or one.channel == channel)
    )


def _later(by: Actor, message: Message) -> datetime:
    decided = settings_of(by)
    at = clock.now() + timedelta(minutes=WAITS[max(message.attempts, 1) - 1])
    if message.kind in IMMEDIATE:
        return at
    return after_quiet(at, zone=by.zone, quiet_from=decided.quiet_from, quiet_until=decided.quiet_until)


def _expired(message: Message) -> str:
    is_late = message.expires_at is not None and message.expires_at <= clock.now()
    return "It was too late to be of use." if is_late else ""


def _short(told: str) -> str:
    return " ".join(told.replace("\x00", " ").split())[:TOLD]
