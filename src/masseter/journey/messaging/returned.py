"""Finding the message that a letter brought back, in whichever clinic it is."""

from __future__ import annotations

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.actions.settling import note_bounce
from masseter.journey.messaging.bounces import read_bounce
from masseter.journey.messaging.queries import message_by_key, worker_of


def take_bounce(letter: bytes) -> bool:
    """Mark the message that a letter brought back; False where it brought back none of ours."""
    bounce = read_bounce(letter)
    if bounce is None:
        return False
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            message = message_by_key(bounce.key)
            if message is None or message.round != bounce.round:
                continue  # another clinic's, or a try before the address was corrected
            try:
                note_bounce(by=worker_of(clinic), message=message, reason=bounce.reason)
            except Refused:
                return False
            return True
    return False
