"""From the environment to Django's database settings."""

from __future__ import annotations

import os

from psycopg.conninfo import conninfo_to_dict

from masseter.config import embedded
from masseter.config.environment import DB_ROLE, Environment, WrongSetting

NAME = "masseter"
_NAMED = ("dbname", "user", "password", "host", "port")


def databases(environment: Environment) -> dict[str, dict[str, object]]:
    """The one database. `MASSETER_DB_ROLE=owner` connects as the owner of the tables, to migrate."""
    as_owner = os.environ.get(DB_ROLE) == "owner"
    if os.environ.get(DB_ROLE) == "none":
        return {"default": {"ENGINE": "django.db.backends.dummy"}}
    url = environment.database_owner_url if as_owner else environment.database_url
    if not environment.database_url:
        url = _embedded_url(environment, as_owner=as_owner)
    elif not url:
        raise WrongSetting("MASSETER_DATABASE_OWNER_URL is needed to migrate: the owner of the tables.")
    return {"default": settings_for(url)}


def _embedded_url(environment: Environment, *, as_owner: bool) -> str:
    parts = embedded.start(environment.data.resolve())
    embedded.prepare(parts, NAME)
    role = embedded.OWNER if as_owner else embedded.APPLICATION
    return embedded.address(parts, role, NAME)


def settings_for(url: str) -> dict[str, object]:
    """Django's settings for one connection address; every other option goes to PostgreSQL."""
    parts = conninfo_to_dict(url)
    options = {key: value for key, value in parts.items() if key not in _NAMED}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", NAME),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
