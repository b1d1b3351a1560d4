"""A release of the registry: what the clinics of this installation have, without names, under consent."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median_low

from django.db import transaction

from masseter.journey.accounts.actions import command_line
from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.actions import note_release
from masseter.journey.ground.scope import clinic_scope
from masseter.registry.code import code_hash
from masseter.registry.dataset import Heading, Manifest, write_dataset
from masseter.registry.hiding import Hidden, Names, hide
from masseter.registry.problems import whole
from masseter.registry.records import Asked, Consented, measure_of, people_of
from masseter.registry.sources import digest_of

SMALLEST = 11  # the largest cell size that we know of in public rules: Medicare's, from memory
LEAST_SMALLEST = 5
KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Release:
    """What to make. `smallest`: patients that have to share what is told of them."""

    name: str
    condition: str
    cut: date
    key: bytes
    smallest: int = SMALLEST


@dataclass(frozen=True, kw_only=True)
class Extract:
    """What was made. `left_out`: patients who were one of too few. `without`: why others have no course."""

    manifest: Manifest
    left_out: int
    without: Mapping[str, int]


def read_key(file: Path) -> bytes:
    """The key of the pseudonyms: 64 hexadecimal digits; made where the file is not there yet.

    Raises CannotTake for a file that holds anything else.
    """
    if not file.exists():
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_hex(KEY_BYTES) + "\n")
    text = file.read_text().strip()
    if not re.fullmatch(rf"[0-9a-f]{{{2 * KEY_BYTES}}}", text):
        raise whole(
            f"'{file.name}' is no key: it has to hold {2 * KEY_BYTES} hexadecimal digits and nothing else"
        )
    return bytes.fromhex(text)


def extract(folder: Path, release: Release, clinics: Sequence[Clinic]) -> Extract:
    """Write a release and note it in the trail of each clinic, for each patient.

    The same key, name, day and records give the same bytes. Raises CannotTake where too few patients are
    left, real and demo clinics are mixed, or the folder is there already.
    """
    _check(release, clinics)
    asked = Asked(condition=release.condition, cut=release.cut)
    found: dict[int, list[Consented]] = {}
    for clinic in clinics:
        with clinic_scope(clinic.pk):
            found[clinic.pk] = list(people_of(clinic, asked))
    told = [one for clinic in clinics for one in found[clinic.pk]]
    people = [one.person for one in told if one.person is not None]
    hidden = hide(people, Names(release.key, release.name), smallest=release.smallest)
    if not hidden.contents.tables["patients"]:
        raise whole(
            f"nobody is left: {len(people)} patients agreed and have a course, and {release.smallest} have "
            "to share what is told of them"
        )
    heading = _heading(release, hidden, is_demo=any(clinic.is_demo for clinic in clinics))

    def note(manifest: Manifest) -> None:
        with transaction.atomic():
            for clinic in clinics:
                numbers = [
                    one.number for one in found[clinic.pk] if one.person and one.person.key in hidden.kept
                ]
                with clinic_scope(clinic.pk):
                    note_release(
                        by=command_line(clinic),
                        release=release.name,
                        condition=release.condition,
                        patients=numbers,
                        digest=digest_of([manifest]),
                    )

    manifest = write_dataset(folder, heading, hidden.contents, note=note)
    without = Counter(one.why for one in told if one.person is None)
    return Extract(manifest=manifest, left_out=hidden.left_out, without=without)


def _check(release: Release, clinics: Sequence[Clinic]) -> None:
    if not clinics:
        raise whole("there is no clinic to take from")
    demo = {clinic.is_demo for clinic in clinics}
    if len(demo) > 1:
        raise whole("demo clinics and real ones do not go into one release: name the clinics")
    if release.smallest < LEAST_SMALLEST and demo != {True}:
        raise whole(f"at least {LEAST_SMALLEST} patients have to share what is told of them")


def _heading(release: Release, hidden: Hidden, *, is_demo: bool) -> Heading:
    instrument = measure_of(release.condition)
    doses: dict[str, list[float]] = {}
    for _patient, _day, product, units in hidden.contents.tables["treatments"]:
        doses.setdefault(product, []).append(units)
    return Heading(
        name=release.name,
        condition=release.condition,
        measure={
            "key": instrument.code,
            "low": float(instrument.low),
            "high": float(instrument.high),
            "step": float(instrument.step),
        },
        reference_units={product: median_low(units) for product, units in sorted(doses.items())},
        made={
            "by": "extract",
            "cut": release.cut.isoformat(),
            "smallest": release.smallest,
            "left_out": hidden.left_out
            if hidden.left_out >= release.smallest
            else f"under {release.smallest}",
            "is_demo": is_demo,
            "key": hmac.new(release.key, b"which key", hashlib.sha256).hexdigest()[:8],
            "code": code_hash(),
        },
    )
