"""What is licensed of a condition in one place: all its treated diagnoses, some of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from masseter.knowledge.model import Condition, Diagnosis, Jurisdiction


class Extent(StrEnum):
    """How much of a condition has a licensed product."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class LicensedUses:
    """The treated diagnoses of a condition: those with a licensed product, and those without one."""

    licensed: tuple[Diagnosis, ...]
    off_label: tuple[Diagnosis, ...]

    @property
    def extent(self) -> Extent:
        if not self.licensed:
            return Extent.NONE
        return Extent.SOME if self.off_label else Extent.ALL


def licensed_uses(condition: Condition, jurisdiction: Jurisdiction) -> LicensedUses:
    """Which treated diagnoses have a licensed product in a place. No licence on record is none.

    A licence that names no diagnosis holds for the whole condition.
    """
    licences = [
        one for one in condition.licences if one.jurisdiction == jurisdiction and one.status == "licensed"
    ]
    is_whole = any(not one.diagnoses for one in licences)
    named = {code for one in licences for code in one.diagnoses}
    treated = [one for one in condition.diagnoses if one.treatable]
    return LicensedUses(
        licensed=tuple(one for one in treated if is_whole or one.code in named),
        off_label=tuple(one for one in treated if not is_whole and one.code not in named),
    )
