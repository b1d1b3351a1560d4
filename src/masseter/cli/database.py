"""`masseter migrate`: bring the tables and the database's own walls up to date."""

from __future__ import annotations

import os
import subprocess
import sys

from rich.console import Console


def migrate(quiet: bool = False) -> None:
    """Change the tables as the owner, then set policies, grants and triggers."""
    # A process of its own, because it connects as the owner and nothing else may.
    environment = {**os.environ, "MASSETER_DB_ROLE": "owner"}
    subprocess.run([sys.executable, "-m", "masseter.cli.migrating"], env=environment, check=True)
    if not quiet:
        Console().print("The database is up to date.")
