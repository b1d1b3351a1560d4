"""Reading the whole audit trail again and finding what was changed, left out or swapped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.audit.trail import FIRST_DIGEST, digest_of
from masseter.journey.ground.scope import clinic_scope


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One place where the trail does not hold."""

    clinic_id: int
    number: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verification:
    events: int
    faults: tuple[Fault, ...]


def verify_all() -> Verification:
    """Check the trail of every clinic against its own chain and against the anchors on disk."""
    events = 0
    faults: list[Fault] = []
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            count, found = verify_clinic(clinic.pk)
        events += count
        faults += found
    return Verification(events=events, faults=tuple(faults))


def verify_clinic(clinic_id: int) -> tuple[int, list[Fault]]:
    """Walk one clinic's events in order. Answers how many there are and what is wrong."""
    before, expected = FIRST_DIGEST, 1
    anchors = dict(_anchors(clinic_id))
    faults: list[Fault] = []
    for event in Event.objects.filter(clinic_id=clinic_id).order_by("number").iterator(2000):
        sentence = ""
        if event.number != expected:
            sentence = f"Events {expected} to {event.number - 1} are missing."
        elif event.digest != digest_of(event, before):
            sentence = f"Event {event.number} is not what was written, or it was moved."
        elif anchors.get(event.number, event.digest) != event.digest:
            sentence = f"Event {event.number} differs from its anchor outside the database."
        if sentence:
            faults.append(Fault(clinic_id=clinic_id, number=event.number, sentence=sentence))
        before, expected = event.digest, event.number + 1
    last = max(anchors, default=0)
    if last >= expected:
        sentence = f"Events {expected} to {last} were written and are gone."
        faults.append(Fault(clinic_id=clinic_id, number=expected, sentence=sentence))
    return expected - 1, [*faults, *_without_anchor(clinic_id, expected - 1, anchors)]


def _without_anchor(clinic_id: int, events: int, anchors: dict[int, str]) -> Iterator[Fault]:
    """Events that nothing outside the database stands for: its file is gone, or has a gap.

    After the newest anchor it is no fault: an event may be a moment old, or the anchors a little older
    than the database that was restored beside them.
    """
    if events and not anchors:
        sentence = "There are events and no anchors outside the database. The file was moved or deleted."
        yield Fault(clinic_id=clinic_id, number=1, sentence=sentence)
        return
    last = 0
    for number in sorted(anchors):
        if number > last + 1:
            sentence = f"Events {last + 1} to {number - 1} have no anchor outside the database."
            yield Fault(clinic_id=clinic_id, number=last + 1, sentence=sentence)
        last = number


def verify_newest(clinic_id: int, count: int) -> list[Fault]:
    """Walk a clinic's newest events alone: quick enough for a page, while `verify_all` is the whole proof."""
    newest = list(Event.objects.filter(clinic_id=clinic_id).order_by("-number")[: count + 1])[::-1]
    faults: list[Fault] = []
    for before, event in pairwise(newest):
        sentence = ""
        if event.number != before.number + 1:
            sentence = f"Events {before.number + 1} to {event.number - 1} are missing."
        elif event.digest != digest_of(event, before.digest):
            sentence = f"Event {event.number} is not what was written, or it was moved."
        if sentence:
            faults.append(Fault(clinic_id=clinic_id, number=event.number, sentence=sentence))
    return faults


def _anchors(clinic_id: int) -> Iterator[tuple[int, str]]:
    path = settings.AUDIT_ANCHORS / f"clinic-{clinic_id}.log"
    if not path.exists():
        return
    with path.open() as file:
        for line in file:
            number, _, digest = line.strip().partition(" ")
            if number.isdigit():
                yield int(number), digest
