"""Products: vials, dilutions, limits, parts, keeping, licensed uses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model.grounds import Code, Evidence, Jurisdiction, Range, Severity, Text, Value


@dataclass(frozen=True, kw_only=True)
class Dilution:
    """A label's own dilution of a vial: diluent volume and the resulting units in 0.1 mL."""

    label_units: Decimal
    diluent_ml: Decimal
    units_per_tenth_ml: Decimal
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class LabelPair:
    """A dose with the volume that the label itself prints for it, at one dilution."""

    label_units: Decimal
    diluent_ml: Decimal
    units: Decimal
    volume_ml: Decimal
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """One vial size as it is sold. `gtins`: GTIN-14s; derived ones say so in the evidence note."""

    key: str
    label_units: Decimal
    evidence: Evidence
    volume_ml: Decimal | None = None
    gtins: tuple[str, ...] = ()
    ndc: str = ""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A ceiling in units of the product. The scope says over what the units are summed.

    `in_interval`: over all treatments within `window_days` before and on the day, whatever the indication;
    where the label counts in months, `window_months` too, and neither window may hold more.
    `per_session`: one treatment. `per_site`: one muscle and side. `per_point`: one injection point.
    `per_side`: all sites of one side. `first_session`: the first treatment with this product; `first`
    says the same of a ceiling with another scope. A ceiling of a use (conditions or diagnoses) is over
    after a treatment for it: an earlier one for another use, looks say, does not end it.
    `units_per_kg` makes the ceiling the lower of `units` and so many units for each kilogram of the
    body; `max_age` is the oldest age in years to which the ceiling applies.
    `severity` stop is allowed only for verified evidence.
    """

    code: str
    scope: Literal["in_interval", "per_session", "per_site", "per_point", "per_side", "first_session"]
    units: Decimal
    severity: Severity
    sentence: str
    evidence: Evidence
    window_days: int | None = None
    window_months: int | None = None
    jurisdictions: tuple[Jurisdiction, ...] = ()
    conditions: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    units_per_kg: Decimal | None = None
    max_age: int | None = None
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class ExcipientAmount:
    """How much of a part is in one vial (`per` is the key of a presentation) or in each mL (`per: mL`)."""

    per: str
    value: Decimal
    unit: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Excipient:
    """A part beside the toxin: the evidence for its being there, and its amounts where they are known."""

    text: str
    evidence: Evidence
    amounts: tuple[ExcipientAmount, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """One way in which a vial may be kept: before it is opened, or once it is ready for use.

    Temperatures are in °C, both ends allowed; None is open. Empty `jurisdictions` means all.
    """

    stage: Literal["unopened", "ready"]
    place: Literal["refrigerator", "room", "freezer"]
    low_c: Decimal | None
    high_c: Decimal | None
    evidence: Evidence
    jurisdictions: tuple[Jurisdiction, ...] = ()
    from_light: bool = False
    never_frozen: bool = False


@dataclass(frozen=True, kw_only=True)
class Excursion:
    """What a vial that was kept too warm or too cold may still be used for.

    `hours` add up over the life of a vial. Without figures the maker is asked every time.
    """

    text: str
    evidence: Evidence
    low_c: Decimal | None = None
    high_c: Decimal | None = None
    hours: Decimal | None = None
    jurisdictions: tuple[Jurisdiction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Indication:
    """One use that a label names: for whom, with which dose. Ages are in whole years, both ends licensed.

    `diagnoses` are those of ours that it covers; a use outside the six conditions has none.
    """

    name: str
    jurisdictions: tuple[Jurisdiction, ...]
    evidence: Evidence
    diagnoses: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    units: Range | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Product:
    """One brand of toxin; its units are its own.

    `counts_months`: the label states its interval in months, so that the days alone do not keep it.
    `excipients` are the parts beside the toxin, each with the evidence for its being there; `allergens`
    the codes of those that the intake asks for.
    `unit_label` is printed after every number ('units Botox'). `in_use_hours`: life after
    reconstitution. `indications`: what its labels name, with ages. `codes` never tell two toxins apart:
    type A and type B share an ATC code. `point_ml`: the most that its label puts into one place.
    `comparisons` with other toxins and what is known of its `spread` are told and never computed with.
    """

    key: str
    brand: str
    inn: str
    serotype: Literal["A", "B"]
    form: Literal["powder", "solution"]
    unit_label: str
    presentations: tuple[Presentation, ...]
    dilutions: tuple[Dilution, ...]
    label_pairs: tuple[LabelPair, ...]
    limits: tuple[Limit, ...]
    min_interval_days: Value
    in_use_hours: Value
    storage: Text
    diluent: Text
    excipients: tuple[Excipient, ...]
    allergens: tuple[str, ...]
    licensed_in: tuple[Jurisdiction, ...]
    therapeutic: bool
    unit_step: Decimal
    evidence: Evidence
    interval_months: int | None = None
    counts_months: bool = False
    comparison_note: str = ""
    keeping: tuple[Keeping, ...] = ()
    excursion: Excursion | None = None
    shelf_months: Value | None = None
    use_once: Text | None = None
    indications: tuple[Indication, ...] = ()
    proteins: Text | None = None
    boxed_warning: Text | None = None
    codes: tuple[Code, ...] = ()
    point_ml: Value | None = None
    comparisons: tuple[Text, ...] = ()
    spread: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnlicensedToxin:
    """A botulinum toxin that is licensed in none of the US, the EU and the UK, with its brand names.

    Such a one may be on record as given elsewhere; it can never be planned or given here.
    """

    key: str
    name: str
    evidence: Evidence
