"""The jobs of the queue. A job carries the number of a clinic and no fact about anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.handing import hand_over_due
from masseter.journey.messaging.outbox import HAND_OVER, HAND_OVER_NOW, wake
from masseter.journey.messaging.providers.choosing import providers
from masseter.journey.messaging.queries import has_due, worker_of
from masseter.journey.reminding.actions import gone, write_reminders

logger = logging.getLogger(__name__)
QUEUE = "messages"
KEPT_HOURS = 72  # failed jobs stay that long, to be looked at
REMIND = "write_reminders"
# The database may be away for a while: a job is begun again after this many seconds, ever longer.
_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(name=HAND_OVER, queue=QUEUE, retry=_AGAIN)
def hand_over(clinic_id: int) -> None:
    """Hand over whatever one clinic has due."""
    clinic = Clinic.objects.get(pk=clinic_id)
    hand_over_due(clinic, providers(), gone)


@app.task(name=HAND_OVER_NOW, queue=QUEUE, retry=_AGAIN)
def hand_over_now(clinic_id: int) -> None:
    """Hand over what one clinic has that must not wait."""
    clinic = Clinic.objects.get(pk=clinic_id)
    hand_over_due(clinic, providers(), gone, only_immediate=True)


@app.task(name=REMIND, queue=QUEUE, retry=_AGAIN)
def remind(clinic_id: int) -> None:
    """Write what one clinic has to remind of."""
    clinic = Clinic.objects.get(pk=clinic_id)
    with clinic_scope(clinic_id):
        write_reminders(by=worker_of(clinic))


@app.periodic(cron="* * * * *")
@app.task(name="wake_all", queue=QUEUE, queueing_lock="wake_all")
def wake_all(timestamp: int) -> None:
    """Each minute: wake the hand-over of every clinic that has something due.

    So a message goes on whose quiet hours are over, whose wait is over, or whose worker died.
    """

    def wake_if_due(clinic_id: int) -> None:
        with clinic_scope(clinic_id):
            if has_due(clinic_id):
                wake(clinic_id)

    _for_each_clinic(wake_if_due)


@app.periodic(cron="*/10 * * * *")
@app.task(name="remind_all", queue=QUEUE, queueing_lock="remind_all")
def remind_all(timestamp: int) -> None:
    """Each ten minutes: let every clinic look for what is due."""

    def defer(clinic_id: int) -> None:
        try:
            app.configure_task(REMIND, queueing_lock=f"{REMIND}:{clinic_id}").defer(clinic_id=clinic_id)
        except AlreadyEnqueued:
            return

    _for_each_clinic(defer)


@app.periodic(cron="* * * * *")
@app.task(name="tidy", queue=QUEUE, queueing_lock="tidy")
async def tidy(timestamp: int) -> None:
    """Each minute: take the jobs of workers that died out of the queue, and old ones that failed.

    Nothing is lost with them: what they were at waits in the outbox, and `wake_all` begins it anew.
    """
    manager = app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.id is not None:
            await manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)
    await manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)


def _for_each_clinic(act: Callable[[int], None]) -> None:
    """Do something for each clinic; a fault at one does not keep it from the others."""
    for clinic_id in Clinic.objects.values_list("pk", flat=True):
        try:
            act(clinic_id)
        except Exception:
            logger.exception("A job for clinic %s could not be begun.", clinic_id)
