"""Finding the message that a letter brought back, or a gateway reports about, in whichever clinic it is."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.actions.settling import note_bounce
from masseter.journey.messaging.bounces import read_bounce
from masseter.journey.messaging.models import Message
from masseter.journey.messaging.queries import message_by_key, worker_of
from masseter.journey.messaging.reports import Report


class Taken(Enum):
    """What became of the news that a message did not arrive."""

    NOTED = "noted"
    EARLY = "early"  # the worker has not noted the hand-over yet
    UNKNOWN = "unknown"  # none of ours, or a try before the address was corrected


def take_bounce(letter: bytes) -> bool:
    """Mark the message that a letter brought back; False where it brought back none of ours."""
    bounce = read_bounce(letter)
    return bounce is not None and _note(bounce.key, bounce.round, bounce.reason) is Taken.NOTED


def take_report(report: Report) -> Taken:
    """Mark the text message that a gateway could not deliver; what was delivered changes nothing."""
    if not report.is_failed:
        return Taken.NOTED
    return _note(report.key, report.round, report.reason)


def _note(key: UUID, round_: int, reason: str) -> Taken:
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            message = message_by_key(key)
            if message is None or message.round != round_:
                continue  # another clinic's, or a try before the address was corrected
            try:
                note_bounce(by=worker_of(clinic), message=message, reason=reason)
            except Refused:
                return Taken.EARLY if message.state == Message.State.WAITING else Taken.UNKNOWN
            return Taken.NOTED
    return Taken.UNKNOWN
