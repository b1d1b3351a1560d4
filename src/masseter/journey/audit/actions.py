"""Looking is an event too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from masseter.journey.audit.models import OPENED, Submission
from masseter.journey.audit.trail import record as write
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.ground.rights import Right


@action(Right.SEE_PEOPLE, Right.SEE_CHART, Right.OWN_CARE, Right.SEE_OWN)
def log_opening(*, by: Actor, record: ClinicOwned, page: str) -> None:
    """Log that a person was shown a page of a patient's chart, or of a request that holds answers."""
    write(by=by, what=OPENED, on=record, data={"page": page})


@action(Right.RELEASE_REGISTRY)
def note_release(*, by: Actor, release: str, condition: str, patients: Sequence[int], digest: str) -> None:
    """Log a release of the registry, and for each patient that their course went into it."""
    told = {"release": release, "condition": condition}
    write(by=by, what="registry.released", data={**told, "patients": len(patients), "digest": digest})
    for number in patients:
        write(by=by, what="registry.course_released", patient_id=number, data=told)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Where the first sending of a form led, and whether it was this one."""

    url: str
    is_same: bool


def sent_before(by: Actor, key: UUID, content: str) -> Sent | None:
    """What became of the first sending of this form, or None when it is new."""
    row = Submission.objects.filter(clinic_id=by.clinic_id, key=key).exclude(url="").first()
    if row is None:
        return None
    return Sent(url=row.url, is_same=(row.user_id, row.content) == (by.user_id, content))


def take_submission(by: Actor, key: UUID, content: str) -> bool:
    """Claim a form's key inside the transaction of its action; False where another claim came first.

    A second sending waits here until the first has committed or failed.
    """
    try:
        with transaction.atomic():
            Submission.objects.create(
                clinic_id=by.clinic_id, user_id=by.user_id, key=key, url="", content=content
            )
    except IntegrityError:
        return False
    return True


def finish_submission(by: Actor, key: UUID, url: str) -> None:
    """Remember where the form led."""
    Submission.objects.filter(clinic_id=by.clinic_id, key=key).update(url=url)
