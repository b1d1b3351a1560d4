"""The settings that a clinic may change, read from the environment and checked with a clear message."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

PREFIX = "MASSETER_"


class WrongSetting(SystemExit):
    """A setting is missing or wrong; the message names it and says what it takes."""


def _is_postgres(url: str) -> str:
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("takes an address like postgresql://user:password@host:5432/name")
    return url


def _is_mail_address(url: str) -> str:
    if url and not url.startswith(("smtp://", "smtps://")):
        raise ValueError("takes an address like smtp://user:password@host:587")
    return url


class Environment(BaseModel):
    """Every setting with its default. The field name in capitals behind `MASSETER_` is the variable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    environment: Literal["demo", "test", "production"] = Field(
        "demo",
        description="`demo` shows codes and mail on the pages, `production` insists on secrets and TLS.",
    )
    data: Path = Field(
        Path(".masseter"),
        description="Folder for the embedded database, the demo's mail and the anchors of the audit trail.",
    )
    database_url: Annotated[str, AfterValidator(_is_postgres)] = Field(
        "", description="The application's connection. Empty: the embedded PostgreSQL."
    )
    database_owner_url: Annotated[str, AfterValidator(_is_postgres)] = Field(
        "", description="The connection that owns the tables, for `masseter migrate` only."
    )
    secret_key: str = Field("", description="Signs sessions and forms; at least 50 characters in production.")
    audit_key: str = Field(
        "", description="Keys the hash chain of the audit trail; keep it away from the database."
    )
    hosts: tuple[str, ...] = Field(
        ("localhost", "127.0.0.1", "[::1]"),
        description="Host names that the server answers to, separated by commas.",
    )
    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that the server listens on.")
    workers: int = Field(1, ge=1, le=64, description="Server processes.")
    proxies: int = Field(
        1,
        ge=0,
        le=5,
        description="Proxies in front of the server in production; the audit trail and the limits on "
        "signing in take the visitor's address from what they say in X-Forwarded-For.",
    )
    base_url: str = Field("", description="Address of the site as people type it, for links in messages.")
    email_url: Annotated[str, AfterValidator(_is_mail_address)] = Field(
        "", description="Mail server, smtp://user:password@host:587 (smtps:// for TLS from the start)."
    )
    email_from: str = Field("Masseter <no-reply@localhost>", description="Sender of messages to patients.")
    idle_minutes: int = Field(
        20, ge=1, le=240, description="Minutes without a click after which a session ends."
    )
    public_clinic: str = Field(
        "", description="Short name of the clinic that the public pages speak for. Empty: the first."
    )
    clock_file: str = Field("", description="Tests only: a file whose ISO time the server takes for now.")

    @model_validator(mode="after")
    def _production_is_safe(self) -> Environment:
        if self.clock_file and self.environment != "test":
            raise ValueError("MASSETER_CLOCK_FILE is for tests and is refused elsewhere")
        if self.environment != "production":
            return self
        if len(self.secret_key) < 50:
            raise ValueError("MASSETER_SECRET_KEY needs at least 50 characters in production")
        if len(self.audit_key) < 32:
            raise ValueError("MASSETER_AUDIT_KEY needs at least 32 characters in production")
        if not self.base_url.startswith("https://"):
            raise ValueError("MASSETER_BASE_URL needs to start with https:// in production")
        if not self.email_url:
            raise ValueError("MASSETER_EMAIL_URL is needed in production: patients sign in by e-mail")
        return self


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings from environment variables.

    Raises: WrongSetting, naming each variable at fault.
    """
    found: dict[str, object] = {}
    unknown: list[str] = []
    for name, value in variables.items():
        if not name.startswith(PREFIX) or name == "MASSETER_DB_ROLE":
            continue
        field = name.removeprefix(PREFIX).lower()
        if field not in Environment.model_fields:
            unknown.append(name)
        elif not value.strip():
            continue  # set to nothing is not set
        elif field == "hosts":
            found[field] = tuple(part.strip() for part in value.split(",") if part.strip())
        else:
            found[field] = value
    if "DATABASE_URL" in variables:
        found["database_url"] = variables["DATABASE_URL"]
    if unknown:
        raise WrongSetting(f"Unknown setting: {', '.join(sorted(unknown))}. See docs/reference/settings.md.")
    try:
        return Environment.model_validate(found)
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            place = "".join(str(part) for part in problem["loc"][:1])
            name = f"{PREFIX}{place.upper()} " if place else ""
            lines.append(f"  {name}{problem['msg'].removeprefix('Value error, ')}")
        raise WrongSetting("Wrong setting:\n" + "\n".join(lines)) from error


def kept_secret(folder: Path, name: str) -> str:
    """A secret made once and kept in the data folder, for the demo and the tests."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()
