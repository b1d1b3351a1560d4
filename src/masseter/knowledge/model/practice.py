"""How a clinic works: syringes, reviews, billing, supply, records, duties."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model.curves import ForecastRules
from masseter.knowledge.model.grounds import Evidence, Jurisdiction, Range, Text, Value
from masseter.knowledge.model.rules import Rule


@dataclass(frozen=True, kw_only=True)
class DeadSpace:
    """What stays behind in a syringe with its needle after the last push, as measured."""

    assembly: str
    loss_ml: Value


@dataclass(frozen=True, kw_only=True)
class EmergencyHelp:
    """Whom to call in a jurisdiction: `number` in an emergency, `also` what reaches the same help.

    `closed`: what to do about a sign of the same day when the clinic does not answer; `line` the number
    for it, '' where there is none for all of the jurisdiction.
    """

    jurisdiction: Jurisdiction
    number: str
    also: tuple[str, ...]
    line: str
    closed: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class FaceRounding:
    """The most units by which a syringe's marks may change a dose where a smile or a lid is near."""

    units: Decimal
    products: tuple[str, ...]
    regions: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Diluent:
    """What a powder may be dissolved in; one that no label names asks for a named person's decision."""

    code: str
    name: str
    on_label: bool
    text: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ReviewStep:
    """One look after a treatment: how many days after it, and at what.

    The days of `effect` give way to those of the scheme or the condition, and `decision` is due when the
    interval is over, for as long as its own days are apart.
    """

    kind: Literal["safety", "effect", "decision"]
    title: str
    looks_at: str
    days: Range
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class CalibrationLimits:
    """When a fitted time course may be shown to patients.

    A band may miss what it says by `points` over all and by `points_in_group` in a group, judged by so many
    `people` and `people_in_group` at least who were not fitted. Bands get a stretch of their own in a dose
    group of `people_to_stretch` or more; doses up to `lower_dose` of the fit's reference dose, up to
    `higher_dose` and above are such groups.
    """

    points: Value
    points_in_group: Value
    people: Value
    people_in_group: Value
    people_to_stretch: Value
    lower_dose: Value
    higher_dose: Value


@dataclass(frozen=True, kw_only=True)
class DiaryRules:
    """How gently the diary asks.

    At most so many symptoms. `usual_every`, `onset_every` and `wear_off_every`: days from one entry to the
    next where no single days are counted. Wear-off is asked for from `wear_off_ahead` days before its first
    published day on, or from `wear_off_unpublished` on where no course was published, every `wear_off_again`
    days until `wear_off_until`. `wear_off_told`: standard deviation of a day that was told.
    `clock_slack`: by how much two readings of one clock may differ.
    """

    most_symptoms: Value
    usual_every: Value
    onset_every: Value
    wear_off_every: Value
    wear_off_ahead: Value
    wear_off_unpublished: Value
    wear_off_again: Value
    wear_off_until: Value
    wear_off_told: Value
    clock_slack: Value


@dataclass(frozen=True, kw_only=True)
class Practice:
    """House numbers that belong to no single product: rounding bands, windows, default loss.

    `rounding_accept_percent` and `rounding_confirm_percent` bound the error of a drawn volume.
    `other_product_days` is the look-back for a toxin of another product. `graduation_ml` and
    `dead_space_ml` are what a new draw-up starts with. `shortfall_note_percent` is the share of
    the plan under which a shortfall is only noted. `lid_middle_share` is the middle share of the
    upper lid, and `lid_medial_share` the medial share of the lower lid, that are to be avoided.
    `baseline_days` of diary, and the condition's own scale, come before the first treatment.
    `likeness_of_days` is the correlation between the days of one person's diary.
    """

    rounding_accept_percent: Value
    rounding_confirm_percent: Value
    other_product_days: Value
    graduation_ml: Value
    dead_space_ml: Value
    shortfall_note_percent: Value
    lid_middle_share: Value
    lid_medial_share: Value
    face_rounding: FaceRounding | None = None
    dead_spaces: tuple[DeadSpace, ...] = ()
    baseline_days: Value | None = None
    reviews: tuple[ReviewStep, ...] = ()
    diluents: tuple[Diluent, ...] = ()
    syringes: tuple[Text, ...] = ()
    forecast: ForecastRules | None = None
    likeness_of_days: Value | None = None
    calibration: CalibrationLimits | None = None
    diary: DiaryRules | None = None


@dataclass(frozen=True, kw_only=True)
class BillingCode:
    """The code under which products are billed; `units` of the product are one billing unit."""

    code: str
    system: str
    jurisdiction: Jurisdiction
    products: tuple[str, ...]
    units: Decimal
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class BillingNote:
    """What has to be known for a claim beside the unit: a code of the procedure, a rule, what a payer asks.

    Codes are given without the official wording, which is licensed. Nothing here decides a treatment.
    A procedure is shown for its `conditions`, and its `sites` where it names some; without conditions it
    is shown for none. What a payer asks is answered from the record by `when`; without it, by hand.
    """

    code: str
    kind: Literal["procedure", "claim", "start", "renewal"]
    title: str
    text: str
    jurisdictions: tuple[Jurisdiction, ...]
    evidence: Evidence
    conditions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    when: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class AlertLot:
    """A lot number that an authority named, as counterfeit or stolen.

    A fake may carry the number of a genuine lot: a hit asks for quarantine and a call to the maker, and
    is no proof; no hit proves nothing. `expiry` is what the alert says was printed.
    """

    number: str
    expiry: str
    told: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ReceiptCheck:
    """One thing to look at on a pack that arrives and again before it is used, and what follows."""

    code: str
    text: str
    then: str
    evidence: Evidence
    jurisdictions: tuple[Jurisdiction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BarcodeField:
    """One field of the GS1 code on a pack: its identifier, how it is written, and whether it is read here."""

    ai: str
    meaning: str
    written: str
    is_read: bool
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long the records of a treatment are kept: adults in years after the last entry, children in words.

    Empty `jurisdictions` means all. Where two rows of a place disagree the longer period is the safe one.
    """

    code: str
    place: str
    jurisdictions: tuple[Jurisdiction, ...]
    adult_years: Value | None
    child: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A duty that a law or a body puts on those who treat or keep records."""

    code: str
    body: str
    text: str
    jurisdictions: tuple[Jurisdiction, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ReportScheme:
    """Where suspected reactions and faults are reported, and what the report asks for."""

    code: str
    name: str
    jurisdiction: Jurisdiction
    address: str
    minimum: Text
    fields: tuple[Text, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class RecordBlock:
    """One block of the least that the record of a treatment holds."""

    code: str
    title: str
    fields: tuple[str, ...]
    evidence: Evidence
