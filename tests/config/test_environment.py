"""Settings: a wrong one is named, with what it takes."""

from __future__ import annotations

import pytest

from masseter.config.environment import Environment, WrongSetting, read_environment

SAFE = {
    "MASSETER_ENVIRONMENT": "production",
    "MASSETER_SECRET_KEY": "s" * 50,
    "MASSETER_AUDIT_KEY": "a" * 32,
    "MASSETER_BASE_URL": "https://clinic.example",
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
        ({"MASSETER_CLOCK_FILE": "now.txt"}, "refused elsewhere"),
        (SAFE | {"MASSETER_SECRET_KEY": "short"}, "at least 50 characters"),
        (SAFE | {"MASSETER_AUDIT_KEY": "short"}, "at least 32 characters"),
        (SAFE | {"MASSETER_BASE_URL": "http://clinic.example"}, "https://"),
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
