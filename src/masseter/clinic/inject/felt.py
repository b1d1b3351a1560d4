"""What was felt after a treatment, as lines of its record: the third layer beside planned and given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from masseter.journey.recover.models import FeltMark
from masseter.ui.areas import area_words


@dataclass(frozen=True, kw_only=True)
class FeltLine:
    """One mark in words; `report` is the unwanted effect that came with a droop."""

    what: str
    where: str
    words: str
    on: date
    is_taken_back: bool
    report: int | None
    waits: bool


def standing(marks: Iterable[FeltMark]) -> list[FeltMark]:
    """The marks that were not taken back."""
    return [mark for mark in marks if mark.taken_back_at is None]


def felt_lines(marks: Iterable[FeltMark]) -> list[FeltLine]:
    """Every mark, those that were taken back too."""
    return [
        FeltLine(
            what=mark.get_kind_display(),
            where=area_words(mark.site, mark.side),
            words=mark.words,
            on=mark.marked_on,
            is_taken_back=mark.taken_back_at is not None,
            report=mark.event_id,
            waits=mark.event is not None and mark.event.is_unseen,
        )
        for mark in marks
    ]
