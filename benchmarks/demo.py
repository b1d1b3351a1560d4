"""The demo clinic in this process, over a database of its own, for what is measured without a network."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def demo_in_process() -> Iterator[None]:
    """Load the demo into a folder that is thrown away afterwards. Once a process."""
    with tempfile.TemporaryDirectory(prefix="masseter-bench-") as folder:
        os.environ |= {"MASSETER_ENVIRONMENT": "demo", "MASSETER_DATA": folder}
        os.environ.pop("DATABASE_URL", None)
        from masseter.cli.database import migrate
        from masseter.cli.django import set_up

        set_up()
        migrate(quiet=True)
        from django.core.management import call_command
        from django.db import connections

        from masseter.cli.demo import play

        call_command("collectstatic", verbosity=0, interactive=False)
        play.load()
        yield
        connections.close_all()
