"""Looking is an event too."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from masseter.journey.audit.models import Submission
from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.ground.rights import Right


@action(Right.SEE_PEOPLE, Right.SEE_CHART, Right.OWN_CARE)
def log_opening(*, by: Actor, patient: ClinicOwned, page: str) -> None:
    """Log that a person opened a page of a patient's chart."""
    record(by=by, what="chart.opened", on=patient, data={"page": page})


def sent_before(by: Actor, key: UUID) -> str | None:
    """Where the first sending of this form led, or None when it is new."""
    found = Submission.objects.filter(clinic_id=by.clinic_id, key=key)
    return found.values_list("url", flat=True).first()


def take_submission(by: Actor, key: UUID) -> bool:
    """Claim a form's key inside the transaction of its action; False where another claim came first.

    A second sending waits here until the first has committed or failed.
    """
    try:
        with transaction.atomic():
            Submission.objects.create(clinic_id=by.clinic_id, user_id=by.user_id, key=key, url="")
    except IntegrityError:
        return False
    return True


def finish_submission(by: Actor, key: UUID, url: str) -> None:
    """Remember where the form led."""
    Submission.objects.filter(clinic_id=by.clinic_id, key=key).update(url=url)
