"""What a stroke of a pain drawing may be."""

from __future__ import annotations

import pytest

from masseter.core.consult.pain import MOST_PLACES, RADII, InvalidStroke, Stroke, read_line, write_line
from tests.core.builders import D

LINE = ((D("10"), D("20")), (D("30.5"), D("40")))


def stroke(**changes: object) -> Stroke:
    values: dict[str, object] = {"view": "left", "line": LINE, "radius": RADII["medium"], "strength": 6}
    return Stroke(**{**values, **changes})  # type: ignore[arg-type]  # the changes are checked at run time


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"line": ()}, "cannot be read"),
        ({"line": LINE[:1] * (MOST_PLACES + 1)}, "cannot be read"),
        ({"radius": D("1")}, "how large"),
        ({"strength": -1}, "from 0 to 10"),
        ({"strength": 11}, "from 0 to 10"),
        ({"qualities": ("dull", "purple")}, "from the list"),
    ],
)
def test_stroke_that_cannot_be_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidStroke, match=said):
        stroke(**changed)


@pytest.mark.parametrize("text", ["", "10", "10,20 x", "-1,5", "1e3,4", "10,20,30", "123456,1", "٣,٤"])
def test_line_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidStroke):
        read_line(text)


def test_ends_of_every_limit_are_allowed() -> None:
    assert stroke(strength=0, qualities=("dull", "burning")).strength == 0
    assert len(stroke(strength=10, line=LINE[:1] * MOST_PLACES).line) == MOST_PLACES


def test_line_is_read_as_it_was_written() -> None:
    assert read_line(write_line(LINE)) == LINE
