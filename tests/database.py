"""Test databases: one template with all tables and walls, copied for each process in a blink."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from masseter.config import embedded

SOURCE = Path(embedded.__file__).resolve().parents[1] / "journey"


def template_name() -> str:
    """Named by everything that shapes the tables, so that a change makes a new one."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCE.glob("*/migrations/*.py"), SOURCE / "ground" / "row_security.py"]):
        digest.update(path.read_bytes())
    return f"masseter_template_{digest.hexdigest()[:12]}"


def copy_database(name: str) -> dict[str, str]:
    """Make a fresh database of this name from the template. Answers the superuser's connection parts."""
    data = settings.DATA
    parts = embedded.start(data)
    template = template_name()
    with (data / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_template(parts, template)
        with psycopg.connect(**parts, autocommit=True) as connection:
            both = [sql.Identifier(name), sql.Identifier(template), sql.Identifier(embedded.OWNER)]
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(both[0]))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*both))
    return parts


def _make_template(parts: dict[str, str], template: str) -> None:
    with psycopg.connect(**parts, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (template,)).fetchone()
        if found:
            return
    making = f"{template}_making"
    with psycopg.connect(**parts, autocommit=True) as connection:
        name = sql.Identifier(making)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    embedded.prepare(parts, making)
    environment = {
        **os.environ,
        "DATABASE_URL": embedded.address(parts, embedded.APPLICATION, making),
        "MASSETER_DATABASE_OWNER_URL": embedded.address(parts, embedded.OWNER, making),
        "MASSETER_DB_ROLE": "owner",
    }
    subprocess.run([sys.executable, "-m", "masseter.cli.migrating"], env=environment, check=True)
    with psycopg.connect(**parts, autocommit=True) as connection:
        names = [sql.Identifier(making), sql.Identifier(template)]
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
