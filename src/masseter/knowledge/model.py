"""The shapes of what Masseter knows: frozen dataclasses, standard library only.

The YAML files under `data/` are read into these shapes by `load.py`; `core` computes with them.
Nothing here reads a file, and no clinical number stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Sureness = Literal["verified", "from_memory", "design"]
Grade = Literal["high", "moderate", "low", "very_low", "expert", "label", "ungraded"]
Status = Literal["licensed", "off_label", "research"]
Jurisdiction = Literal["US", "EU", "UK"]
Severity = Literal["stop", "caution", "note"]
Leads = Literal[
    "refer_urgently",
    "not_a_candidate",
    "something_else_first",
    "needs_information",
    "candidate",
]
ObservationKind = Literal["boolean", "integer", "decimal", "choice", "choices", "text", "date"]
AskedIn = Literal["self_check", "intake", "examination", "symptom_check", "derived"]
Side = Literal["left", "right", "midline"]
View = Literal["front", "left", "right", "back"]
Route = Literal["intramuscular", "subcutaneous", "intradermal", "submucosal"]
Recommends = Literal["repeat", "adjust", "pause", "stop", "refer"]
SourceOfScore = Literal["entered", "diary_days_per_28", "diary_mean", "entered_or_diary_mean"]
SymptomGrade = Literal["expected", "call", "emergency"]
Position = Literal["for", "conditional_for", "none", "conditional_against", "against", "unread"]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a value or a rule comes from and how sure we are of it.

    `sources` are keys of `sources.yaml`; only `verified` evidence may drive a stop.
    """

    sources: tuple[str, ...]
    sure: Sureness
    checked: date
    grade: Grade = "ungraded"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One entry of the register of sources."""

    key: str
    title: str
    locator: str
    sure: Sureness


@dataclass(frozen=True, kw_only=True)
class Value:
    """One number with its unit and its evidence."""

    value: Decimal
    unit: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Range:
    """A published range, both ends included."""

    low: Decimal
    high: Decimal
    unit: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Text:
    """A sentence or paragraph of our own, with the evidence that it rests on."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code of a terminology, e.g. ICD-10-CM G43.709.

    The codes of one system are a choice by side, cause or course: one of them fits a patient, never all.
    One that ends in a dash is a family.
    """

    system: str
    code: str
    display: str
    evidence: Evidence


# --- rules: a small language over observations, answered met, not met or unknown -----------------


@dataclass(frozen=True, kw_only=True)
class Is:
    """The boolean observation has this value."""

    observation: str
    equals: bool = True


@dataclass(frozen=True, kw_only=True)
class AtLeast:
    observation: str
    at_least: Decimal


@dataclass(frozen=True, kw_only=True)
class AtMost:
    observation: str
    at_most: Decimal


@dataclass(frozen=True, kw_only=True)
class OneOf:
    """The choice is one of these codes; for `choices`, at least one of those chosen is."""

    observation: str
    one_of: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CountAtLeast:
    """At least so many of the codes in `of` (all codes when empty) are chosen in a `choices` observation."""

    observation: str
    count_at_least: int
    of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AllOf:
    all: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class AnyOf:
    any: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class NumberOf:
    """At least `count` of these rules are met."""

    count: int
    of_rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Not:
    negate: Rule


Rule = Is | AtLeast | AtMost | OneOf | CountAtLeast | AllOf | AnyOf | NumberOf | Not


# --- observations ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Choice:
    code: str
    label: str
    plain: str = ""


@dataclass(frozen=True, kw_only=True)
class ObservationType:
    """One fact that may be asked about a patient: how it is worded, its unit and plausible limits.

    `conditions` empty means that it belongs to all six. `derived` ones are computed, never asked;
    `asked_by` is the question whose answer one is computed from, where a person can be asked.
    `valid_days`: how long an answer may be relied on in a check; empty for what does not change.
    """

    code: str
    label: str
    question: str
    kind: ObservationKind
    group: str
    order: int
    asked_in: tuple[AskedIn, ...]
    help: str = ""
    conditions: tuple[str, ...] = ()
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[Choice, ...] = ()
    only_if: Rule | None = None
    asked_by: str = ""
    valid_days: Value | None = None


# --- conditions -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class FindingRule:
    """A rule that, when met, adds one finding to a verdict.

    `unknown`: what an unknown answer does: `ask` makes the verdict need information, `ignore`
    leaves it out. Empty `jurisdictions`, `products`, `conditions` or `regions` means all.
    `needs_approval`: the stop gives way only to a specialist's recorded approval (an observation code).
    """

    code: str
    when: Rule
    severity: Severity
    leads_to: Leads
    sentence: str
    plain: str
    evidence: Evidence
    unknown: Literal["ask", "ignore"] = "ask"
    urgency: Literal["", "emergency", "same_day", "urgent", "routine"] = ""
    jurisdictions: tuple[Jurisdiction, ...] = ()
    conditions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    in_self_check: bool = False
    is_red_flag: bool = False
    needs_approval: str = ""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One lettered or named line of published diagnostic criteria."""

    code: str
    label: str
    rule: Rule
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """How well the criteria find a diagnosis and leave out the others: shares from 0 to 1."""

    sensitivity: Decimal
    specificity: Decimal
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """A diagnosis that is made when all its criteria are met.

    `treatable`: botulinum toxin may be considered for it; a diagnosis that is not treatable
    (a look-alike, a joint disorder) is still shown when it is met. `accompanies`: it is not treated
    itself and goes along with one that is, for which toxin may still be offered.
    """

    code: str
    name: str
    plain_name: str
    treatable: bool
    criteria: tuple[Criterion, ...]
    codes: tuple[Code, ...]
    evidence: Evidence
    look_alike: str = ""
    accompanies: bool = False
    accuracy: Accuracy | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUpRule:
    """A published stopping, pausing or continuing rule over derived observations.

    A rule that names `diagnoses` or `products` holds for a treatment that is known to be of these.
    """

    code: str
    when: Rule
    recommends: Recommends
    sentence: str
    plain: str
    evidence: Evidence
    jurisdictions: tuple[Jurisdiction, ...] = ()
    diagnoses: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Whether a use is licensed in a jurisdiction; `product` empty means every product."""

    jurisdiction: Jurisdiction
    status: Status
    text: str
    evidence: Evidence
    product: str = ""
    diagnoses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number said to patients, as 'so many of 100', with what it is about."""

    of_100: Decimal
    text: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the public page of a condition says, in plain words of our own."""

    title: str
    lead: str
    what_it_is: tuple[Text, ...]
    why_toxin: tuple[Text, ...]
    for_whom: tuple[Text, ...]
    not_for: tuple[Text, ...]
    what_happens: tuple[Text, ...]
    how_well: tuple[Text, ...]
    how_long: tuple[Text, ...]
    side_effects: tuple[Text, ...]
    cannot: tuple[Text, ...]
    other_options: tuple[Text, ...]
    get_help: tuple[Text, ...]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guideline:
    """What one guideline or review says of botulinum toxin. It decides nothing; it is shown beside a verdict.

    `position` none: it was read and takes none; unread: it exists and its position was not read. Empty
    `jurisdictions` or `diagnoses` means all. `since` and `until` are dates as far as they are known; one
    with `until` is no longer in force. The grade of the evidence is the certainty that it rests on.
    """

    code: str
    title: str
    conditions: tuple[str, ...]
    position: Position
    strength: str
    since: str
    text: str
    evidence: Evidence
    diagnoses: tuple[str, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One of the six conditions, whole.

    `self_check`: observation codes in the order asked, after the red flags.
    `worth_consultation`: met over the self-check answers when a consultation is worth it.
    `main_measure`: code of the instrument on which response is judged; `response_percent` the
    published fall in percent that makes a responder. `codes` belong to the condition as a whole.
    """

    code: str
    name: str
    plain_name: str
    order: int
    story: Story
    self_check: tuple[str, ...]
    worth_consultation: Rule
    not_worth: Text
    diagnoses: tuple[Diagnosis, ...]
    findings: tuple[FindingRule, ...]
    follow_up: tuple[FollowUpRule, ...]
    licences: tuple[Licence, ...]
    main_measure: str
    instruments: tuple[str, ...]
    response_percent: Value
    interval_days: Value
    review_days: Range
    off_label_consent: Text | None
    diary: tuple[str, ...]
    evidence: Evidence
    codes: tuple[Code, ...] = ()


