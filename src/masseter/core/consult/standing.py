"""Which of a person's observations stands, when they were given by different people at different times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from masseter.core.facts import Observation


@dataclass(frozen=True, kw_only=True)
class Given:
    """One observation as it was given, in the order of recording, and whether a clinician has seen it."""

    observation: Observation
    is_confirmed: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands for one code, and what the patient said since that a clinician has not yet seen."""

    code: str
    stands: Observation | None
    waits: Observation | None

    @property
    def differs(self) -> bool:
        """The patient's newer answer is another than the one that a clinician confirmed."""
        return self.waits is not None and self.stands is not None and self.waits.value != self.stands.value

    @property
    def fact(self) -> Observation:
        """What may be concluded from: contradicting answers are not known until a clinician settles them."""
        if self.stands is None or self.waits is None:
            known = self.stands or self.waits
            assert known is not None  # a standing is made of at least one observation
            return known
        return replace(self.waits, value=None) if self.differs else self.stands


def standings(given: Iterable[Given]) -> dict[str, Standing]:
    """For each code the newest confirmed observation, and the newest later one that is not confirmed."""
    stands: dict[str, Observation] = {}
    waits: dict[str, Observation] = {}
    for one in given:
        code = one.observation.code
        if one.is_confirmed:
            stands[code] = one.observation
            waits.pop(code, None)
        else:
            waits[code] = one.observation
    codes = dict.fromkeys([*stands, *waits])
    return {code: Standing(code=code, stands=stands.get(code), waits=waits.get(code)) for code in codes}
