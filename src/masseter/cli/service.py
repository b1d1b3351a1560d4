"""`masseter serve`: what a service manager starts."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from rich.console import Console

from masseter.cli.django import set_up


class NotReady(SystemExit):
    """The server cannot start; the message says what to do first."""


def serve() -> None:
    """Serve until stopped, and change no table: `masseter migrate` comes first."""
    set_up()
    from django.conf import settings

    refuse_unready()
    collect_static()
    Console().print(f"Masseter is at {settings.BASE_URL}/")
    command = server_command()
    os.execv(command[0], command)


def refuse_unready() -> None:
    """Raises: NotReady, where the database is away or older than the program."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        # Server processes are started next, and none of them shares this connection.
        connection.close()
    except DatabaseError as error:
        raise NotReady(f"The database cannot be used: {str(error).strip()}") from error
    if pending:
        raise NotReady("The tables are older than the program. Run `masseter migrate` first.")


def collect_static() -> None:
    """Gather and compress the static files, unless they are those that were gathered last."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    mark = settings.STATIC_ROOT / ".gathered"
    if mark.exists() and mark.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(digest.hexdigest())


def server_command() -> list[str]:
    """The server with its options, as a command line."""
    from django.conf import settings

    environment = settings.ENVIRONMENT
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        environment.host,
        "--port",
        str(environment.port),
        "--workers",
        str(environment.workers),
        "--blocking-threads",
        "4",
        "--respawn-failed-workers",
        "--no-access-log",
        "masseter.config.wsgi:application",
    ]
