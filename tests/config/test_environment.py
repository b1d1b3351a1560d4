"""Settings: a wrong one is named, with what it takes."""

from __future__ import annotations

import pytest

from masseter.config.database import settings_for
from masseter.config.environment import DB_ROLES, Environment, WrongSetting, mail_server, read_environment

SAFE = {
    "MASSETER_ENVIRONMENT": "production",
    "MASSETER_SECRET_KEY": "s" * 50,
    "MASSETER_AUDIT_KEY": "a" * 32,
    "MASSETER_PHOTOGRAPH_KEYS": f"first={'0a' * 32}",
    "MASSETER_BASE_URL": "https://clinic.example",
    "MASSETER_HOSTS": "clinic.example",
    "MASSETER_EMAIL_URL": "smtp://localhost:25",
}


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"MASSETER_PORT": "eighty"}, "MASSETER_PORT"),
        ({"MASSETER_PORT": "70000"}, "MASSETER_PORT"),
        ({"MASSETER_PROT": "80"}, "Unknown setting: MASSETER_PROT"),
        ({"MASSETER_ENVIRONMENT": "staging"}, "MASSETER_ENVIRONMENT"),
        ({"DATABASE_URL": "mysql://x"}, "postgresql://user:password@host:5432/name"),
        ({"MASSETER_EMAIL_URL": "imap://x"}, "smtp://user:password@host:587"),
        ({"MASSETER_EMAIL_URL": "smtp://"}, "the host is missing"),
        ({"MASSETER_EMAIL_URL": "smtp://user:word@"}, "the host is missing"),
        ({"MASSETER_EMAIL_URL": "smtp://host:mail"}, "number from 1 to 65535"),
        ({"MASSETER_EMAIL_URL": "smtp://host:70000"}, "number from 1 to 65535"),
        ({"MASSETER_EMAIL_URL": "smtp://host:0"}, "nothing behind the port"),
        ({"MASSETER_EMAIL_URL": "smtp://user:a/b@host:587"}, "% and two digits"),
        ({"MASSETER_EMAIL_URL": "smtp://user@host:587"}, "a user needs a password"),
        ({"MASSETER_EMAIL_URL": "smtp://host:587"} | {"MASSETER_PORT": "x"}, "MASSETER_PORT"),
        ({"DATABASE_URL": "postgresql://app:pass word@host/x"}, "DATABASE_URL is no address"),
        ({"DATABASE_URL": "postgresql://app@host/x?sslmod=require"}, "DATABASE_URL is no address"),
        ({"MASSETER_DATABASE_OWNER_URL": "postgresql://[::1/x"}, "MASSETER_DATABASE_OWNER_URL is no address"),
        ({"MASSETER_DB_ROLE": "superuser"}, "MASSETER_DB_ROLE takes app, owner, none"),
        ({"MASSETER_CLOCK_FILE": "now.txt"}, "refused elsewhere"),
        ({"MASSETER_PUSH_TEST_SERVICE": "http://127.0.0.1:9"}, "refused elsewhere"),
        ({"MASSETER_TEXT_REPORT_KEY": "short"}, "at least 32 characters"),
        (SAFE | {"MASSETER_SECRET_KEY": "short"}, "at least 50 characters"),
        (SAFE | {"MASSETER_AUDIT_KEY": "short"}, "at least 32 characters"),
        (SAFE | {"MASSETER_PHOTOGRAPH_KEYS": ""}, "MASSETER_PHOTOGRAPH_KEYS is needed"),
        ({"MASSETER_PHOTOGRAPH_KEYS": "0a" * 32}, "takes name=key"),
        ({"MASSETER_PHOTOGRAPH_KEYS": f"first={'0a' * 31}"}, "a key of 64 hex digits"),
        ({"MASSETER_PHOTOGRAPH_KEYS": f"a={'0a' * 32},a={'0b' * 32}"}, "names two keys 'a'"),
        (SAFE | {"MASSETER_BASE_URL": "http://clinic.example"}, "https://"),
        (SAFE | {"MASSETER_HOSTS": "other.example"}, "MASSETER_HOSTS needs the host"),
        (SAFE | {"MASSETER_BASE_URL": "https://"}, "MASSETER_HOSTS needs the host"),
        (SAFE | {"MASSETER_EMAIL_URL": ""}, "patients sign in by e-mail"),
    ],
)
def test_wrong_setting_is_named(variables: dict[str, str], expected: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        read_environment(variables)

    assert expected in str(refused.value)


def test_nothing_set_is_a_demo_on_this_machine_only() -> None:
    found = read_environment({})

    assert (found.environment, found.host, found.port) == ("demo", "127.0.0.1", 8000)


def test_setting_set_to_nothing_is_not_set() -> None:
    assert read_environment({"MASSETER_DATA": "", "MASSETER_PORT": " "}) == read_environment({})


def test_hosts_are_split_at_commas() -> None:
    found = read_environment({"MASSETER_HOSTS": "a.example, b.example"})

    assert found.hosts == ("a.example", "b.example")


def test_production_with_everything_is_accepted() -> None:
    assert read_environment(SAFE).environment == "production"


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Environment.model_fields.values())


def test_complaint_about_an_address_quotes_no_password() -> None:
    with pytest.raises(WrongSetting) as refused:
        read_environment({"DATABASE_URL": "postgresql://app:se%zzcret@host/x"})

    assert "cret" not in str(refused.value)


@pytest.mark.parametrize("role", DB_ROLES)
def test_known_role_in_the_database_is_accepted(role: str) -> None:
    assert read_environment({"MASSETER_DB_ROLE": role}) == read_environment({})


@pytest.mark.parametrize("hosts", ["clinic.example", ".example", "other.example, clinic.example", "*"])
def test_host_of_the_site_may_stand_among_others_or_in_a_pattern(hosts: str) -> None:
    assert read_environment(SAFE | {"MASSETER_HOSTS": hosts})


def test_mail_servers_user_and_password_are_decoded() -> None:
    found = mail_server("smtp://no-reply%40clinic.example:p%2Fa%3As%23s@mail.clinic.example:2525")

    assert found is not None
    assert (found.host, found.port) == ("mail.clinic.example", 2525)
    assert (found.user, found.password) == ("no-reply@clinic.example", "p/a:s#s")
    assert not found.tls_from_start


@pytest.mark.parametrize(("url", "port"), [("smtp://host", 587), ("smtps://host", 465)])
def test_mail_server_without_a_port_takes_the_usual_one(url: str, port: int) -> None:
    found = mail_server(url)

    assert found is not None
    assert found.port == port


def test_every_option_of_the_databases_address_is_kept() -> None:
    found = settings_for(
        "postgresql://app:p%40ss@/masseter?host=/run/postgresql&port=6432&sslmode=verify-full"
        "&sslrootcert=/etc/ca.pem&connect_timeout=5&application_name=masseter&target_session_attrs=read-write"
    )

    assert found["PASSWORD"] == "p@ss"
    assert (found["HOST"], found["PORT"]) == ("/run/postgresql", "6432")
    assert found["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
        "connect_timeout": "5",
        "application_name": "masseter",
        "target_session_attrs": "read-write",
    }
