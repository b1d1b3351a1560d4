"""The settings that a clinic may change, read from the environment and checked with a clear message."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from django.http.request import validate_host
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from masseter.config.keys import are_keys

PREFIX = "MASSETER_"
SMTPS_PORT, SUBMISSION_PORT = 465, 587
# Not a setting: which role a command takes in the database.
DB_ROLE = "MASSETER_DB_ROLE"
LISTS = ("hosts", "push_hosts")  # several values with a comma between
DB_ROLES = ("", "app", "owner", "none")


class WrongSetting(SystemExit):
    """A setting is missing or wrong; the message names it and says what it takes."""


def _is_postgres(url: str) -> str:
    if not url:
        return url
    if not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("takes an address like postgresql://user:password@host:5432/name")
    try:
        conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ValueError(
            f"is no address of a database that PostgreSQL reads: {_without_secrets(error)}"
        ) from error
    return url


def _without_secrets(error: Exception) -> str:
    """The complaint without what it quotes: that may be a part of the password."""
    return re.sub(r'"[^"]*"', "…", str(error).strip())


def _is_mail_address(url: str) -> str:
    mail_server(url)
    return url


def _is_gateway(url: str) -> str:
    """Raises: ValueError for anything but an address over TLS, or on this very machine."""
    try:
        parts = urlsplit(url)
        is_near = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        has_port = parts.port != 0
    except ValueError as error:
        raise ValueError("takes an address like https://gateway.example/messages") from error
    if url and not (parts.hostname and has_port and (parts.scheme == "https" or is_near)):
        raise ValueError("takes an address like https://gateway.example/messages")
    if parts.scheme not in ("", "http", "https") or parts.username:
        raise ValueError("takes an address like https://gateway.example/messages; the token is a setting")
    return url


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail goes out; user and password as they are, no longer percent-encoded."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls_from_start: bool = False


def mail_server(url: str) -> MailServer | None:
    """The mail server that an address names; None for no address.

    Raises: ValueError with what the address takes.
    """
    if not url:
        return None
    takes = "takes an address like smtp://user:password@host:587"
    if not url.startswith(("smtp://", "smtps://")):
        raise ValueError(takes)
    signs = "a sign in the password that is no letter or digit is written as % and two digits"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{takes}; the port is a number from 1 to 65535, and {signs}") from error
    if not parts.hostname:
        raise ValueError(f"{takes}; the host is missing")
    if port == 0 or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"{takes}, with nothing behind the port; {signs}")
    if bool(parts.username) != bool(parts.password):
        raise ValueError(f"{takes}; a user needs a password, and a password a user")
    tls_from_start = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=port or (SMTPS_PORT if tls_from_start else SUBMISSION_PORT),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_from_start=tls_from_start,
    )


class Environment(BaseModel):
    """Every setting with its default. The field name in capitals behind `MASSETER_` is the variable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    environment: Literal["demo", "test", "production"] = Field(
        "demo",
        description="`demo` shows codes and mail on the pages, `production` insists on secrets and TLS.",
    )
    data: Path = Field(
        Path(".masseter"),
        description="Folder for the embedded database, the demo's mail, the anchors of the audit trail and "
        "the photographs.",
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
    passport_key: str = Field(
        "",
        description="Secret that signs injection passports. Empty: one made and kept in the data folder. "
        "Passports that are out stay valid only with the key that signed them.",
    )
    photographs: str = Field(
        "", description="Folder of the encrypted photographs. Empty: `photographs` in the data folder."
    )
    photograph_keys: Annotated[str, AfterValidator(are_keys)] = Field(
        "",
        description="Keys of the photographs, `name=64 hex digits`, several with a comma between: the first "
        "seals, the others open. Needed in production; keep them away from the photographs.",
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
    text_url: Annotated[str, AfterValidator(_is_gateway)] = Field(
        "",
        description="Gateway for text messages, https://host/path; see docs/how-to/send-messages.md. Empty: "
        "a folder in the data folder, and in production no text messages.",
    )
    text_token: str = Field("", description="Token that the gateway for text messages asks for.")
    text_report_key: str = Field(
        "",
        description="Secret with which the gateway signs its reports on text messages, at least 32 "
        "characters. Empty: none are taken.",
    )
    push_key: str = Field(
        "",
        description="Secret from which the keys for notifications are drawn. Empty: one made and kept in the "
        "data folder. With another one, devices have to be turned on again.",
    )
    push_hosts: tuple[str, ...] = Field(
        (
            "fcm.googleapis.com",
            "updates.push.services.mozilla.com",
            "*.push.apple.com",
            "*.notify.windows.com",
        ),
        description="Push services of browsers that notifications may be sent to, separated by commas; `*.` "
        "before a name stands for what is below it. No other address that a browser tells is written to.",
    )
    push_test_service: str = Field(
        "", description="Tests only: the address of a push service on this machine, over HTTP."
    )
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
        if self.push_test_service and self.environment != "test":
            raise ValueError("MASSETER_PUSH_TEST_SERVICE is for tests and is refused elsewhere")
        if self.text_report_key and len(self.text_report_key) < 32:
            raise ValueError("MASSETER_TEXT_REPORT_KEY needs at least 32 characters")
        if self.environment != "production":
            return self
        if len(self.secret_key) < 50:
            raise ValueError("MASSETER_SECRET_KEY needs at least 50 characters in production")
        if len(self.audit_key) < 32:
            raise ValueError("MASSETER_AUDIT_KEY needs at least 32 characters in production")
        if not self.photograph_keys:
            raise ValueError("MASSETER_PHOTOGRAPH_KEYS is needed in production: name=64 hex digits")
        if not self.base_url.startswith("https://"):
            raise ValueError("MASSETER_BASE_URL needs to start with https:// in production")
        host = urlsplit(self.base_url).hostname or ""
        if not validate_host(host, list(self.hosts)):
            raise ValueError(
                f"MASSETER_HOSTS needs the host of MASSETER_BASE_URL in production: {host or 'it names none'}"
            )
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
        if not name.startswith(PREFIX) or name == DB_ROLE:
            continue
        field = name.removeprefix(PREFIX).lower()
        if field not in Environment.model_fields:
            unknown.append(name)
        elif not value.strip():
            continue  # set to nothing is not set
        elif field in LISTS:
            found[field] = tuple(part.strip() for part in value.split(",") if part.strip())
        else:
            found[field] = value
    if variables.get(DB_ROLE, "") not in DB_ROLES:
        known = ", ".join(role for role in DB_ROLES if role)
        raise WrongSetting(f"Wrong setting:\n  {DB_ROLE} takes {known}, or nothing for app")
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
            name = (
                "DATABASE_URL " if place == "database_url" else f"{PREFIX}{place.upper()} " if place else ""
            )
            lines.append(f"  {name}{problem['msg'].removeprefix('Value error, ')}")
        raise WrongSetting("Wrong setting:\n" + "\n".join(lines)) from error


def kept_key(folder: Path, name: str) -> str:
    """A key for photographs made once and kept in the data folder, for the demo and the tests."""
    return f"kept={hashlib.sha256(kept_secret(folder, name).encode()).hexdigest()}"


def kept_secret(folder: Path, name: str) -> str:
    """A secret made once and kept in the data folder, for the demo and the tests."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()
