"""What each vial held, what of it was given, and what is thrown away: proposed, and typed by who counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms

from masseter.clinic.plan.words import plain
from masseter.journey.inject.preparing import Session, doses_of
from masseter.journey.inject.vials import rests, vial_of_each
from masseter.journey.stock.models import Vial
from masseter.ui.forms import NumberField

PREFIX = "discarded-"
BEFORE = "-was"


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One vial: label = given + thrown away. `rest` is what was proposed, `discarded` what stands there."""

    pk: int
    name: str
    label: str
    given: str
    diluent: str
    rest: str
    discarded: str

    @property
    def field(self) -> str:
        return f"{PREFIX}{self.pk}"

    @property
    def before(self) -> str:
        return f"{self.field}{BEFORE}"


def read_discarded(data: Mapping[str, str]) -> dict[int, Decimal]:
    """What was thrown away of each vial, as it was typed.

    Raises: ValidationError with the sentence of the first that is no number.
    """
    field = NumberField(required=False, max_length=12)
    found = {}
    for name, text in data.items():
        key = name.removeprefix(PREFIX)
        if name == key or not (key.isascii() and key.isdigit() and len(key) < 19):
            continue
        try:
            number = field.clean(text)
        except forms.ValidationError as problem:
            raise forms.ValidationError(f"Thrown away: {' '.join(problem.messages)}") from problem
        if number is not None and number < 0:
            raise forms.ValidationError("Thrown away: enter nothing less than 0.")
        if number is not None:
            found[int(key)] = number
    return found


def ledger(session: Session, vials: Iterable[Vial], typed: Mapping[str, str]) -> list[LedgerLine]:
    """The lines of the chosen vials. A proposal that nobody changed follows what is given."""
    chosen = sorted(
        (vial for vial in vials if vial.pk in session.vial_ids),
        key=lambda vial: session.vial_ids.index(vial.pk),
    )
    held = {str(vial.pk): vial.label_units for vial in chosen}
    doses = doses_of(session.given)
    left = rests(doses, held)
    return [_line(vial, session, _given(doses, held, vial), left[vial.pk], typed) for vial in chosen]


def _line(
    vial: Vial, session: Session, given: Decimal, rest: Decimal, typed: Mapping[str, str]
) -> LedgerLine:
    now, before = typed.get(f"{PREFIX}{vial.pk}", ""), typed.get(f"{PREFIX}{vial.pk}{BEFORE}", "")
    opening = session.openings.get(vial.pk)
    fresh = opening.diluent_ml if opening is not None else None
    diluent = vial.diluent_ml if vial.opened_at is not None else fresh
    return LedgerLine(
        pk=vial.pk,
        name=str(vial),
        label=plain(vial.label_units),
        given=plain(given),
        diluent=plain(diluent),
        rest=plain(rest),
        discarded=now if now.strip() and now != before else plain(rest),
    )


def _given(doses: Sequence[tuple[Decimal, int | None]], held: Mapping[str, Decimal], vial: Vial) -> Decimal:
    names = vial_of_each(doses, held)
    return sum(
        (units for (units, _), name in zip(doses, names, strict=True) if name == str(vial.pk)), Decimal(0)
    )
