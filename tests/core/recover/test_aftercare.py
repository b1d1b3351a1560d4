from __future__ import annotations

import pytest

from masseter.core.recover.aftercare import DayBeforeTreatment, advice_for
from masseter.knowledge.model import Aftercare
from tests.core.builders import EVIDENCE, condition, knowledge


def advice(code: str, from_day: int, to_day: int, *conditions: str) -> Aftercare:
    return Aftercare(
        code=code,
        from_day=from_day,
        to_day=to_day,
        title=code,
        text="Words.",
        conditions=conditions,
        evidence=EVIDENCE,
    )


KNOWLEDGE = knowledge(
    aftercare=(
        advice("soft-food", 1, 14, "tmd"),
        advice("no-rubbing", 0, 1),
        advice("diary", 0, 84),
        advice("blink", 0, 14, "facial_spasm"),
    )
)


def codes(day: int) -> list[str]:
    return [item.code for item in advice_for(knowledge=KNOWLEDGE, condition=condition(), day=day)]


def test_advice_before_the_treatment_is_refused() -> None:
    with pytest.raises(DayBeforeTreatment):
        codes(-1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (0, ["no-rubbing", "diary"]),
        (1, ["no-rubbing", "diary", "soft-food"]),
        (14, ["diary", "soft-food"]),
        (15, ["diary"]),
        (85, []),
    ],
)
def test_advice_for_a_day_includes_both_ends(day: int, expected: list[str]) -> None:
    assert codes(day) == expected