# --- products -------------------------------------------------------------------------------------


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


# --- sites and protocols --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MapPoint:
    """A standard point of a site: its number in the site and its position in one view of the face map.

    x grows to the viewer's right, y downwards, in map units of the view (see `FaceMapView`).
    """

    number: str
    side: Side
    view: View
    x: Decimal
    y: Decimal
    words: str


@dataclass(frozen=True, kw_only=True)
class Region:
    """The outline of a site on one view, as a closed SVG path in map units."""

    side: Side
    view: View
    path: str


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A structure at risk near a site, what goes wrong, and how it is avoided."""

    structure: str
    harm: str
    avoid: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Border:
    """How far inside its outline a site is injected, on the views that show the muscle flat."""

    least_mm: Value
    views: tuple[View, ...]


@dataclass(frozen=True, kw_only=True)
class Site:
    """A muscle or an area of skin or mucosa that can be injected.

    `point_ml`: the largest volume at one point that a publication names, where one does. `also_in`:
    regions whose precautions hold for it beside those of its own, e.g. a chewing muscle on the scalp.
    """

    code: str
    abbreviation: str
    name: str
    plain_name: str
    group: str
    region: Literal["face", "periocular", "perioral", "jaw", "deep_jaw", "scalp", "neck", "skin", "mouth"]
    sides: tuple[Side, ...]
    route: Route
    depth: Text
    needle: Text
    guidance: Text
    landmark: Text
    risks: tuple[Risk, ...]
    regions: tuple[Region, ...]
    points: tuple[MapPoint, ...]
    point_ml: Value | None = None
    border: Border | None = None
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FaceMapView:
    """One view of the face map: its size in map units and how many millimetres a map unit is on an adult."""

    view: View
    title: str
    width: int
    height: int
    mm_per_unit: Decimal


@dataclass(frozen=True, kw_only=True)
class FaceMap:
    """The face map: version, views and the sites that it draws."""

    version: str
    views: tuple[FaceMapView, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ProtocolSite:
    """The points of one muscle in a protocol, on one side (or the midline).

    `units_per_point`: low and high as published. `point_numbers` name the site's standard points.
    `optional` sites are off until chosen (follow-the-pain additions, deep muscles). `most_points`: these
    points are a pool of which at most so many are given in all, divided over the sides or all on one.
    `route` and `depth` are those of the publication where they are not the site's own.
    """

    site: str
    points: int
    point_numbers: tuple[str, ...]
    units_per_point: Range
    sides: Literal["both", "affected", "midline"]
    optional: bool = False
    only_if_painful: bool = False
    most_points: int | None = None
    route: Route | None = None
    depth: Text | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """A published injection scheme for one condition with one product.

    `default_product` is the product that it was published with; `products` those whose own units
    the publication or the label gives. Doses are never carried to another product.
    `start_with`: `low`, `middle` or `high` end of each range is proposed first.
    """

    key: str
    name: str
    condition: str
    diagnoses: tuple[str, ...]
    product: str
    kind: Literal["label", "trial", "series", "default"]
    order: int
    sites: tuple[ProtocolSite, ...]
    total_units: Range
    interval_days: Value
    start_with: Literal["low", "middle", "high"]
    dilution_ml: Decimal | None
    dilution_label_units: Decimal | None
    technique: tuple[Text, ...]
    summary: Text
    licences: tuple[Licence, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """A reason to plan less for one patient than a scheme publishes; it never asks for more.

    `does`: `low_end` starts at the low end of the published range; `keep_share` keeps `keep_percent` of the
    start; `leave_out` plans no point there. Empty `regions`, `sites` or `points` (standard points of the
    sites, by number) mean all.
    """

    code: str
    when: Rule
    does: Literal["low_end", "keep_share", "leave_out"]
    sentence: str
    evidence: Evidence
    keep_percent: Value | None = None
    regions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PublishedScheme:
    """A published scheme that is shown and never proposed, with the reason why not.

    No plan can be made of it: its doses are words. `toxin` names the substance that it was given with.
    """

    code: str
    title: str
    condition: str
    toxin: str
    doses: str
    result: str
    why_not: str
    evidence: Evidence


# --- instruments, effects, response ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Item:
    code: str
    label: str
    low: Decimal
    high: Decimal
    choices: tuple[Choice, ...] = ()
    weights: tuple[Decimal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Band:
    low: Decimal
    high: Decimal
    label: str


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A published change that matters: `percent` or `points` of fall (or rise where higher is better)."""

    kind: Literal["percent", "points"]
    value: Decimal
    meaning: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """An answer that needs a person at once, whatever the total: it raises a warning sign.

    `observation` is the yes-or-no observation that an answer of at least `at_least` to `item` stands for.
    """

    item: str
    at_least: Decimal
    observation: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a questionnaire that has a score of its own, from all of its items."""

    code: str
    name: str
    items: tuple[str, ...]
    method: Literal["sum", "mean", "mean_times_ten"]
    evidence: Evidence
    max_missing: int = 0
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """From `at_least` on, so many `points`; the highest step that is reached counts."""

    at_least: Decimal
    points: Decimal


@dataclass(frozen=True, kw_only=True)
class Grading:
    """How a graded scale is read: points of interference and of days lost, then intensity.

    `intensity` and `interference` are parts, `days` an item. Steps of the sum of the points are the upper
    grades; below them grade 2 from `high_intensity` on, grade 1 for any pain, grade 0 for none.
    """

    intensity: str
    interference: str
    days: str
    interference_points: tuple[Step, ...]
    day_points: tuple[Step, ...]
    grades: tuple[Step, ...]
    high_intensity: Decimal
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire or scale. `total_only`: its wording is licensed, so only the total is entered.

    `measures_change`: its answer is itself a change since the treatment, so it has no baseline.
    `tells` is the observation that takes its total. `on_request`: a clinician asks for it; it is not
    among the questionnaires that every patient finds.
    """

    code: str
    name: str
    short_name: str
    measures: str
    higher_is_worse: bool
    low: Decimal
    high: Decimal
    unit: str
    step: Decimal
    method: Literal["single", "sum", "mean", "mean_times_ten", "weighted_sum", "graded"]
    max_missing: int
    total_only: bool
    asked_of: Literal["patient", "clinician"]
    recall: str
    licence: Text
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    thresholds: tuple[Threshold, ...]
    evidence: Evidence
    source_of_score: SourceOfScore = "entered"
    diary_field: str = ""
    measures_change: bool = False
    codes: tuple[Code, ...] = ()
    parts: tuple[Part, ...] = ()
    grading: Grading | None = None
    alarms: tuple[Alarm, ...] = ()
    tells: str = ""
    on_request: bool = False

    @property
    def only_from_diary(self) -> bool:
        """It is counted from the diary, and entered by hand only from a diary on paper."""
        return self.source_of_score in ("diary_days_per_28", "diary_mean")


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How often an effect was counted, and in whom; empty `conditions` means whatever is treated."""

    percent: Decimal
    population: str
    evidence: Evidence
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Effect:
    """An unwanted effect: when it starts, how long it lasts, what to do, which regions can cause it."""

    code: str
    name: str
    plain_name: str
    onset_days: Range
    lasts_days: Range | None
    regions: tuple[str, ...]
    conditions: tuple[str, ...]
    management: Text
    rates: tuple[Rate, ...]
    evidence: Evidence
    cause: Text | None = None
    prevent: Text | None = None


@dataclass(frozen=True, kw_only=True)
class OverallRate:
    """How many had any, a serious or a treatment-ending unwanted effect; `against`: with placebo."""

    code: str
    condition: str
    what: str
    percent: Decimal
    population: str
    evidence: Evidence
    against: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SymptomRule:
    """One rule of the symptom check. `from_day`/`to_day` count from the treatment; None is open."""

    code: str
    when: Rule
    grade: SymptomGrade
    sentence: str
    plain: str
    evidence: Evidence
    from_day: int | None = None
    to_day: int | None = None
    effect: str = ""


@dataclass(frozen=True, kw_only=True)
class Aftercare:
    """One piece of advice, from one day after the treatment to another (0 is the day itself)."""

    code: str
    from_day: int
    to_day: int
    title: str
    text: str
    conditions: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ResponsePoint:
    """Percent of the baseline score that is left on a day: middle, and the edges of the band."""

    day: int
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class ResponseBand:
    """A published time course of one measure of one condition, drawn as a reference band."""

    key: str
    condition: str
    measure: str
    title: str
    points: tuple[ResponsePoint, ...]
    onset_days: Range
    peak_days: Range
    wear_off_days: Range
    words: Text
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class DeadSpace:
    """What stays behind in a syringe with its needle after the last push, as measured."""

    assembly: str
    loss_ml: Value


@dataclass(frozen=True, kw_only=True)
class FaceRounding:
    """The most units by which a syringe's marks may change a dose where a smile or a lid is near."""

    units: Decimal
    products: tuple[str, ...]
    regions: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ReviewStep:
    """One look after a treatment: how many days after it, and at what."""

    title: str
    looks_at: str
    days: Range
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Practice:
    """House numbers that belong to no single product: rounding bands, windows, default loss.

    `rounding_accept_percent` and `rounding_confirm_percent` bound the error of a drawn volume.
    `other_product_days` is the look-back for a toxin of another product. `graduation_ml` and
    `dead_space_ml` are what a new draw-up starts with. `shortfall_note_percent` is the share of
    the plan under which a shortfall is only noted. `lid_middle_share` is the middle share of the
    upper lid, and `lid_medial_share` the medial share of the lower lid, that are to be avoided.
    `baseline_days` of diary, and the condition's own scale, come before the first treatment.
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
class UnlicensedToxin:
    """A botulinum toxin that is licensed in none of the US, the EU and the UK, with its brand names.

    Such a one may be on record as given elsewhere; it can never be planned or given here.
    """

    key: str
    name: str
    evidence: Evidence


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


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All of it, with the hash by which a verdict says what it was made with."""

    version: str
    sources: dict[str, Source]
    observations: dict[str, ObservationType]
    conditions: dict[str, Condition]
    precautions: tuple[FindingRule, ...]
    products: dict[str, Product]
    sites: dict[str, Site]
    face_map: FaceMap
    protocols: dict[str, Protocol]
    instruments: dict[str, Instrument]
    effects: dict[str, Effect]
    symptom_rules: tuple[SymptomRule, ...]
    aftercare: tuple[Aftercare, ...]
    response_bands: dict[str, ResponseBand]
    billing: tuple[BillingCode, ...]
    practice: Practice
    unlicensed: dict[str, UnlicensedToxin] = field(default_factory=dict)
    overall_rates: tuple[OverallRate, ...] = ()
    alert_lots: tuple[AlertLot, ...] = ()
    receipt_checks: tuple[ReceiptCheck, ...] = ()
    barcode_fields: tuple[BarcodeField, ...] = ()
    retention: tuple[Retention, ...] = ()
    duties: tuple[Duty, ...] = ()
    report_schemes: tuple[ReportScheme, ...] = ()
    record_blocks: tuple[RecordBlock, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    published: tuple[PublishedScheme, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
