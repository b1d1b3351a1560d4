"""Files that only this installation can open: encrypted, bound to their row, and never left over.

A file is `MSV1`, the length and the name of its key, a nonce of its own and the sealed content (AES-256-GCM).
The key's name and the row's identity are sealed in as associated data: a file that is put in the place
of another does not open. A file is written before its row; where the row is not committed, the file is
removed when the transaction ends.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

MAGIC = b"MSV1"
NONCE = 12
SUFFIX = ".sealed"

# The files of the transaction under way whose rows are not committed yet.
_uncommitted: ContextVar[tuple[Path, ...]] = ContextVar("masseter_uncommitted_files", default=())


class WillNotOpen(Exception):
    """The file is missing, was changed, belongs to another row, or its key is not among the settings."""


def put(content: bytes, identity: str) -> str:
    """Seal and write a new file; answer its name. It goes again where the transaction fails."""
    name = secrets.token_hex(32) + SUFFIX
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _uncommitted.set((*_uncommitted.get(), path))
    _write(path, _sealed(content, identity))
    transaction.on_commit(lambda: _keep(path))
    return name


def take(name: str, identity: str) -> bytes:
    """The content of a file.

    Raises: WillNotOpen.
    """
    return _open(_read(name), name, identity)


def _read(name: str) -> bytes:
    try:
        return _path(name).read_bytes()
    except OSError as error:
        raise WillNotOpen(f"The file {name} cannot be read.") from error


def _open(whole: bytes, name: str, identity: str) -> bytes:
    key_name, head = _head(whole, name)
    key = settings.PHOTOGRAPH_KEYS.get(key_name)
    if key is None:
        raise WillNotOpen(f"The file {name} needs the key {key_name!r}, which is not among the settings.")
    nonce, box = whole[len(head) : len(head) + NONCE], whole[len(head) + NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, box, _bound(head, identity))
    except (InvalidTag, ValueError) as error:
        raise WillNotOpen(f"The file {name} was changed, or belongs to another record.") from error


def rekey(name: str, identity: str) -> bool:
    """Seal a file anew with the first key of the settings; answer whether it had another one.

    Raises: WillNotOpen.
    """
    whole, path = _read(name), _path(name)
    if _head(whole, name)[0] == _first_key():
        return False
    content = _open(whole, name, identity)
    fresh = path.with_suffix(".new")
    _write(fresh, _sealed(content, identity))
    fresh.replace(path)
    return True


def names() -> Iterator[str]:
    """Every file of the vault, also one that a killed process left half written."""
    folder = Path(settings.PHOTOGRAPHS)
    return iter(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else iter(())


def remove(name: str) -> None:
    """Delete a file that no row names."""
    _path(name).unlink(missing_ok=True)


def age_seconds(name: str, now: float) -> float:
    """Seconds since a file was written."""
    return now - _path(name).stat().st_mtime


def sweep() -> None:
    """Remove the files whose rows were not committed. Called when the outermost transaction has ended."""
    for path in _uncommitted.get():
        path.unlink(missing_ok=True)
    _uncommitted.set(())


def leave() -> None:
    """Let the files of this transaction be; `masseter photographs check` finds those without a row."""
    _uncommitted.set(())


def _keep(path: Path) -> None:
    _uncommitted.set(tuple(one for one in _uncommitted.get() if one != path))


def _path(name: str) -> Path:
    return Path(settings.PHOTOGRAPHS) / Path(name).name


def _first_key() -> str:
    return str(next(iter(settings.PHOTOGRAPH_KEYS)))


def _sealed(content: bytes, identity: str) -> bytes:
    key_name, nonce = _first_key(), secrets.token_bytes(NONCE)
    head = MAGIC + bytes([len(key_name)]) + key_name.encode()
    sealed = AESGCM(settings.PHOTOGRAPH_KEYS[key_name]).encrypt(nonce, content, _bound(head, identity))
    return head + nonce + sealed


def _bound(head: bytes, identity: str) -> bytes:
    return head + identity.encode()


def _head(whole: bytes, name: str) -> tuple[str, bytes]:
    """The name of the key, and the bytes that say it."""
    start = len(MAGIC) + 1
    length = whole[len(MAGIC)] if whole[: len(MAGIC)] == MAGIC and len(whole) >= start else 0
    if not length or len(whole) < start + length + NONCE:
        raise WillNotOpen(f"The file {name} is none of ours.")
    head = whole[: start + length]
    return head[start:].decode(errors="replace"), head


def _write(path: Path, whole: bytes) -> None:
    """Write and wait for the disk: a committed row must find its file after a power cut."""
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(whole)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
