"""Where a point lies in its muscle, in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.core.plan.position import distance_words, position_of, position_words
from masseter.knowledge.load import load
from masseter.knowledge.model import FaceMapView

SITES = load().sites
VIEWS: dict[str, FaceMapView] = {view.view: view for view in load().face_map.views}


def words(site: str, side: str, view: str, x: str, y: str) -> str:
    return position_words(SITES[site], side, VIEWS[view], Decimal(x), Decimal(y))  # type: ignore[arg-type]  # sides of the map


def test_muscle_that_the_view_does_not_show_has_no_place_there() -> None:
    assert position_of(SITES["masseter"], "left", VIEWS["back"], Decimal(200), Decimal(200)) is None
    assert words("masseter", "left", "right", "248", "412") == "left masseter, not drawn on this view"


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (
            ("masseter", "right", "right", "248", "412"),
            "right masseter, lower third, 1 cm before the posterior border",
        ),
        (
            ("masseter", "left", "left", "200", "376"),
            "left masseter, middle third, 1.8 cm behind the anterior border",
        ),
        (
            ("masseter", "left", "left", "290", "380"),
            "outside the drawn left masseter, 1.6 cm behind its posterior border",
        ),
        (
            ("platysma", "left", "front", "276", "530"),
            "left platysma, upper third, 1.3 cm from the inner border",
        ),
        (
            ("trapezius", "right", "back", "350", "352"),
            "right trapezius, upper part, middle third, 2.2 cm below the upper border",
        ),
        (
            ("corrugator", "right", "front", "212", "202"),
            "right corrugator supercilii, middle third, 4 mm below",
        ),
        (("orbicularis_oculi", "left", "front", "282", "251"), "3 mm from its opening"),
        (("procerus", "midline", "front", "247", "214"), "procerus, upper third, 2 mm from the left border"),
        (("procerus", "midline", "front", "233", "214"), "procerus, upper third, 2 mm from the right border"),
        (
            ("procerus", "midline", "left", "86", "240"),
            "procerus, middle third, 2 mm before the posterior border",
        ),
        (
            ("procerus", "midline", "right", "394", "240"),
            "procerus, middle third, 2 mm before the posterior border",
        ),
        (("orbicularis_oculi", "left", "front", "302", "263"), "outside the drawn left orbicularis oculi"),
    ],
)
def test_place_in_words(point: tuple[str, str, str, str, str], said: str) -> None:
    assert said in words(*point)


@pytest.mark.parametrize(
    ("mm", "said"),
    [("0.4", ""), ("0.5", "1 mm"), ("9.4", "9 mm"), ("9.5", "1 cm"), ("10.4", "1 cm"), ("24", "2.4 cm")],
)
def test_distance_is_said_in_millimetres_and_from_a_centimetre_on_in_those(mm: str, said: str) -> None:
    assert distance_words(Decimal(mm)) == said
