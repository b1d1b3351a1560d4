"""The pieces that resources are made of: ids, references, codings, numbers, times."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model

from masseter.journey.accounts.models import Clinic
from masseter.journey.record.whole import WholeRecord
from masseter.knowledge.load import load
from masseter.knowledge.model import Code

Resource = dict[str, Any]  # Any: what JSON holds
Part = dict[str, Any]

OWN = "urn:masseter"  # what begins every code system of ours
UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
# The standard's own names of the systems that the knowledge gives codes of. Others stay ours.
SYSTEMS = {
    "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "ICD-11": "http://id.who.int/icd/release/11/mms",
    "LOINC": "http://loinc.org",
    "SNOMED CT": "http://snomed.info/sct",
    "UNII": "http://fdasis.nlm.nih.gov",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What resources are made from: the record, and the clinic whose hours count."""

    record: WholeRecord
    clinic: Clinic

    @property
    def patient(self) -> Part:
        return reference("Patient", identity(self.record.patient))

    @property
    def organization(self) -> Part:
        return reference("Organization", identity(self.clinic))

    def practitioner(self, name: str) -> Part:
        """Somebody who is known by name: records keep the name that stood there when they were written."""
        return {**reference("Practitioner", self.named(name)), "display": name}

    def author(self, name: str) -> Part:
        """The patient, or somebody of the clinic."""
        return self.patient if name == str(self.record.patient) else self.practitioner(name)

    def named(self, name: str) -> str:
        return str(uuid5(home(), f"clinic/{self.clinic.pk}/person/{name}"))

    def at(self, moment: datetime | None) -> str | None:
        """A time in the clinic's zone, to the second."""
        if moment is None:
            return None
        return moment.astimezone(ZoneInfo(self.clinic.zone)).replace(microsecond=0).isoformat()


def identity(row: Model, part: str = "") -> str:
    """The id of what tells of a row: always the same one, in this installation alone."""
    return identity_of(type(row), row.pk, part)


def identity_of(table: type[Model], pk: int, part: str = "") -> str:
    """The same by the row's number, without reading it."""
    return str(uuid5(home(), f"{table._meta.label_lower}/{pk}{'/' if part else ''}{part}"))


def home() -> UUID:
    """The name that all ids of this installation grow from."""
    return uuid5(NAMESPACE_URL, settings.BASE_URL)


def reference(kind: str, id_: str) -> Part:
    """A reference within a bundle."""
    return {"reference": f"urn:uuid:{id_}", "type": kind}


def link(kind: str, table: type[Model], pk: int | None, part: str = "") -> Part | None:
    """A reference to what tells of a row; nothing where there is none."""
    return reference(kind, identity_of(table, pk, part)) if pk is not None else None


def links(kind: str, table: type[Model], *numbers: int | None) -> list[Part]:
    """References to what tells of rows."""
    return [found for pk in numbers if (found := link(kind, table, pk)) is not None]


def resource(kind: str, id_: str, **values: object) -> Resource:
    """A resource without what is empty; a name that ends with _ is one that Python keeps to itself."""
    return {"resourceType": kind, "id": id_, **filled(**values)}


def filled(**values: object) -> Part:
    """These values without those that are empty. No and nought are values."""
    return {
        name.rstrip("_"): value
        for name, value in values.items()
        if value is not None and value != "" and value != [] and value != {}
    }


def own_coding(system: str, code: str, display: str = "") -> Part:
    """A code of ours."""
    return filled(system=f"{OWN}:{system}", code=code, display=display)


def concept(system: str, code: str, display: str = "", codes: Iterable[Code] = ()) -> Part:
    """Our code, and beside it the standard codes that the knowledge has verified."""
    return filled(coding=[*standard(codes), own_coding(system, code, display)], text=display)


def of_hl7(system: str, code: str) -> Part:
    """A code of the standard's own terminology."""
    return {"coding": [{"system": f"{TERMINOLOGY}/{system}", "code": code}]}


def standard(codes: Iterable[Code]) -> list[Part]:
    """The codes that fit for certain: verified, whole, and the only one of their system.

    Several codes of one system are a choice that nobody has made for this patient.
    """
    by_system: dict[str, list[Code]] = {}
    for code in codes:
        by_system.setdefault(code.system, []).append(code)
    return [
        {"system": SYSTEMS[system], "code": found[0].code, "display": found[0].display}
        for system, found in by_system.items()
        if system in SYSTEMS
        and len(found) == 1
        and found[0].evidence.sure == "verified"
        and not found[0].code.endswith("-")
    ]


def number(value: Decimal | int) -> int | float:
    """A number as JSON writes it: whole where it is whole."""
    exact = Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def dose(units: Decimal, product: str) -> Part:
    """Units of one product. The code names the product, so that no program adds them to another's."""
    known = load().products.get(product)
    unit = known.unit_label if known else "units"
    return {"value": number(units), "unit": unit, "system": f"{OWN}:unit", "code": product or "unknown"}


def millilitres(value: Decimal | None) -> Part | None:
    if value is None:
        return None
    return {"value": number(value), "unit": "mL", "system": UCUM, "code": "mL"}


def day(on: date | None) -> str | None:
    return on.isoformat() if on is not None else None


def note(*texts: str) -> list[Part]:
    """Remarks, each as one note."""
    return [{"text": text} for text in texts if text.strip()]


def attachment(content: bytes, kind: str, title: str) -> Part:
    """A file within the bundle."""
    return {"contentType": kind, "data": base64.b64encode(content).decode(), "title": title}


def answer(code: str, text: str, values: Iterable[Mapping[str, object]]) -> Part:
    """One question of a questionnaire with its answers; none where it was left open."""
    return filled(linkId=code, text=text, answer=[dict(value) for value in values])
