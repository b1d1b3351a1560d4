"""Reads the YAML files under `data/` into one `Knowledge`, or says all that is wrong with them.

    sources.yaml                     key: {title, locator, sure}
    conditions/<code>.yaml           one Condition        precautions/*.yaml    lists of FindingRule
    products/<key>.yaml              one Product          observations/*.yaml   lists of ObservationType
    protocols/<key>.yaml             one Protocol         effects/effects.yaml        list of Effect
    instruments/<code>.yaml          one Instrument       effects/symptom_rules.yaml  list of SymptomRule
    sites/<code>.yaml                one Site             effects/aftercare.yaml      list of Aftercare
    response/<key>.yaml              one ResponseBand     sites/face_map.yaml         the FaceMap
    billing/us.yaml                  list of BillingCode  guidelines/*.yaml     lists of Guideline
    published/*.yaml                 lists of PublishedScheme
    billing/notes.yaml               list of BillingNote  practice.yaml               the Practice
    unlicensed.yaml                  list of UnlicensedToxin
    adjustments.yaml                 list of Adjustment   effects/overall.yaml        list of OverallRate
    supply/alert_lots.yaml           list of AlertLot     records/retention.yaml      list of Retention
    supply/receipt_checks.yaml       list of ReceiptCheck records/duties.yaml         list of Duty
    records/blocks.yaml              list of RecordBlock  records/reports.yaml        list of ReportScheme
    supply/barcode.yaml              list of BarcodeField unscored.yaml               list of UnscoredMeasure
    structures/<code>.yaml           one Structure        curves/<key>.yaml           one ResponseCurve
    emergency.yaml                   list of EmergencyHelp medicines/*.yaml     lists of Medicine
    medicine_groups.yaml             list of MedicineGroup

How a file is written: `schema.py`. What is checked across files: `check.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from masseter.knowledge.model import (
    Adjustment,
    Aftercare,
    AlertLot,
    BarcodeField,
    BillingCode,
    BillingNote,
    Condition,
    Duty,
    Effect,
    EmergencyHelp,
    Evidence,
    FaceMap,
    FindingRule,
    Guideline,
    Instrument,
    Knowledge,
    Medicine,
    MedicineGroup,
    ObservationType,
    OverallRate,
    Practice,
    Product,
    Protocol,
    PublishedScheme,
    ReceiptCheck,
    RecordBlock,
    ReportScheme,
    ResponseBand,
    ResponseCurve,
    Retention,
    Site,
    Source,
    Structure,
    SymptomRule,
    UnlicensedToxin,
    UnscoredMeasure,
)
from masseter.knowledge.problems import KnowledgeError, Problem
from masseter.knowledge.schema import BROKEN, Builder

DATA = Path(__file__).parent / "data"
T = TypeVar("T")

_SINGLE: dict[str, tuple[type, str]] = {
    "conditions": (Condition, "code"),
    "products": (Product, "key"),
    "protocols": (Protocol, "key"),
    "instruments": (Instrument, "code"),
    "sites": (Site, "code"),
    "response": (ResponseBand, "key"),
    "curves": (ResponseCurve, "key"),
    "structures": (Structure, "code"),
}
_LISTS: dict[str, type] = {
    "observations": ObservationType,
    "precautions": FindingRule,
    "billing": BillingCode,
    "guidelines": Guideline,
    "published": PublishedScheme,
    "medicines": Medicine,
}
_NAMED: dict[str, type] = {
    "effects/effects.yaml": Effect,
    "effects/symptom_rules.yaml": SymptomRule,
    "effects/aftercare.yaml": Aftercare,
    "effects/overall.yaml": OverallRate,
    "unlicensed.yaml": UnlicensedToxin,
    "supply/alert_lots.yaml": AlertLot,
    "supply/receipt_checks.yaml": ReceiptCheck,
    "supply/barcode.yaml": BarcodeField,
    "records/retention.yaml": Retention,
    "records/duties.yaml": Duty,
    "records/reports.yaml": ReportScheme,
    "records/blocks.yaml": RecordBlock,
    "adjustments.yaml": Adjustment,
    "unscored.yaml": UnscoredMeasure,
    "billing/notes.yaml": BillingNote,
    "emergency.yaml": EmergencyHelp,
    "medicine_groups.yaml": MedicineGroup,
}
_ALONE: dict[str, type] = {"sites/face_map.yaml": FaceMap, "practice.yaml": Practice}
_SOURCES = "sources.yaml"


@dataclass
class Reading:
    """What has been read so far: the things with the file of each, and the problems."""

    things: list[tuple[str, object]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, kind: type[T]) -> list[tuple[str, T]]:
        return [(file, thing) for file, thing in self.things if isinstance(thing, kind)]


@cache
def load(path: Path | None = None) -> Knowledge:
    """All that Masseter knows. Raises: KnowledgeError with every fault of every file."""
    knowledge, problems = read(path or DATA)
    if problems:
        raise KnowledgeError(problems)
    return knowledge


def read(path: Path) -> tuple[Knowledge, list[Problem]]:
    """What can be read, and the problems of what cannot; `check.py` goes on from there.

    Raises: KnowledgeError when the face map or the practice file is not there to put it together.
    """
    reading = Reading()
    for file in _files(path):
        _read_file(file, file.relative_to(path).as_posix(), reading)
    return _assemble(path, reading), reading.problems


def version_of(path: Path) -> str:
    """The first 16 hex digits of the SHA-256 over the names and bytes of all files, in order."""
    digest = hashlib.sha256()
    for file in _files(path):
        digest.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml"), key=lambda file: file.relative_to(path).as_posix())


def _read_file(file: Path, name: str, reading: Reading) -> None:
    yaml = YAML(typ="safe")  # the C parser when ruamel.yaml.clib is there: the same nodes, five times as fast
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        sentence = f"this is not YAML: {error.problem}"
        reading.problems.append(Problem(file=name, line=line, path="", sentence=sentence))
        return
    if node is None:
        reading.problems.append(Problem(file=name, line=0, path="", sentence="the file is empty"))
        return
    builder = Builder(name)
    reading.things.extend((name, thing) for thing in _things(builder, name, node) if thing is not BROKEN)
    reading.problems.extend(builder.problems)


def _things(builder: Builder, name: str, node: Node) -> Iterable[object]:
    folder = name.partition("/")[0]
    if name == _SOURCES:
        return _sources(builder, node)
    if name in _ALONE:
        return [builder.build(_ALONE[name], node, "", None)]
    if name in _NAMED:
        return _listed(builder, _NAMED[name], node)
    if folder in _LISTS:
        return _listed(builder, _LISTS[folder], node)
    if folder in _SINGLE:
        return [_single(builder, name, node, *_SINGLE[folder])]
    builder.refuse(node, "", "no shape is known for this file; see knowledge/load.py")
    return []


def _single(builder: Builder, name: str, node: Node, kind: type, key: str) -> object:
    thing = builder.build(kind, node, "", None)
    if thing is not BROKEN and getattr(thing, key) != Path(name).stem:
        return builder.refuse(node, key, f"{getattr(thing, key)} must be the name of its file")
    return thing


def _listed(builder: Builder, kind: type, node: Node) -> Iterable[object]:
    evidence: Evidence | None = None
    if isinstance(node, MappingNode):
        entries = builder.entries(node, "")
        if "evidence" in entries:
            evidence = builder.evidence_of(entries["evidence"], "evidence", None)
        if "items" not in entries or not set(entries) <= {"items", "evidence"}:
            builder.refuse(node, "", "a file of many things has the keys evidence and items alone")
            return []
        node = entries["items"]
    if not isinstance(node, SequenceNode):
        builder.refuse(node, "", "a list is needed here")
        return []
    return [builder.build(kind, item, f"[{number}]", evidence) for number, item in enumerate(node.value)]


def _sources(builder: Builder, node: Node) -> Iterable[object]:
    if not isinstance(node, MappingNode):
        builder.refuse(node, "", "the register maps a key to title, locator and sure")
        return
    for key, value in builder.entries(node, "").items():
        if isinstance(value, MappingNode):
            key_node = next(name for name, content in node.value if content is value)
            value.value.insert(0, (type(key_node)("tag:yaml.org,2002:str", "key"), key_node))
        yield builder.build(Source, value, key, None)


def _refuse_lacking(reading: Reading) -> None:
    lacking = [name for name, kind in _ALONE.items() if not reading.of(kind)]
    for name in lacking:
        sentence = "without this file, whole and right, nothing else can be put together"
        reading.problems.append(Problem(file=name, line=0, path="", sentence=sentence))
    if lacking:
        raise KnowledgeError(reading.problems)


def _assemble(path: Path, reading: Reading) -> Knowledge:
    _refuse_lacking(reading)
    return Knowledge(
        version=version_of(path),
        sources=_by(reading, Source, "key"),
        observations=_by(reading, ObservationType, "code"),
        conditions=_by(reading, Condition, "code"),
        precautions=_all(reading, FindingRule),
        products=_by(reading, Product, "key"),
        sites=_by(reading, Site, "code"),
        face_map=reading.of(FaceMap)[0][1],
        protocols=_by(reading, Protocol, "key"),
        instruments=_by(reading, Instrument, "code"),
        effects=_by(reading, Effect, "code"),
        symptom_rules=_all(reading, SymptomRule),
        aftercare=_all(reading, Aftercare),
        response_bands=_by(reading, ResponseBand, "key"),
        unlicensed=_by(reading, UnlicensedToxin, "key"),
        adjustments=_all(reading, Adjustment),
        billing=_all(reading, BillingCode),
        practice=reading.of(Practice)[0][1],
        overall_rates=_all(reading, OverallRate),
        alert_lots=_all(reading, AlertLot),
        receipt_checks=_all(reading, ReceiptCheck),
        barcode_fields=_all(reading, BarcodeField),
        retention=_all(reading, Retention),
        duties=_all(reading, Duty),
        report_schemes=_all(reading, ReportScheme),
        record_blocks=_all(reading, RecordBlock),
        guidelines=_all(reading, Guideline),
        published=_all(reading, PublishedScheme),
        unscored=_all(reading, UnscoredMeasure),
        billing_notes=_all(reading, BillingNote),
        emergency=_all(reading, EmergencyHelp),
        medicines=_all(reading, Medicine),
        medicine_groups=_all(reading, MedicineGroup),
        structures=_by(reading, Structure, "code"),
        curves=_by(reading, ResponseCurve, "key"),
    )


def _all(reading: Reading, kind: type[T]) -> tuple[T, ...]:
    """The things of a kind in the order of the files."""
    return tuple(thing for _, thing in reading.of(kind))


def _by(reading: Reading, kind: type[T], key: str) -> dict[str, T]:
    """The things of a kind by their key, in the order of `order` and then of the files."""
    found: dict[str, T] = {}
    for file, thing in sorted(reading.of(kind), key=lambda pair: getattr(pair[1], "order", 0)):
        code = getattr(thing, key)
        if code in found:
            sentence = f"{code} is defined twice"
            reading.problems.append(Problem(file=file, line=0, path=key, sentence=sentence))
        found[code] = thing
    return found
