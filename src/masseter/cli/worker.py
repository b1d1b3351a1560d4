"""`masseter worker`: writes reminders and hands messages over, until it is stopped."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated, cast

import typer
from rich.console import Console

from masseter.cli.django import set_up
from masseter.cli.service import refuse_unready

AT_ONCE = 2  # jobs side by side: one that waits for a slow mail server does not hold up the rest


def worker(
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="Do what waits in the queue, then end.")
    ] = False,
) -> None:
    """Do the jobs of the queue: reminders and messages. Start one beside `masseter serve`."""
    set_up()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    refuse_unready()
    _wake()
    Console().print("The message worker is running.")
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(
            name=f"worker-{os.getpid()}",
            concurrency=AT_ONCE,
            wait=not until_empty,
            delete_jobs="successful",
            shutdown_graceful_timeout=20,
        )


def _wake() -> None:
    """Begin with what a worker left that died: its messages wait in the outbox."""
    from procrastinate.exceptions import AlreadyEnqueued

    from masseter.journey.ground import clock
    from masseter.journey.reminding.jobs import wake_all

    with suppress(AlreadyEnqueued):
        wake_all.configure(task_kwargs={"timestamp": int(clock.now().timestamp())}).defer()


def worker_command() -> list[str]:
    """The worker as a command line."""
    return [sys.executable, "-m", "masseter.cli.worker"]


if __name__ == "__main__":
    # Without the other commands and what they load: it starts twice as fast.
    typer.run(worker)
