"""A lot in the stock beside one that an alert names: the number is the same; pack and expiry are compared.

A fake may carry the number of a genuine lot, so a difference is no acquittal: it is a reason to look.
Source: P40, P40d, P41.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Agreement = Literal["same", "other", "not_said", "unread"]
Span = tuple[date, date]
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_WRITTEN = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2})[./-](?P<day>\d{1,2})[./-](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .-]+(?P<month>[a-z]{3})[a-z]*[ .-]+(?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]{3})[a-z]*[ .-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .]+(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{2})"),
    re.compile(r"(?P<month>[a-z]{3})[a-z]*[ .-]+(?P<year>\d{4})"),
)
_RANGE = re.compile(r"\s+(?:to|until)\s+|\s*[–—]\s*|\s+-\s+")
_CHOICE = re.compile(r"\s+or\s+|\s+and\s+|\s*[,;]\s*")
# A comma before the year of a date is none between two dates: 'Dec 31, 2026' and 'December, 2026'.
_YEAR_COMMA = re.compile(r"(?<=[a-z])(?P<day>[ .]*\d{0,2}(?:st|nd|rd|th)?)\s*,\s*(?P<year>\d{4})\b")
_CENTURY = 2000


@dataclass(frozen=True, kw_only=True)
class LotMatch:
    """How the pack in the stock compares with what the alert prints beside the lot number."""

    pack: Agreement
    expiry: Agreement

    @property
    def may_be_fake(self) -> bool:
        """Something that the alert prints is not what the pack says."""
        return "other" in (self.pack, self.expiry)


def compare_lot(*, pack: str, expiry: str, label_units: str, gtin: str, expires_on: date) -> LotMatch:
    """Compare pack and expiry, each by itself. `pack` and `expiry` are the alert's words, empty for none.

    Words that cannot be read are said to be so: they are for the eye.
    """
    return LotMatch(pack=_compare_pack(pack, label_units, gtin), expiry=_compare_expiry(expiry, expires_on))


def read_expiry(words: str) -> tuple[Span, ...]:
    """The days that an expiry in words may mean, as first and last of each span; empty where unreadable.

    A month means each of its days; a day that may be read in two orders means both.
    """
    spans: list[Span] = []
    whole = _YEAR_COMMA.sub(r"\g<day> \g<year>", words.strip().lower())
    for part in _CHOICE.split(whole):
        ends = [_spans(each) for each in _RANGE.split(part)]
        if not all(ends):
            return ()
        if len(ends) > 1:
            every = [span for end in ends for span in end]
            spans.append((min(first for first, _ in every), max(last for _, last in every)))
        else:
            spans.extend(ends[0])
    return tuple(spans)


def _compare_pack(pack: str, label_units: str, gtin: str) -> Agreement:
    told = {number.lstrip("0") for number in re.findall(r"\d+", pack.replace(",", ""))}
    if not told:
        return "unread" if pack.strip() else "not_said"
    return "same" if told & ({label_units, gtin.lstrip("0")} - {""}) else "other"


def _compare_expiry(expiry: str, expires_on: date) -> Agreement:
    if not expiry.strip():
        return "not_said"
    spans = read_expiry(expiry)
    if not spans:
        return "unread"
    return "same" if any(first <= expires_on <= last for first, last in spans) else "other"


def _spans(words: str) -> list[Span]:
    found = (pattern.fullmatch(words.strip()) for pattern in _WRITTEN)
    read = [_span(each.groupdict()) for each in found if each]
    return [each for each in read if each is not None]


def _span(parts: dict[str, str]) -> Span | None:
    month = _MONTHS.get(parts["month"]) or (int(parts["month"]) if parts["month"].isdigit() else 0)
    if not 1 <= month <= len(_NAMES):
        return None
    year = int(parts["year"]) + (_CENTURY if len(parts["year"]) == len("yy") else 0)
    if year < 1:
        return None
    last = calendar.monthrange(year, month)[1]
    if "day" not in parts:
        return date(year, month, 1), date(year, month, last)
    day = int(parts["day"])
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= last else None
