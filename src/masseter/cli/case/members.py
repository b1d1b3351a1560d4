"""The answers of a line of JSON straight from its text, where they stand there plainly.

An object is its members with commas between them. So where a text can be cut at commas into pieces of
which each is one member, it is the object of these members. In a batch the same members come again and
again, letter for letter; each is read once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from masseter.cli.case.source import read_plainly
from masseter.core.consult.alike import Token
from masseter.core.facts import Observation

MOST_KEPT = 200_000  # members; then they are read anew, so that memory stays bounded
_FACTS = b'"facts"'
_BLANK = b" \t\r\n"
Read = Callable[[str, object, object], Observation | None]
"""Reads the answer to a code as told on a day; None where it is not plain or not right."""


class Told(NamedTuple):
    """One member that was read: the code, the answer, and the token of the answer."""

    code: str
    answer: Observation
    token: Token


def cut(line: bytes) -> tuple[bytes, list[bytes]] | None:
    """The line with no facts in it, and each fact without its first quotation mark.

    None where it cannot be cut for certain. The pieces must still be looked at: a comma in a text or in
    a list cuts as well, but then the pieces are no members.
    """
    # Without backslashes every quotation mark begins or ends a text, so `"facts"` is one, and the only one.
    if b"\\" in line or line.count(_FACTS) != 1:
        return None
    head, _, rest = line.partition(_FACTS)
    colon, _, inside = rest.partition(b"{")
    if colon.strip(_BLANK) != b":":
        return None
    body, _, tail = inside.partition(b"}")
    body = body.strip(_BLANK)
    if body[:1] != b'"':
        return None
    comma = b', "' if b', "' in body else b',"'
    return b"%b%b:{}%b" % (head, _FACTS, tail), body[1:].split(comma)


class Members:
    """Reads the members of the facts of many lines, each member once for each day."""

    def __init__(self, read: Read, token_of: Callable[[Observation], Token]) -> None:
        self._read, self._token_of = read, token_of
        self._days: dict[str, dict[bytes, Told | None]] = {}
        self._kept = 0

    def told(self, pieces: list[bytes], today: str) -> list[Told] | None:
        """What the pieces tell; None where not each of them is one plain member that is right."""
        known = self._days.setdefault(today, {})
        told = list(map(known.get, pieces))
        if not all(told):
            told = [
                each or self._look_at(piece, known, today) for each, piece in zip(told, pieces, strict=True)
            ]
        if all(told):
            return cast(list[Told], told)
        lists = _with_lists_whole(pieces)
        return self.told(lists, today) if len(lists) < len(pieces) else None

    def _look_at(self, piece: bytes, known: dict[bytes, Told | None], today: str) -> Told | None:
        if piece in known:
            return None
        if self._kept >= MOST_KEPT:
            self._days.clear()
            self._kept = 0
        self._kept += 1
        known[piece] = told = self._member(piece, today)
        return told

    def _member(self, piece: bytes, today: str) -> Told | None:
        values = read_plainly(b'{"%b}' % piece)
        if values is None or len(values) != 1:
            return None
        [(code, value)] = values.items()
        if isinstance(value, list):
            if not all(isinstance(each, str) for each in value):
                return None
            value = tuple(value)
        answer = self._read(code, value, today)
        return Told(code, answer, self._token_of(answer)) if answer is not None else None


def _with_lists_whole(pieces: list[bytes]) -> list[bytes]:
    """The pieces, those put together again that were cut within a list."""
    whole: list[bytes] = []
    for piece in pieces:
        if whole and whole[-1].count(b"[") > whole[-1].count(b"]"):
            whole[-1] += b',"' + piece
        else:
            whole.append(piece)
    return whole
