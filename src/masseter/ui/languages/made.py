"""The catalogues as Django reads them (gettext's .mo), made from the .po files when a process starts.

They lie in the data folder, under a name that changes with the texts: nothing can be out of date,
no program besides Python is needed, and it is the same in a checkout, a wheel and a test run.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import tempfile
from pathlib import Path

from masseter.knowledge.spacing import kept_together
from masseter.ui.languages.po import PLURALS, Message, read_folder

SOURCE = Path(__file__).resolve().parents[2] / "locale"
_MAGIC = 0x950412DE
_HEADER_BYTES = 28
# Part of the folder's name: catalogues made before spaces were kept together are not used again.
_SPACED = b"spaces kept together"


def made_catalogues(data: Path) -> Path:
    """The folder for Django's LOCALE_PATHS; made when it is not there yet. Takes milliseconds otherwise.

    Raises: BadCatalogue.
    """
    folder = data / "locale" / _digest()
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent))
    for language in PLURALS:
        target = aside / language / "LC_MESSAGES"
        target.mkdir(parents=True)
        (target / "django.mo").write_bytes(compiled(language, read_folder(SOURCE / language)))
    aside.chmod(0o755)
    try:
        aside.rename(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(aside)
    return folder


def compiled(language: str, messages: list[Message]) -> bytes:
    """The bytes of a .mo file (GNU gettext manual, "The Format of GNU MO Files")."""
    header = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {PLURALS[language]}\n"
    pairs = {b"": header.encode()}
    for one in messages:
        if one.is_translated:
            key = f"{one.context}\x04{one.text}" if one.context else one.text
            key = f"{key}\0{one.plural}" if one.plural else key
            words = (kept_together(language, form) for form in one.words)
            pairs[key.encode()] = "\0".join(words).encode()
    rows = sorted(pairs.items())
    texts_at, words_at = _HEADER_BYTES, _HEADER_BYTES + 8 * len(rows)
    place = words_at + 8 * len(rows)
    tables, body = [], b""
    for column in (0, 1):
        for row in rows:
            tables.append(struct.pack("<II", len(row[column]), place + len(body)))
            body += row[column] + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(rows), texts_at, words_at, 0, place)
    return head + b"".join(tables) + body


def _digest() -> str:
    total = hashlib.sha256(_SPACED)
    for path in sorted(SOURCE.rglob("*.po")):
        total.update(path.relative_to(SOURCE).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
