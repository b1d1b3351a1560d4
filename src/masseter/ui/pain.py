"""The page on which pain is drawn, for patients and for staff: rows of strokes, a pen, and the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.consult.pain import (
    MOST_STROKES,
    QUALITIES,
    RADII,
    InvalidStroke,
    Stroke,
    read_line,
    write_line,
)
from masseter.core.plan.lookup import find_view
from masseter.core.plan.places import Area, NoSuchArea, middle_of
from masseter.core.quantities import plain
from masseter.journey.consult.models import PainDrawing
from masseter.journey.consult.pain import Drawn, drawn_areas, strokes_of
from masseter.journey.ground.refusals import Refused
from masseter.knowledge.load import load
from masseter.ui.areas import AreaField, area_words
from masseter.ui.facemap import PainShape
from masseter.ui.forms import ManyField, OneField, ScaleField
from masseter.ui.languages.lists import listed, listed_apart
from masseter.ui.pages import Context, FormPage

WIDTHS = [("small", _("Small, a fingertip")), ("medium", _("Medium")), ("large", _("Large, a palm"))]
MOST_NAMED = 4
QUALITY_WORDS = {
    "pressing": _("pressing"),
    "tight": _("tight"),
    "dull": _("dull"),
    "throbbing": _("throbbing"),
    "stabbing": _("stabbing"),
    "electric": _("like an electric shock"),
    "burning": _("burning"),
    "tender": _("tender to touch"),
}
QUALITY_CHOICES = [(code, QUALITY_WORDS[code]) for code in QUALITIES]


@dataclass(frozen=True, kw_only=True)
class StrokeRow:
    """One row of the form as it was posted."""

    view: str
    line: str
    radius: str
    strength: str
    qualities: str

    @cached_property
    def label(self) -> str:
        """The row in words: which places lie under it, and how it feels."""
        try:
            return stroke_words(self.stroke(), plain=True)
        except InvalidStroke:
            return gettext("A place on the drawing")

    def stroke(self) -> Stroke:
        """The row as core reads it. Raises: InvalidStroke."""
        view = find_view(load(), self.view)
        radius = next((each for each in RADII.values() if plain(each) == self.radius), None)
        if view is None or radius is None:
            raise InvalidStroke("This stroke cannot be read. Draw it again.")
        is_number = self.strength.isascii() and self.strength.isdigit() and len(self.strength) < 4
        strength = int(self.strength) if is_number else -1
        return Stroke(
            view=view.view,
            line=read_line(self.line),
            radius=radius,
            strength=strength,
            qualities=tuple(self.qualities.split()),
        )


class PainForm(forms.Form):
    """The pen (strength, size, how it feels), a place by name, words; the strokes are rows beside it."""

    strength = ScaleField(label=_("How strong is the pain there?"), required=False, initial=5)
    width = OneField(label=_("How large is the place?"), required=False, choices=WIDTHS, initial="medium")
    qualities = ManyField(label=_("How does it feel?"), required=False, choices=QUALITY_CHOICES)
    area = AreaField(label=_("Choose a place by name"))
    words = forms.CharField(
        label=_("Anything to add"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def rows(self) -> list[StrokeRow]:
        """The rows as they were posted, and the place that is chosen by name and not added yet."""
        return [*read_strokes(self.data), *self.named()]

    def named(self) -> list[StrokeRow]:
        """The place that is chosen by name, drawn with the pen as it is set."""
        area = self.cleaned_data.get("area") if self.is_bound and self.is_valid() else None
        if not isinstance(area, Area):
            return []
        try:
            middle = middle_of(area, load())
        except NoSuchArea:
            return []
        strength, width = self.cleaned_data["strength"], self.cleaned_data["width"] or "medium"
        return [
            StrokeRow(
                view=middle.view,
                line=write_line(((middle.x, middle.y),)),
                radius=plain(RADII[width]),
                strength="" if strength is None else str(strength),
                qualities=" ".join(self.cleaned_data["qualities"]),
            )
        ]

    def strokes(self) -> list[Stroke]:
        """Every row as core reads it. Raises: InvalidStroke."""
        return [row.stroke() for row in self.rows()]


class DrawsPain(FormPage):
    """A page on which pain is drawn; the page says of which case, and what is done with the strokes."""

    form_class: ClassVar = PainForm

    def keep(self, strokes: list[Stroke], words: str) -> str:
        """Keep the drawing and answer the address to go to."""
        raise TypeError(f"{type(self).__name__} does not say how a drawing is kept")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") != "add":
            return super().post(request, *args, **kwargs)
        form = self.make_form(request.POST)
        assert isinstance(form, PainForm)
        added = form.named()
        if added:
            # The list starts empty again; what was added stands in the rows.
            fresh = request.POST.copy()
            fresh["area"] = ""
            rows = [*read_strokes(form.data), *added]
            form = self.make_form(fresh)
            return self.show({**self._parts(form), "rows": rows})
        if form.is_valid():
            form.add_error("area", _("Choose a place of the list."))
        return self.show({**self._parts(form), "form_has_errors": True}, status=422)

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, PainForm)
        try:
            strokes = form.strokes()
        except InvalidStroke as problem:
            raise Refused(str(problem)) from problem
        return self.keep(strokes, form.cleaned_data["words"])

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        form = more["form"]
        rows = more.get("rows")
        if rows is None:
            rows = read_strokes(form.data) if form.is_bound else []
        sizes = " ".join(f"{name}:{plain(radius)}" for name, radius in RADII.items())
        parts = {"rows": rows, "shapes": row_shapes(rows), "radius": sizes}
        return super().show({**more, **parts}, status)


def read_strokes(data: Mapping[str, str]) -> list[StrokeRow]:
    """The rows `stroke-N-…` of a posted form in order, without those taken away.

    Numbers have gaps: the number of a stroke that was undone is not given again. Of more rows than twice
    what a drawing may have only so many are read, which is enough to refuse them.
    """
    text = data.get("strokes-total", "")
    total = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    names = ("view", "line", "radius", "strength", "qualities")
    numbers = (
        number
        for number in range(total)
        if data.get(f"stroke-{number}-view") and not data.get(f"stroke-{number}-remove")
    )
    return [
        StrokeRow(**{name: data.get(f"stroke-{number}-{name}", "").strip() for name in names})
        for number in islice(numbers, 2 * MOST_STROKES)
    ]


def row_shapes(rows: Iterable[StrokeRow]) -> list[PainShape]:
    """The rows that can be drawn, for the map."""
    shapes = []
    for row in rows:
        try:
            shapes.append(_shape(row.stroke(), row.label))
        except InvalidStroke:
            continue
    return shapes


def pain_shapes(drawing: PainDrawing, *, plain: bool = False) -> list[PainShape]:
    """A kept drawing for the map."""
    return [_shape(each.stroke, drawn_words(each, plain=plain)) for each in strokes_of(drawing)]


def stroke_words(stroke: Stroke, *, plain: bool = False) -> str:
    """A stroke in words, by today's map."""
    return drawn_words(Drawn(stroke=stroke, under=drawn_areas(stroke, load())), plain=plain)


def drawn_words(drawn: Drawn, *, plain: bool = False) -> str:
    """A stroke in words: the places under it, how strong it is, how it feels."""
    places = areas_words(drawn.under, plain=plain) or gettext("Beside every muscle that is drawn")
    feels = [str(QUALITY_WORDS[each]) for each in drawn.stroke.qualities if each in QUALITIES]
    strength = gettext("strength %(number)s of 10") % {"number": drawn.stroke.strength}
    return listed_apart([places, strength, *([listed(feels)] if feels else [])])


def areas_words(areas: Iterable[Area], *, plain: bool = False) -> str:
    """Areas in words, the first few by name."""
    names = list(dict.fromkeys(area_words(area.site, area.side, plain=plain) for area in areas))
    more = len(names) - MOST_NAMED
    named = listed_apart(names[:MOST_NAMED])
    return (
        gettext("%(places)s and %(number)s more") % {"places": named, "number": more} if more > 0 else named
    )


def _shape(stroke: Stroke, words: str) -> PainShape:
    return PainShape(
        view=stroke.view, line=stroke.line, radius=stroke.radius, strength=stroke.strength, words=words
    )
