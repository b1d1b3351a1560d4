"""Points in words: what stands on page and paper, and what the live check answers."""

from __future__ import annotations

import pytest

from masseter.clinic.plan.placed import place_words, point_words
from masseter.ui.facemap import PointRow


def row(**changes: str) -> PointRow:
    """The first standard point of the right masseter, as the form posts it."""
    values = {"id": "MASS-R-1", "site": "masseter", "side": "right", "view": "right", "x": "248", "y": "412"}
    return PointRow(**{**values, **changes})


@pytest.mark.parametrize("changes", [{"x": "here"}, {"x": "1e99"}, {"view": "top"}, {"side": "both"}])
def test_place_that_cannot_be_read_leaves_the_name(changes: dict[str, str]) -> None:
    assert point_words(row(**changes)).startswith("Masseter")


def test_site_that_is_not_known_is_said_as_it_stands() -> None:
    assert point_words(row(site="<b>")) == "<b>"


def test_standard_point_keeps_its_own_words() -> None:
    assert point_words(row()).startswith("Masseter, right: lower third, towards the back")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"y": "402"}, "Right masseter, middle third, 1.2 cm before the posterior border; moved"),
        ({"id": "MASS-R-x1"}, "Right masseter, lower third, 1 cm before the posterior border; added"),
    ],
)
def test_moved_or_added_point_says_where_it_lies(changes: dict[str, str], said: str) -> None:
    assert point_words(row(**changes)) == said


def test_record_of_an_older_edition_is_said_by_the_outlines_of_that_one() -> None:
    mouth = row(id="MUC-R-x1", site="mucosa_mental", view="front", x="194", y="440")

    assert "mucosa near the mental nerve, middle third" in point_words(mouth, "3")


def test_standard_point_that_an_older_edition_had_on_another_view_is_not_called_moved() -> None:
    then = {"site": "mucosa_mental", "view": "front", "x": "194", "y": "440"}
    added = row(id="MUC-R-x1", **then)

    assert f"{point_words(row(id='MUC-R-1', **then), '3')}; added" == point_words(added, "3")
    assert point_words(row(y="402"), "3").endswith("; moved")


def test_live_check_answers_words_and_the_muscles_own_coordinates() -> None:
    (one,) = place_words([row(id="MASS-R-x1")])

    assert (one.id, one.own) == ("MASS-R-x1", "0.726 0.744")
    assert one.words.endswith("added")
