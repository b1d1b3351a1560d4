"""The grade of the graded chronic pain scale, at each edge of its tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.core.results.score import score
from masseter.knowledge.load import load

GCPS = load().instruments["gcps"]


def graded(*, pain: tuple[int, int, int], days: int, doings: tuple[int, int, int]) -> Decimal | None:
    answers = {
        **dict(zip(("now", "worst", "average"), pain, strict=True)),
        **dict(zip(("daily", "social", "work"), doings, strict=True)),
        "lost_days": days,
        "pain_days": 90,
    }
    return score(GCPS, answers).total


def test_grade_needs_every_answer() -> None:
    assert score(GCPS, {"now": 4, "worst": 6, "average": 5, "lost_days": 3}).total is None


@pytest.mark.parametrize(
    ("pain", "days", "doings", "grade"),
    [
        ((0, 0, 0), 0, (0, 0, 0), 0),
        ((0, 0, 0), 1, (0, 0, 0), 0),
        ((0, 0, 0), 2, (0, 0, 0), 1),  # a day-point without pain is not called free of pain
        ((1, 0, 0), 0, (0, 0, 0), 1),
        ((5, 5, 4), 0, (0, 0, 0), 1),  # 46.7
        ((5, 5, 5), 0, (0, 0, 0), 2),  # 50
        ((5, 5, 5), 5, (2, 3, 3), 2),  # 2 points for 5 days, none for 26.7
        ((5, 5, 5), 5, (3, 3, 3), 3),  # 2 and 1 for 30
        ((1, 1, 1), 2, (5, 5, 4), 1),  # 1 and 1 for 46.7
        ((1, 1, 1), 2, (5, 5, 5), 3),  # 1 and 2 for 50
        ((1, 1, 1), 5, (7, 7, 6), 3),  # 2 and 2 for 66.7
        ((1, 1, 1), 5, (7, 7, 7), 4),  # 2 and 3 for 70
        ((1, 1, 1), 6, (5, 5, 5), 4),  # 3 and 2
        ((1, 1, 1), 3, (0, 0, 0), 1),  # 2 points
        ((1, 1, 1), 6, (0, 0, 0), 3),  # 3 points for 6 days
        ((10, 10, 10), 30, (10, 10, 10), 4),
    ],
)
def test_grade_at_each_edge(
    pain: tuple[int, int, int], days: int, doings: tuple[int, int, int], grade: int
) -> None:
    assert graded(pain=pain, days=days, doings=doings) == grade
