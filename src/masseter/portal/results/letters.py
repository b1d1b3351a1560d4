"""What a device wrote without a connection, read from its sealed letters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from masseter.core.results.device_clock import Moment, Stamp, moments
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.mailbox import Letter, open_letter
from masseter.journey.ground.sealed import BrokenSeal
from masseter.journey.results.diary import Value, diary_rules

PURPOSE = "diary"
MOST = 60  # letters at a time; the device sends the rest afterwards
LONGEST = 1000  # letters of a note, as in the form
LATEST_MS = 32_503_680_000_000  # the year 3000: sums and differences of such times are times too


class Written(BaseModel):
    """The words of a letter. Times are milliseconds since 1970 by the device's clock, `ahead` how much that
    was ahead of the server's when they last met, `seen` the server's time then.

    `is_servers_day`: the server itself showed the day; else it counts from `today` on the device.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: int = Field(ge=1, lt=2**62)
    covers: int = Field(ge=1, le=7)
    day: date
    today: date
    is_servers_day: bool
    made: int = Field(ge=0, le=LATEST_MS)
    ahead: int = Field(ge=-LATEST_MS, le=LATEST_MS)
    seen: int = Field(ge=0, le=LATEST_MS)
    values: dict[str, bool | int | str | None]
    note: str = Field(max_length=LONGEST)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One letter with its place in time: `day` is the day that it is about."""

    key: UUID
    case: int
    covers_days: int
    day: date
    values: Mapping[str, Value]
    note: str
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Post:
    """What came. `strange`: keys of letters that this person cannot have written."""

    opened: tuple[Opened, ...]
    strange: tuple[str, ...]


def read_post(by: Actor, sent: object, letters: object, now: datetime) -> Post:
    """Open the letters and find the day of each."""
    found: list[tuple[UUID, Written]] = []
    strange: list[str] = []
    for raw in letters[:MOST] if isinstance(letters, list) else []:
        letter = _letter(raw)
        written = _opened(by, letter) if letter is not None else None
        if letter is None or written is None:
            strange += [letter.label] if letter is not None else []
        else:
            found.append((UUID(letter.label), written))
    clock = _time(sent) if isinstance(sent, int) and 0 <= sent <= LATEST_MS else now
    return Post(opened=_placed(by, found, clock, now), strange=tuple(strange))


def _placed(
    by: Actor, found: Sequence[tuple[UUID, Written]], sent: datetime, now: datetime
) -> tuple[Opened, ...]:
    stamps = [
        Stamp(made=_time(one.made), ahead=timedelta(milliseconds=one.ahead), seen=_time(one.seen))
        for _, one in found
    ]
    slack = timedelta(minutes=int(diary_rules().clock_slack.value))
    at = moments(stamps, sent=sent, now=now, slack=slack)
    return tuple(
        Opened(
            key=key,
            case=one.case,
            covers_days=one.covers,
            day=_day(one, moment, by.zone),
            values=one.values,
            note=one.note,
            at=Moment(at=moment.at, is_sure=moment.is_sure or one.is_servers_day),
        )
        for (key, one), moment in zip(found, at, strict=True)
    )


def _day(written: Written, moment: Moment, zone: str) -> date:
    """The server's own day stands; else so many days before the one on which it was written."""
    if written.is_servers_day:
        return written.day
    back = min(max((written.today - written.day).days, 0), 7)
    return moment.at.astimezone(ZoneInfo(zone)).date() - timedelta(days=back)


def _letter(raw: Any) -> Letter | None:  # Any: JSON
    parts = [raw.get(name) for name in ("key", "sender", "nonce", "box")] if isinstance(raw, dict) else []
    told = [each for each in parts if isinstance(each, str)]
    if len(told) < 4:
        return None
    key, sender, nonce, box = told
    try:
        return Letter(label=str(UUID(key)), sender=sender, nonce=nonce, box=box)
    except ValueError:
        return None


def _opened(by: Actor, letter: Letter) -> Written | None:
    if by.user_id is None:
        return None
    try:
        return Written.model_validate(json.loads(open_letter(letter, by.user_id, PURPOSE)))
    except (BrokenSeal, ValidationError, ValueError):
        return None


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
