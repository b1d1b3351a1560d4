"""`masseter photographs` at the terminal: what it says, and how it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from tests.conftest import ActorMaker
from tests.factories import make_case, make_photograph, make_photograph_consent


@pytest.fixture
def folder(tmp_path: Path, settings: Any, own_photographs_alone: None) -> Path:
    settings.PHOTOGRAPHS = tmp_path
    settings.PHOTOGRAPH_KEYS = {"first": bytes(32)}
    return tmp_path


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


def ask(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["photographs", *words])
    return done.exit_code, done.output


def test_check_ends_well_only_where_every_file_has_its_row(by: Actor, folder: Path, settings: Any) -> None:
    case = make_case(by)
    make_photograph_consent(by, case.patient)
    photograph = make_photograph(by, case)

    whole = ask("check")
    (folder / "left.sealed").write_bytes(b"nobody's")
    left, young = ask("check"), ask("clean")
    settings.PHOTOGRAPH_KEYS = {"second": bytes([1]) * 32, "first": bytes(32)}
    changed = ask("rekey")
    (folder / photograph.file).unlink()
    gone = ask("check")
    settings.PHOTOGRAPH_KEYS = {"third": bytes([2]) * 32, "second": bytes([1]) * 32}
    stuck = ask("rekey")

    assert whole == (0, "1 photographs open, 0 faults, 0 files left over.\n")
    assert (left[0], "Left over: left.sealed" in left[1]) == (1, True)
    assert young == (0, "0 files removed.\n")
    assert changed == (0, "1 photographs sealed anew.\n")
    assert (gone[0], f"photograph {photograph.pk}:" in gone[1]) == (1, True)
    assert (stuck[0], f"photograph {photograph.pk}:" in stuck[1]) == (1, True)
    assert "0 photographs sealed anew." in stuck[1]
