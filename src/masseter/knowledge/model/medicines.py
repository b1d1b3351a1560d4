"""Medicines by name, and which of them the safety rules ask for."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.knowledge.model.grounds import Evidence


@dataclass(frozen=True, kw_only=True)
class Medicine:
    """A medicine by its international name, with ATC codes and other names that people know it by.

    `groups` are codes of groups that it belongs to beside those that follow from its ATC codes.
    """

    name: str
    evidence: Evidence
    atc: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MedicineGroup:
    """Medicines that count as one choice of an observation that rules read.

    `atc` are beginnings of ATC codes; `evidence` says why these belong to it.
    """

    code: str
    observation: str
    choice: str
    atc: tuple[str, ...]
    evidence: Evidence
