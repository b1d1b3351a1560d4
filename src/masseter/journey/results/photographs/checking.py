"""Files against rows, over every clinic: what is missing, what does not open, what nobody names."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock, vault
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.queries import picture_of, sealed_for

# A file so young may belong to a row that is being saved right now.
YOUNG_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found: pictures that open, sentences about those that do not, files without a row."""

    whole: int
    faults: tuple[str, ...]
    left_over: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rekeyed:
    """How many pictures were sealed anew, and sentences about those that do not open."""

    sealed: int
    faults: tuple[str, ...]


def check_photographs() -> Checked:
    """Open every picture of every clinic, and look for files that no row names."""
    whole, faults, named = 0, [], set()
    # Listed first: the file of a photograph that is kept while others are opened has a row that was not seen.
    files = list(vault.names())
    for row in _rows():
        named.add(row.file)
        try:
            picture_of(row)
            whole += 1
        except vault.WillNotOpen as fault:
            faults.append(_sentence(row, fault))
    left = (name for name in files if name not in named)
    return Checked(whole=whole, faults=tuple(faults), left_over=tuple(left))


def clean_up() -> int:
    """Remove the files that no row names and that are older than an hour; answer how many."""
    named, now = {row.file for row in _rows()}, clock.now().timestamp()
    old = [one for one in vault.names() if one not in named and vault.age_seconds(one, now) > YOUNG_SECONDS]
    for name in old:
        vault.remove(name)
    return len(old)


def rekey_photographs() -> Rekeyed:
    """Seal every picture anew that has another key than the first of the settings, past those that fail."""
    sealed, faults = 0, []
    for row in _rows():
        try:
            sealed += vault.rekey(row.file, sealed_for(row))
        except vault.WillNotOpen as fault:
            faults.append(_sentence(row, fault))
    return Rekeyed(sealed=sealed, faults=tuple(faults))


def _sentence(row: Photograph, fault: vault.WillNotOpen) -> str:
    return f"Clinic {row.clinic_id}, photograph {row.pk}: {fault}"


def clinic_ids() -> list[int]:
    """Every clinic of the installation."""
    return list(Clinic.objects.values_list("pk", flat=True))


def _rows() -> list[Photograph]:
    """Every photograph of every clinic, also those that are hidden: each clinic behind its own wall."""
    found: list[Photograph] = []
    for clinic_id in clinic_ids():
        with clinic_scope(clinic_id):
            found += Photograph.objects.filter(clinic_id=clinic_id)
    return found
