"""A fit that was killed goes on: each pass over the data is written down, and not made again.

The search is deterministic, so a fit that begins again asks for the same passes in the same order. Those that
stand in the journal are answered from there, to the last digit, and the rest are made.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from masseter.registry.problems import whole
from masseter.response.likelihood import Crowd, Sums
from masseter.response.parameters import Parameters

FORMAT = 1


class Remembering:
    """A crowd whose sums are kept in a file. `remembered` counts what was answered from there.

    Raises CannotTake where the file is no journal or that of another fit, another fit is writing it, or it
    cannot be written.
    """

    def __init__(self, crowd: Crowd, file: Path, about: dict[str, Any]) -> None:
        self._crowd = crowd
        self._kept: dict[str, Sums] = {}
        self.remembered = 0
        head = {"journal": FORMAT, **about}
        self._file = file
        self._stream: IO[str] = _opened(file)
        try:
            whole_lines = self._read(head)
            self._stream.truncate(whole_lines)  # a line that a kill cut off
            self._stream.seek(whole_lines)
            if not whole_lines:
                self._write(head)
        except BaseException:
            with suppress(OSError):  # what was not written does not matter any more
                self._stream.close()
            raise

    @property
    def patients(self) -> int:
        """How many."""
        return self._crowd.patients

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what is known about each."""
        return self._crowd.names

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        """The sums over so many patients, from the file or made now and written to it."""
        key = _key(patients, parameters, single)
        if key in self._kept:
            self.remembered += 1
            return self._kept[key]
        sums = self._crowd.sums(patients, parameters, single=single)
        outer = sums.outer[np.tril_indices(len(sums.slopes))]
        told = {"key": key, "patients": sums.patients, "log": sums.log}
        self._write({**told, "slopes": sums.slopes.tolist(), "outer": outer.tolist()})
        self._kept[key] = sums
        return sums

    def close(self) -> None:
        """Close the file; it stays."""
        self._stream.close()

    def _write(self, told: dict[str, Any]) -> None:
        try:
            self._stream.write(json.dumps(told) + "\n")
            self._stream.flush()
        except OSError as error:
            raise whole(f"'{self._file.name}' cannot be written: {error.strerror}") from None

    def _read(self, head: dict[str, Any]) -> int:
        """Take in the whole lines of an earlier run; how many bytes they are."""
        file, content = self._file, self._file.read_bytes()
        length = content.rfind(b"\n") + 1
        lines = content[:length].splitlines()
        if not lines:
            if not json.dumps(head).encode().startswith(content):  # not ours: nothing of it is touched
                raise whole(f"'{file.name}' is no journal of a fit")
            return 0
        try:
            if json.loads(lines[0]) != head:
                raise whole(f"'{file.name}' is the journal of another fit: of other data, choices or code")
            for line in lines[1:]:
                told = json.loads(line)
                self._kept[told["key"]] = _sums(told)
        except (ValueError, KeyError, TypeError):
            raise whole(f"'{file.name}' is no journal of a fit") from None
        return length


def _opened(file: Path) -> IO[str]:
    """The file, open to read and write, and held: two fits in one file would spoil it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o666), "r+", encoding="utf-8")
    except OSError as error:
        raise whole(f"'{file.name}' cannot be written: {error.strerror}") from None
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise whole(f"another fit is writing '{file.name}': name another file, or wait for it") from None
    except OSError:
        pass  # a shared disk that knows no locks
    return stream


def _key(patients: int, parameters: Parameters, single: bool) -> str:
    told = parameters.shared.tobytes() + parameters.coefficients.tobytes()
    return hashlib.sha256(f"{patients}:{single}:".encode() + told).hexdigest()


def _sums(told: dict[str, Any]) -> Sums:
    slopes = np.array(told["slopes"], dtype=np.float64)
    lower = np.zeros((slopes.size, slopes.size))
    lower[np.tril_indices(slopes.size)] = told["outer"]
    whole_outer = lower + np.tril(lower, -1).T
    return Sums(patients=told["patients"], log=told["log"], slopes=slopes, outer=whole_outer)
