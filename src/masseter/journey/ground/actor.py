"""Who acts: a person in a clinic with roles, or a patient in their own record."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.journey.ground.rights import Right, Role, rights_of
from masseter.knowledge.model import Jurisdiction


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The one who does a thing. `patient_id` is set for patients only, and limits them to themselves."""

    user_id: int | None
    name: str
    clinic_id: int
    clinic_name: str
    zone: str
    jurisdiction: Jurisdiction
    roles: frozenset[Role]
    patient_id: int | None = None
    address: str = ""

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.roles)

    @property
    def is_patient(self) -> bool:
        return self.patient_id is not None

    def may(self, right: Right) -> bool:
        return right in self.rights
