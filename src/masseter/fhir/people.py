"""Patient, Organization, Practitioner."""

from __future__ import annotations

from masseter.fhir.parts import OWN, Part, Resource, Told, concept, day, filled, identity, resource
from masseter.journey.accounts.models import Clinic
from masseter.journey.people.models import Patient, Proxy

GENDERS = {"female": "female", "male": "male", "other": "other", "unknown": "unknown"}


def patient(told: Told) -> Resource:
    """The patient, as the clinic knows them."""
    row = told.record.patient
    return resource(
        "Patient",
        identity(row),
        identifier=[{"system": f"{OWN}:record-number", "value": row.number, "assigner": told.organization}],
        active=row.merged_into_id is None,
        name=[{"use": "official", "family": row.family_name, "given": row.given_names.split()}],
        telecom=_telecom(row.phone, row.email),
        address=_address(row.address),
        gender=GENDERS[row.sex],
        birthDate=day(row.birth_date),
        communication=[_language(row)],
        managingOrganization=told.organization,
    )


def _language(row: Patient) -> Part:
    return {
        "language": {"coding": [{"system": "urn:ietf:bcp:47", "code": row.language}]},
        "preferred": True,
    }


def particulars(told: Told) -> list[Resource]:
    """What helps at a visit and the weight, which the standard's Patient has no place for."""
    row = told.record.patient
    found = []
    if row.access_needs or row.needs_interpreter:
        words = " ".join([*(["Needs an interpreter."] if row.needs_interpreter else []), row.access_needs])
        found.append(_particular(told, "access-needs", "What helps at a visit", valueString=words.strip()))
    if row.weight_kg is not None:
        weight = {
            "value": float(row.weight_kg),
            "unit": "kg",
            "system": "http://unitsofmeasure.org",
            "code": "kg",
        }
        found.append(_particular(told, "weight", "Body weight", valueQuantity=weight))
    return found


def _particular(told: Told, code: str, words: str, **value: object) -> Resource:
    return resource(
        "Observation",
        identity(told.record.patient, code),
        status="final",
        code=concept("patient", code, words),
        subject=told.patient,
        **value,
    )


def organization(told: Told) -> Resource:
    """The clinic."""
    clinic: Clinic = told.clinic
    return resource(
        "Organization",
        identity(clinic),
        identifier=[{"system": f"{OWN}:clinic", "value": clinic.slug}],
        name=clinic.name,
        telecom=_telecom(clinic.phone, clinic.email),
        address=_address(clinic.address),
    )


def practitioner(told: Told, name: str) -> Resource:
    """Somebody who wrote in the record, by the name that stands there."""
    return resource("Practitioner", told.named(name), name=[{"text": name}])


def _telecom(phone: str, email: str) -> list[Part]:
    found = [{"system": "phone", "value": phone}] if phone else []
    return [*found, *([{"system": "email", "value": email}] if email else [])]


def _address(text: str) -> list[Part]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [filled(line=lines, text=", ".join(lines))] if lines else []


def carer(told: Told, row: Proxy) -> Resource:
    """Somebody who may see the record, and until when."""
    is_running = row.ended_at is None and row.accepted_at is not None
    return resource(
        "RelatedPerson",
        identity(row),
        active=is_running,
        patient=told.patient,
        relationship=[concept("carer", "writes" if row.may_write else "sees", row.relation or "Carer")],
        name=[{"text": row.name}],
        telecom=_telecom("", row.email),
        period=filled(start=told.at(row.accepted_at or row.created_at), end=_end(told, row)),
    )


def _end(told: Told, row: Proxy) -> str | None:
    return told.at(row.ended_at) if row.ended_at is not None else day(row.until)
