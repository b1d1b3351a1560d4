"""`masseter run`: everything that a clinic needs, in one command."""

from __future__ import annotations

import os
import signal
import subprocess

from rich.console import Console

from masseter.cli.database import migrate
from masseter.cli.django import set_up
from masseter.cli.service import NotReady, collect_static, server_command
from masseter.cli.worker import worker_command

LOOK_AGAIN = 5  # seconds after which a worker that died is started anew
PATIENCE = 30  # seconds that the worker has to finish the message it is at


def demo() -> None:
    """Load the demo clinic, if it is not there yet. Refused in production: its sign-ins are public."""
    set_up()
    from django.conf import settings

    if settings.IS_PRODUCTION:
        raise NotReady(
            "The demo clinic is not loaded in production: its passwords and codes are known to everybody. "
            "Set MASSETER_ENVIRONMENT=demo on another machine or database to look around."
        )
    from masseter.cli.demo import play

    if play.is_loaded():
        Console().print("The demo clinic is there already.")
        raise SystemExit(0)
    play.load()
    play.print_sign_ins(Console())


def run(demo: bool = True) -> None:
    """Bring the database up to date, load the demo clinic once, serve and send messages until Ctrl-C."""
    set_up()
    from django.conf import settings

    console = Console()
    migrate(quiet=True)
    collect_static()
    if demo and settings.IS_DEMO:
        from masseter.cli.demo import play

        if not play.is_loaded():
            play.load()
        play.print_sign_ins(console)
    console.print(f"\n  Masseter is at [bold]{settings.BASE_URL}/[/bold]   (stop with Ctrl-C)\n")
    raise SystemExit(_serve_with_worker())


def _serve_with_worker() -> int:
    """Run server and worker until the server ends; answer its exit code."""
    server = subprocess.Popen(server_command(), env=os.environ.copy())
    worker = _start_worker()
    # Whoever ends this process ends both, and with the last of them the embedded database.
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        while True:
            try:
                return server.wait(timeout=LOOK_AGAIN)
            except subprocess.TimeoutExpired:
                if worker.poll() is not None:
                    worker = _start_worker()
    except KeyboardInterrupt:
        return server.wait(timeout=15)
    finally:
        _stop_worker(worker)


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(worker_command(), env=os.environ.copy(), stdout=subprocess.DEVNULL)


def _stop_worker(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        # What it was at is repeated under the same key at the next start.
        worker.kill()
        worker.wait()
