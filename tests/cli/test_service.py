"""Starting the server under a service manager."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations import executor

from masseter.cli.service import NotReady, collect_static, refuse_unready, server_command


class Executor:
    """Stands in for Django's, with a given answer to what is still to be migrated."""

    plan: tuple[str, ...] = ()
    error: Exception | None = None

    def __init__(self, _: Any) -> None:
        if self.error is not None:
            raise self.error
        self.loader = self
        self.graph = self

    def leaf_nodes(self) -> list[str]:
        return []

    def migration_plan(self, _: list[str]) -> tuple[str, ...]:
        return self.plan


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> type[Executor]:
    class Answer(Executor):
        pass

    monkeypatch.setattr(executor, "MigrationExecutor", Answer)
    monkeypatch.setattr(connection, "close", lambda: None)
    return Answer


def test_server_refuses_tables_older_than_the_program(tables: type[Executor]) -> None:
    tables.plan = ("0002_later",)

    with pytest.raises(NotReady, match="Run `masseter migrate` first"):
        refuse_unready()


def test_server_refuses_a_database_that_is_away_in_one_sentence(tables: type[Executor]) -> None:
    tables.error = OperationalError("connection refused\n")

    with pytest.raises(NotReady, match=r"^The database cannot be used: connection refused$"):
        refuse_unready()


def test_server_starts_over_tables_that_are_up_to_date(tables: type[Executor]) -> None:
    refuse_unready()

    assert tables.plan == ()


def test_server_listens_where_the_settings_say(settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"host": "127.0.0.9", "port": 8765})

    command = server_command()

    assert command[command.index("--host") + 1] == "127.0.0.9"
    assert command[command.index("--port") + 1] == "8765"


def test_static_files_gathered_once_are_not_gathered_again(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    collect_static()
    (tmp_path / "ui" / "app.css").unlink()

    collect_static()
    was_left = not (tmp_path / "ui" / "app.css").exists()
    (tmp_path / ".gathered").write_text("another state")
    collect_static()

    assert was_left
    assert (tmp_path / "ui" / "app.css").exists()
