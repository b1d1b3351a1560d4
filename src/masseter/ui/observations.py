"""Forms made from the observations that knowledge describes, and their values in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, gettext

from masseter.core.consult.standing import Standing
from masseter.core.facts import NoLessThan, Observation, ObservationValue
from masseter.core.reading import read_facts
from masseter.journey.results.queries import plain_number
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.forms import UNKNOWN, field_for
from masseter.ui.languages.days import day_words
from masseter.ui.languages.numbers import number_words
from masseter.ui.languages.told import in_words, told

SIDES = ("_right", "_left")
NARROW_CHOICES = 3


class ObservationForm(forms.Form):
    """One field for each observation type; cleans to `facts`, ready to be recorded.

    A field left empty is no answer; it counts as 'not known any more' only where `known` holds an
    answer already. Values are judged in core; its sentence stands at the field.
    """

    def __init__(
        self,
        data: Any = None,  # Any: as Django's own signature
        files: Any = None,  # Any: as Django's own signature
        *,
        types: Iterable[ObservationType],
        today: date,
        reported_by: str,
        birth_date: date | None = None,
        known: Mapping[str, ObservationValue] | None = None,
        plain: bool = False,
        initial: Any = None,  # Any: as Django's own signature
    ) -> None:
        self.types = tuple(types)
        self.today, self.reported_by, self.birth_date = today, reported_by, birth_date
        self.known = known or {}
        self.facts: dict[str, Observation] = {}
        started = {code: as_typed(value) for code, value in self.known.items()}
        super().__init__(data, files, initial={**(initial or {}), **started})
        for type_ in self.types:
            self.fields[type_.code] = field_for(type_, plain=plain)

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        cleaned = super().clean() or self.cleaned_data
        given = {code: value for code, value in cleaned.items() if self._counts(code, value)}
        reading = read_facts(
            given,
            types=load().observations,
            today=self.today,
            reported_by=self.reported_by,
            birth_date=self.birth_date,
        )
        self.facts = dict(reading.facts)
        for code, sentence in reading.problems.items():
            self.add_error(code, in_words(sentence))
        return cleaned

    def _counts(self, code: str, value: object) -> bool:
        is_open = value is None or value in ("", [])
        return code in {type_.code for type_ in self.types} and (
            not is_open or self.known.get(code) is not None
        )


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two fields of one thing, on the patient's right and left."""

    label: str
    right: BoundField
    left: BoundField


@dataclass(frozen=True, kw_only=True)
class Row:
    """Fields that stand side by side, or one that takes the whole width."""

    fields: tuple[BoundField, ...]
    is_wide: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The fields of one group: those for both sides, and the others."""

    title: str
    key: str
    pairs: tuple[Pair, ...]
    fields: tuple[BoundField, ...]

    @property
    def rows(self) -> list[Row]:
        """The fields in rows: those that need the whole width alone, the others side by side."""
        rows: list[Row] = []
        for field in self.fields:
            is_wide = _is_wide(field)
            if is_wide or not rows or rows[-1].is_wide:
                rows.append(Row(fields=(field,), is_wide=is_wide))
            else:
                rows[-1] = Row(fields=(*rows[-1].fields, field), is_wide=False)
        return rows


def groups_of(form: ObservationForm) -> list[Group]:
    """The fields of a form in their groups; right and left of one thing stand beside each other."""
    by_group: dict[str, list[ObservationType]] = {}
    for type_ in form.types:
        by_group.setdefault(type_.group, []).append(type_)
    return [_group(form, title, types) for title, types in by_group.items()]


def with_compact_sides(form: ObservationForm) -> ObservationForm:
    """Let fields that come for both sides be drop-down lists, so that a grid of them fits a page."""
    codes = {type_.code for type_ in form.types}
    for type_ in form.types:
        field = form.fields[type_.code]
        if _twin(type_.code, codes) and isinstance(field, forms.ChoiceField) and type_.kind != "choices":
            choices = [("", "–"), *[pair for pair in _plain_choices(field) if pair[0] != ""]]
            field.widget = forms.Select(choices=choices)
            field.widget.attrs["aria-label"] = type_.label
    return form


def as_typed(value: ObservationValue) -> object:
    """A value as a form field shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return list(value)
    return value


