"""Every released drawing stays as it was, and a record is drawn on its own."""

from __future__ import annotations

import hashlib

import pytest

from masseter.ui.facemap import UnknownEdition, render_all
from masseter.ui.facemap.editions import described, edition_of, newest, text_of, versions
from tests.ui.facemap.maps import KNOWN, SITES, marker

# A released edition never changes: records were made with it.
RELEASED = {"3": "0f983d384f6bf83721ca80be6306cac10b2cfb0f9212ef0e6ff6b305e077d339"}
FILES = ("back.svg", "front.svg", "map.json", "profile.svg")


def test_unknown_version_is_refused_by_name() -> None:
    with pytest.raises(UnknownEdition, match=r"no version '2'.*3, 4"):
        render_all(KNOWN.face_map, SITES.values(), [marker()], version="2")


@pytest.mark.parametrize("version", RELEASED)
def test_released_edition_never_changes(version: str) -> None:
    whole = "".join(text_of(version, name) for name in FILES)

    assert hashlib.sha256(whole.encode()).hexdigest() == RELEASED[version]


def test_newest_edition_says_what_the_knowledge_says() -> None:
    """`python -m masseter.ui.facemap.editions` writes it down; a moved outline needs a new version."""
    assert newest() == KNOWN.face_map.version
    assert text_of(newest(), "map.json") == described(KNOWN)


def test_record_of_version_3_is_drawn_on_the_views_and_outlines_of_version_3() -> None:
    then = render_all(KNOWN.face_map, SITES.values(), [marker()], version="3")
    now = render_all(KNOWN.face_map, SITES.values(), [marker()])
    outline = edition_of("3").regions["masseter"][0].path

    assert [drawing.view for drawing in then] == ["right", "front", "left", "back"]
    assert any(outline in drawing.svg for drawing in then)
    assert not any('data-site="tongue"' in drawing.svg for drawing in then)
    assert any('data-site="tongue"' in drawing.svg for drawing in now)
    assert [drawing.svg.count("MASS-L-1,") > 0 for drawing in then] == [False, False, True, False]


def test_a_view_keeps_its_size_and_scale_so_that_old_positions_stay_true() -> None:
    for version in versions():
        for view in edition_of(version).views:
            today = edition_of(newest()).view(view.view)

            assert today is not None
            assert (view.width, view.height, view.mm_per_unit) == (
                today.width,
                today.height,
                today.mm_per_unit,
            )
