"""Template tags of the look: icons, looks of verdicts, and form controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from masseter.ui import words
from masseter.ui.forms import NumberField, PainScale, SignatureField, SignaturePad
from masseter.ui.icons import icon_svg
from masseter.ui.people import hundred_people

register = template.Library()

# Choices as few and short as these stand side by side.
LONGEST_ROW = 4
LONGEST_WORD = 22

TABLES: dict[str, Mapping[str, words.Look]] = {
    "severity": words.SEVERITIES,
    "answer": words.ANSWERS,
    "verdict": words.VERDICTS,
    "step": words.STEP_STATES,
    "message": words.MESSAGES,
}


class UnknownLook(LookupError):
    """No look is defined for this code."""


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """`{% icon "calendar" %}`: an inline icon, hidden from screen readers unless labelled."""
    return icon_svg(name, css, label)


@register.simple_tag
def look(table: str, code: object) -> words.Look:
    """`{% look "verdict" code as it %}`: tone, icon and words of a code.

    Raises: UnknownLook.
    """
    try:
        found = TABLES[table][str(code)]
    except KeyError as unknown:
        raise UnknownLook(f"{table} {code!r}") from unknown
    return replace(found, words=gettext(found.words))


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: hidden, scale, radios, boxes, check, signature, select, area or line."""
    widget = field.field.widget
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (SignaturePad, "signature"),
        (forms.HiddenInput, "hidden"),
        (PainScale, "scale"),
        (forms.CheckboxSelectMultiple, "boxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "check"),
        (forms.Select, "select"),
        (forms.Textarea, "area"),
    )
    return next((kind for type_, kind in kinds if isinstance(widget, type_)), "line")


def is_short(field: BoundField) -> bool:
    """Whether the answer is a number or a date, so that a short box is enough."""
    short = (NumberField, forms.DecimalField, forms.IntegerField, forms.DateField, forms.TimeField)
    return isinstance(field.field, short)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """`{% widget field %}`: the bare control with the classes of the look."""
    css = {"select": "form-select", "check": ""}.get(field_kind(field), "form-control")
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


@dataclass(frozen=True, kw_only=True)
class FieldParts:
    """What the `c-field` component needs to know of a field."""

    kind: str
    label: str
    help: str
    unit: str
    mark: str
    described_by: str
    is_group: bool
    is_row: bool
    is_short: bool


@register.simple_tag
def field_parts(
    field: BoundField, label: str = "", help: str = "", unit: str = "", mark: str = "", row: str = ""
) -> FieldParts:
    """`{% field_parts field ... as it %}`: labels, marks and layout of one field."""
    kind = field_kind(field)
    help_words = str(help or field.help_text).strip()  # a blank says: none
    own_mark = "" if field.field.required or mark == "none" else gettext("optional")
    ids = [f"{field.auto_id}_helptext"] if help_words else []
    ids += [f"{field.auto_id}_error"] if field.errors else []
    choices = list(getattr(field.field, "choices", ()))
    brief = len(choices) <= LONGEST_ROW and all(len(str(text)) <= LONGEST_WORD for _, text in choices)
    return FieldParts(
        kind=kind,
        label=label or str(field.label),
        help=help_words,
        unit=unit or getattr(field.field, "unit", ""),
        mark=mark if mark not in ("", "none") else own_mark,
        described_by=" ".join(ids),
        is_group=kind in ("signature", "scale", "radios", "boxes"),
        is_row=bool(row) or (kind == "radios" and brief),
        is_short=is_short(field),
    )


@dataclass(frozen=True, kw_only=True)
class ErrorRow:
    """One line of the error summary; `target` is the id to go to, empty for the whole form."""

    target: str
    words: str


def _rows(form: forms.BaseForm) -> Iterator[ErrorRow]:
    for error in form.non_field_errors():
        yield ErrorRow(target="", words=str(error))
    for field in form:
        target = field.auto_id if field_parts(field).is_group else field.id_for_label
        label = str(field.label or "").rstrip("?.:")
        for error in field.errors:
            yield ErrorRow(target=target or field.auto_id, words=f"{label}: {error}")


@register.simple_tag
def summary_errors(
    form: forms.BaseForm | str = "", more: Iterable[forms.BaseForm] | str = ""
) -> list[ErrorRow]:
    """All errors of one or several forms, in the order of the page."""
    every = [one for one in (form, *more) if isinstance(one, forms.BaseForm) and one.is_bound]
    return [row for one in every for row in _rows(one)]


@register.simple_tag
def signature(path: str, label: str = "") -> SafeString:
    """`{% signature path %}`: a stored signature as a drawing.

    Raises: UnknownLook when the path is not one that the pad makes.
    """
    if not SignatureField.shape.fullmatch(path):
        raise UnknownLook("signature")
    return format_html(
        '<svg class="m-signature" viewBox="0 0 600 200" role="img" aria-label="{}"><path d="{}" fill="none" '
        'stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        label or gettext("Drawn signature"),
        path,
    )


@register.simple_tag(name="hundred_people")
def _hundred_people(number: object) -> SafeString:
    """`{% hundred_people 30 %}`: a hundred people, thirty of them in colour."""
    return hundred_people(str(number))
