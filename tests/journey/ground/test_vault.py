"""Sealed files: nothing but the right row, unchanged, with its key, opens one; none is left over."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import vault
from masseter.journey.ground.scope import clinic_scope

ONE, TWO = bytes(range(32)), bytes(range(1, 33))
WORDS = b"a picture of a face, or words that stand for one"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.PHOTOGRAPHS = tmp_path / "photographs"
    settings.PHOTOGRAPH_KEYS = {"one": ONE}
    return tmp_path / "photographs"


def change(path: Path, how: Callable[[bytes], bytes]) -> None:
    path.write_bytes(how(path.read_bytes()))


def test_file_opens_for_its_own_row_only(folder: Path, clinic: Clinic) -> None:
    name, other = vault.put(WORDS, "photograph:1:a"), vault.put(WORDS, "photograph:1:b")

    assert vault.take(name, "photograph:1:a") == WORDS
    for stranger in ("photograph:1:b", "photograph:2:a", ""):
        with pytest.raises(vault.WillNotOpen, match="another record"):
            vault.take(name, stranger)
    (folder / other).replace(folder / name)
    with pytest.raises(vault.WillNotOpen, match="another record"):
        vault.take(name, "photograph:1:a")


def test_file_says_nothing_and_is_never_sealed_the_same_twice(folder: Path, clinic: Clinic) -> None:
    first, second = (folder / vault.put(WORDS, "x") for _ in range(2))

    assert WORDS[:9] not in first.read_bytes()
    assert first.read_bytes() != second.read_bytes()
    assert len(first.stem) == 64
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def put_and_fail(clinic: Clinic, fault: type[Exception]) -> None:
    """Write a file in a transaction that does not come to its end."""
    before = len(list(vault.names()))
    with clinic_scope(clinic.pk):
        vault.put(WORDS, "y")
        assert len(list(vault.names())) == before + 1
        raise fault("as the test asks")


@pytest.mark.parametrize(
    "how",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
        lambda whole: whole[:10] + bytes([whole[10] ^ 1]) + whole[11:],
        lambda whole: whole[:12],
        lambda whole: b"",
        lambda whole: b"JPEG" + whole[4:],
        lambda whole: whole.replace(b"one", b"two", 1),
    ],
    ids=["cut", "last bit", "nonce", "head alone", "empty", "another kind", "another key's name"],
)
def test_changed_file_does_not_open(
    folder: Path, clinic: Clinic, settings: Any, how: Callable[[bytes], bytes]
) -> None:
    settings.PHOTOGRAPH_KEYS = {"one": ONE, "two": ONE}
    name = vault.put(WORDS, "x")

    change(folder / name, how)

    with pytest.raises(vault.WillNotOpen):
        vault.take(name, "x")


def test_file_without_its_key_does_not_open(folder: Path, clinic: Clinic, settings: Any) -> None:
    name = vault.put(WORDS, "x")

    settings.PHOTOGRAPH_KEYS = {"two": TWO}

    with pytest.raises(vault.WillNotOpen, match="needs the key 'one'"):
        vault.take(name, "x")


def test_new_key_seals_anew_and_the_old_one_is_not_needed_any_more(
    folder: Path, clinic: Clinic, settings: Any
) -> None:
    name = vault.put(WORDS, "x")
    settings.PHOTOGRAPH_KEYS = {"two": TWO, "one": ONE}

    changed, again = vault.rekey(name, "x"), vault.rekey(name, "x")

    settings.PHOTOGRAPH_KEYS = {"two": TWO}
    assert (changed, again) == (True, False)
    assert vault.take(name, "x") == WORDS
    assert list(vault.names()) == [name]


def test_name_leads_nowhere_else(folder: Path, clinic: Clinic) -> None:
    outside = folder.parent / "secret"
    outside.write_bytes(WORDS)

    with pytest.raises(vault.WillNotOpen, match="cannot be read"):
        vault.take("../secret", "x")


def test_transaction_that_fails_leaves_no_file(folder: Path, committed: Clinic) -> None:
    with clinic_scope(committed.pk):
        kept = vault.put(WORDS, "x")
    with pytest.raises(ZeroDivisionError):
        put_and_fail(committed, ZeroDivisionError)

    assert list(vault.names()) == [kept]


def test_file_stays_where_nobody_knows_whether_the_commit_happened(folder: Path, committed: Clinic) -> None:
    with pytest.raises(OperationalError):
        put_and_fail(committed, OperationalError)

    assert len(list(vault.names())) == 1
