"""The pictures of a record on paper: points given and pain on the face map, and photographs."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

from masseter.journey.consult.models import PainDrawing
from masseter.journey.ground import vault
from masseter.journey.inject.models import GivenPoint, Treatment
from masseter.journey.plan.drafts import point_of_row
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.queries import picture_of, shown
from masseter.knowledge.load import load
from masseter.ui.facemap import render_all
from masseter.ui.pain import pain_shapes
from masseter.ui.paper.maps import given_marker, maps_of
from masseter.ui.paper.whole.blocks import Block, Told

MOST_DRAWN = 12  # the newest so many of a kind are drawn: a drawing weighs more than a page of words
PHOTOGRAPH_PX = 900  # the longer side on paper; the FHIR bundle has the whole picture


def given_map(told: Told, treatment: Treatment, points: Sequence[GivenPoint]) -> list[Block]:
    """The points of a treatment on the edition of the map that it was recorded on."""
    markers = [given_marker(point_of_row(point)) for point in points]
    pictures, maps = maps_of(markers, version=treatment.map_version)
    return _drawn(told, f"given-{treatment.pk}", pictures, maps)


def pain_map(told: Told, drawing: PainDrawing) -> list[Block]:
    """A pain drawing on the edition of the map that it was drawn on."""
    knowledge, shapes = load(), pain_shapes(drawing, plain=True)
    drawings = render_all(
        knowledge.face_map,
        knowledge.sites.values(),
        palette="print",
        version=drawing.map_version,
        pain=shapes,
        views={shape.view for shape in shapes},
    )
    maps = [
        {
            "name": each.view,
            "title": each.title,
            "words": f"{each.title}. " + "; ".join(one.words for one in shapes if one.view == each.view),
        }
        for each in drawings
    ]
    return _drawn(told, f"pain-{drawing.pk}", {each.view: str(each.svg) for each in drawings}, maps)


def photographs(told: Told) -> list[Block]:
    """The photographs that may be shown: their consent stands, and they were not taken out."""
    may_be = set(shown().filter(patient_id=told.record.patient.pk).values_list("pk", flat=True))
    rows = [one for one in told.record.of(Photograph) if one.pk in may_be]
    maps = []
    for row in rows[-MOST_DRAWN:]:
        name, title = f"photograph-{row.pk}", f"{row.get_pose_display()}, {told.at(row.taken_at)}"
        try:
            told.pictures[name] = _photograph_svg(picture_of(row))
        except vault.WillNotOpen:
            title = _("%(photograph)s: the file does not open") % {"photograph": title}
            told.pictures[name] = _NOTHING
        maps.append({"name": name, "title": title, "words": title})
    return _maps(maps)


def _drawn(
    told: Told, of: str, pictures: Mapping[str, str], maps: Sequence[Mapping[str, str]]
) -> list[Block]:
    told.pictures.update({f"{of}-{name}": svg for name, svg in pictures.items()})
    return _maps([{**each, "name": f"{of}-{each['name']}"} for each in maps])


def _maps(maps: list[dict[str, str]]) -> list[Block]:
    return [{"kind": "maps", "maps": maps}] if maps else []


_NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><path d="M0 0h90v60H0z" fill="#eee"/></svg>'
)


def _photograph_svg(jpeg: bytes) -> str:
    """A photograph, made smaller, inside an SVG: the paper's data are text."""
    with Image.open(BytesIO(jpeg)) as picture:
        picture.thumbnail((PHOTOGRAPH_PX, PHOTOGRAPH_PX))
        small = BytesIO()
        picture.convert("RGB").save(small, "JPEG", quality=80)
        width, height = picture.size
    data = base64.b64encode(small.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
    )
