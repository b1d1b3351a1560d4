"""The pieces that a record on paper is made of, and its days, numbers and names in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from masseter.journey.accounts.models import Clinic
from masseter.journey.record.whole import WholeRecord
from masseter.journey.results.queries import plain_number
from masseter.knowledge.load import load
from masseter.ui.languages.days import day_time_words, day_words
from masseter.ui.languages.numbers import number_words
from masseter.ui.languages.told import told

Block = dict[str, object]
NARROWEST, WIDEST = 9, 40  # letters of the narrowest and the widest column of a table


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a section is told from: the record, and the clinic whose hours count.

    `pictures`: SVG by name; a section that draws adds its own.
    """

    record: WholeRecord
    clinic: Clinic
    pictures: dict[str, str] = field(default_factory=dict)

    def at(self, moment: datetime | None) -> str:
        """A time in the clinic's own hours."""
        if moment is None:
            return ""
        with timezone.override(ZoneInfo(self.clinic.zone)):
            return day_time_words(moment)


def day(on: date | None) -> str:
    return day_words(on) if on is not None else ""


def number(value: Decimal | None) -> str:
    """A number without noughts at its end."""
    return number_words(plain_number(value)) if value is not None else ""


def yes_no(is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def heading(words: str) -> Block:
    return {"kind": "heading", "words": words}


def text(words: str) -> Block:
    return {"kind": "text", "words": words}


def facts(*pairs: tuple[str, str]) -> Block:
    """What is known, a line each; a line without an answer is left out."""
    return {"kind": "facts", "pairs": [list(pair) for pair in pairs if pair[1]]}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Block]:
    """A table; nothing where there is no row. A column without any word is left out."""
    kept = [list(row) for row in rows]
    if not kept:
        return []
    used = [at for at in range(len(head)) if any(row[at] for row in kept)]
    return [
        {
            "kind": "table",
            "head": [head[at] for at in used],
            "rows": [[row[at] for at in used] for row in kept],
            "widths": [_width([head[at], *(row[at] for row in kept)]) for at in used],
        }
    ]


def _width(words: Sequence[str]) -> int:
    """How wide a column is, in shares: by its longest word or text, within reason."""
    return min(max(*(len(each) for each in words), NARROWEST), WIDEST)


def section(title: str, *parts: Block | list[Block]) -> dict[str, object]:
    """A section; one without anything in it says so."""
    blocks: list[Block] = []
    for part in parts:
        blocks.extend(part if isinstance(part, list) else [part])
    return {"title": title, "blocks": blocks or [text(_("Nothing is kept here."))]}


def condition_words(code: str) -> str:
    """A condition in plain words."""
    found = load().conditions.get(code)
    return told(found.plain_name) if found else code


def diagnosis_words(condition: str, code: str) -> str:
    found = load().conditions.get(condition)
    named = {each.code: each.name for each in found.diagnoses} if found else {}
    return named.get(code, code)
