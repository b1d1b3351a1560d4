"""A provider that writes text messages into a folder: for demo and tests, and the measure for the others."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from uuid import uuid4

from masseter.journey.messaging.providers.interface import Envelope, TryLater

_KEY = re.compile(r"[A-Za-z0-9-]{1,80}")


class FolderProvider:
    """Writes `<key>.json`, once. A file is there whole or not at all, also if the writer dies."""

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hand_over(self, envelope: Envelope) -> str:
        if not _KEY.fullmatch(envelope.key):
            raise ValueError(f"no key of a message: {envelope.key!r}")
        told = {"to": envelope.to, "from": envelope.sender, "text": envelope.body}
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            writing = self.folder / f".{uuid4()}"
            writing.write_text(json.dumps(told, ensure_ascii=False))
            try:
                # A link is made in one step, and not where there is one of that name.
                os.link(writing, self.folder / f"{envelope.key}.json")
            except FileExistsError:
                pass
            finally:
                writing.unlink()
        except OSError as error:
            raise TryLater(f"The folder cannot be written: {error.strerror}") from error
        return envelope.key

    def close(self) -> None:
        """Nothing is kept open."""