def value_words(type_: ObservationType, value: ObservationValue) -> str:
    """A value in words, with its unit."""
    if value is None:
        return gettext("not known")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return day_words(value)
    labels = {choice.code: choice.label for choice in type_.choices}
    if isinstance(value, tuple):
        return ", ".join(labels.get(code, code) for code in value)
    if isinstance(value, str):
        return labels.get(value, value)
    if isinstance(value, NoLessThan):
        named = {"number": f"{value.number} {_unit_of(type_)}".strip()}
        return gettext("at least %(number)s") % named
    if not isinstance(value, int | Decimal):
        return gettext("does not apply")
    return f"{number_words(plain_number(Decimal(value)))} {_unit_of(type_)}".strip()


def _unit_of(type_: ObservationType) -> str:
    return told(type_.unit) if type_.question else type_.unit


def asked_words(type_: ObservationType) -> str:
    """A question on a patient's own paper: as the record has it, or as it is asked in their language."""
    is_other = get_language() in LANGUAGES and type_.question
    return told(type_.question) if is_other else type_.label


def answer_words(type_: ObservationType, value: ObservationValue) -> str:
    """The answer beside it, in the same words."""
    is_other = get_language() in LANGUAGES and type_.question
    return plain_words(type_, value) if is_other else value_words(type_, value)


def plain_words(type_: ObservationType, value: ObservationValue) -> str:
    """A value in the words that the patient chose it by."""
    plain = {choice.code: told(choice.plain or choice.label) for choice in type_.choices}
    if isinstance(value, tuple):
        return ", ".join(plain.get(code, code) for code in value)
    if isinstance(value, str):
        return plain.get(value, value)
    return value_words(type_, value)


def types_where(keep: Callable[[ObservationType], bool]) -> list[ObservationType]:
    """The observation types that fit, in the order in which they are asked."""
    return sorted((type_ for type_ in load().observations.values() if keep(type_)), key=lambda one: one.order)


def intake_types(condition: str | None) -> list[ObservationType]:
    """What is asked in the intake: for everybody, and for this condition."""
    return types_where(lambda type_: "intake" in type_.asked_in and concerns(type_, condition))


def concerns(type_: ObservationType, condition: str | None) -> bool:
    """Whether an observation belongs to this condition, or to everybody."""
    return not type_.conditions or condition in type_.conditions


def known_values(
    standing: Mapping[str, Standing], types: Iterable[ObservationType]
) -> dict[str, Observation]:
    """What a form starts with: the patient's newest word where it waits, else what stands."""
    known = {}
    for type_ in types:
        one = standing.get(type_.code)
        newest = (one.waits or one.stands) if one is not None else None
        if newest is not None:
            known[type_.code] = newest
    return known


def _group(form: ObservationForm, title: str, types: list[ObservationType]) -> Group:
    codes = {type_.code for type_ in types}
    pairs, fields = [], []
    for type_ in types:
        twin = _twin(type_.code, codes)
        if twin is None:
            fields.append(form[type_.code])
        elif type_.code.endswith(SIDES[0]):
            pairs.append(Pair(label=_sideless(type_.label), right=form[type_.code], left=form[twin]))
    key = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    return Group(title=title, key=key, pairs=tuple(pairs), fields=tuple(fields))


def _is_wide(field: BoundField) -> bool:
    choices = getattr(field.field, "choices", ())
    is_text = isinstance(field.field.widget, forms.Textarea)
    return is_text or (
        not isinstance(field.field.widget, forms.Select) and len(list(choices)) > NARROW_CHOICES
    )


def _twin(code: str, codes: set[str]) -> str | None:
    for here, there in (SIDES, SIDES[::-1]):
        if code.endswith(here) and code.removesuffix(here) + there in codes:
            return code.removesuffix(here) + there
    return None


def _sideless(label: str) -> str:
    bare = label.replace("Right ", "").replace("right ", "").replace(", right", "")
    return bare[:1].upper() + bare[1:]


def _plain_choices(field: forms.ChoiceField) -> list[tuple[str, str]]:
    names = {UNKNOWN: gettext("Don’t know")}
    return [(str(code), names.get(str(code), str(words))) for code, words in field.choices]  # type: ignore[misc,union-attr]  # no option groups here
