"""A hundred people as a drawing of our own: so many of them in colour, the others in outline."""

from __future__ import annotations

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

COLUMNS, ROWS = 10, 10
_WIDE, _HIGH = 12, 16
_PERSON = "M{x} {head}a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0zM{left} {feet}v-4.2a3.8 3.8 0 0 1 7.6 0v4.2z"


def hundred_people(number: Decimal | float | str) -> SafeString:
    """The drawing; it says nothing to a screen reader, for the words beside it say the number.

    Shape: rows of ten, the first in colour; a number is rounded to whole people, one above 0 to at least one.
    """
    exact = float(number)
    count = max(round(exact), 1) if exact > 0 else 0
    places = [_person(place) for place in range(COLUMNS * ROWS)]
    drawing = '<svg class="m-people" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>'
    paths = format_html('<path class="is-on" d="{}"/>', "".join(places[:count]))
    paths += format_html('<path class="is-off" d="{}"/>', "".join(places[count:]))
    return format_html(drawing, COLUMNS * _WIDE, ROWS * _HIGH, paths)


def _person(place: int) -> str:
    row, column = divmod(place, COLUMNS)
    middle, top = column * _WIDE + _WIDE / 2, row * _HIGH + 1
    head, feet = f"{top + 2.6:g}", f"{top + 13.4:g}"
    return _PERSON.format(x=f"{middle - 2.4:g}", head=head, left=f"{middle - 3.8:g}", feet=feet)
