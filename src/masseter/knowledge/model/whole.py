"""All of the knowledge together."""

from __future__ import annotations

from dataclasses import dataclass, field

from masseter.knowledge.model.conditions import Condition, FindingRule, Guideline
from masseter.knowledge.model.curves import ResponseCurve
from masseter.knowledge.model.effects import Aftercare, Effect, OverallRate, ResponseBand, SymptomRule
from masseter.knowledge.model.grounds import Source
from masseter.knowledge.model.instruments import Instrument, UnscoredMeasure
from masseter.knowledge.model.medicines import Medicine, MedicineGroup
from masseter.knowledge.model.observations import ObservationType
from masseter.knowledge.model.practice import (
    AlertLot,
    BarcodeField,
    BillingCode,
    BillingNote,
    Duty,
    EmergencyHelp,
    Practice,
    ReceiptCheck,
    RecordBlock,
    ReportScheme,
    Retention,
)
from masseter.knowledge.model.products import Product, UnlicensedToxin
from masseter.knowledge.model.protocols import Adjustment, Protocol, PublishedScheme
from masseter.knowledge.model.sites import FaceMap, Site, Structure


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
    unscored: tuple[UnscoredMeasure, ...] = ()
    billing_notes: tuple[BillingNote, ...] = ()
    emergency: tuple[EmergencyHelp, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    medicine_groups: tuple[MedicineGroup, ...] = ()
    structures: dict[str, Structure] = field(default_factory=dict)
    curves: dict[str, ResponseCurve] = field(default_factory=dict)
