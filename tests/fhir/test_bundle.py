"""The whole record as a FHIR bundle: valid, whole, and no reference leads nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from masseter.fhir.bundle import LEFT_OUT, MAPPERS, as_json, record_bundle
from masseter.fhir.parts import SYSTEMS, identity, standard
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.inject.models import GivenPoint
from masseter.journey.record.whole import WholeRecord, tables, whole_record
from masseter.knowledge.load import load
from tests.world import World
from tests.worlds import clinic, other_clinic, world, worlds

__all__ = ["clinic", "other_clinic", "world", "worlds"]
Told = dict[str, Any]


@pytest.fixture
def record(world: World, clinic: Clinic) -> WholeRecord:
    return whole_record(world.patient, world.rows["patient"])  # type: ignore[arg-type]  # a patient


@pytest.fixture
def bundle(record: WholeRecord, clinic: Clinic) -> Told:
    return record_bundle(record, clinic, clock.now())


def parts(value: object) -> Iterator[Told]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from parts(each)


def kinds(bundle: Told) -> Counter[str]:
    return Counter(entry["resource"]["resourceType"] for entry in bundle["entry"])


def test_table_is_left_out_only_for_a_reason(bundle: Told, record: WholeRecord) -> None:
    """Every row of every other table is in the bundle under its own id."""
    ids = {entry["resource"]["id"] for entry in bundle["entry"]}
    every = {
        (label, identity(row))
        for label, rows in record.rows.items()
        for row in rows
        if label not in LEFT_OUT and getattr(row, "outcome", "") != "signed"
    }

    assert {label for label, id_ in every if id_ not in ids} == set()
    assert set(LEFT_OUT) <= set(tables())
    assert all(LEFT_OUT.values())


def test_table_without_a_mapper_goes_along_field_by_field(
    record: WholeRecord, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(MAPPERS, "recover.adverseevent")

    bundle = record_bundle(record, clinic, clock.now())

    Bundle.model_validate_json(as_json(bundle))
    basics = [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Basic"]
    assert "Stiff neck for three days" in str(basics)


def test_bundle_is_valid(bundle: Told) -> None:
    Bundle.model_validate_json(as_json(bundle))


def test_bundle_holds_every_kind_that_was_asked_for(bundle: Told) -> None:
    wanted = {
        *("Patient", "Practitioner", "Organization", "Condition", "Observation", "QuestionnaireResponse"),
        *("Procedure", "MedicationAdministration", "Consent", "AdverseEvent", "Appointment"),
        *("DocumentReference", "Provenance"),
    }

    assert wanted <= set(kinds(bundle))


def test_every_row_becomes_a_resource(bundle: Told, record: WholeRecord) -> None:
    found = kinds(bundle)

    for kind, labels in {
        "MedicationAdministration": ("inject.givenpoint",),
        "Condition": ("consult.case",),
        "Consent": ("consult.consent", "consult.photographconsent", "consult.researchconsent"),
        "AdverseEvent": ("recover.adverseevent",),
        "MedicationRequest": ("plan.plan",),
        "DocumentReference": ("follow_up.payerletter", "results.photograph"),
    }.items():
        assert found[kind] == sum(len(record.rows[label]) for label in labels) > 0, kind
    assert found["AuditEvent"] == len(record.looks)


def test_no_reference_leads_nowhere_and_no_id_is_given_twice(bundle: Told) -> None:
    ids = [entry["fullUrl"] for entry in bundle["entry"]]
    references = {part["reference"] for part in parts(bundle["entry"]) if "reference" in part}

    assert len(ids) == len(set(ids))
    assert references <= set(ids)


def test_doses_are_those_of_the_record_and_name_their_product(bundle: Told, record: WholeRecord) -> None:
    given = [
        entry["resource"]["dosage"]["dose"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "MedicationAdministration"
    ]
    kept = sum(point.units for point in record.of(GivenPoint))

    assert sum(Decimal(str(dose["value"])) for dose in given) == kept
    assert {(dose["code"], dose["unit"]) for dose in given} == {("botox", "units Botox")}
    assert {dose["system"] for dose in given} == {"urn:masseter:unit"}


def test_same_record_gives_the_same_ids(record: WholeRecord, clinic: Clinic, bundle: Told) -> None:
    again = record_bundle(record, clinic, clock.now())

    assert [one["fullUrl"] for one in again["entry"]] == [one["fullUrl"] for one in bundle["entry"]]


def test_standard_code_is_given_only_where_it_is_verified_and_no_choice() -> None:
    known = load()
    for condition in known.conditions.values():
        for diagnosis in condition.diagnoses:
            for coding in standard(diagnosis.codes):
                system = {uri: name for name, uri in SYSTEMS.items()}[coding["system"]]
                same = [code for code in diagnosis.codes if code.system == system]
                assert [code.code for code in same] == [coding["code"]]
                assert same[0].evidence.sure == "verified"
    assert standard(known.instruments["phq9"].codes)[0]["code"] == "44261-6"


def test_every_standard_code_of_a_bundle_is_of_the_knowledge(bundle: Told) -> None:
    known = load()
    every = [
        *(code for each in known.conditions.values() for one in each.diagnoses for code in one.codes),
        *(code for each in known.instruments.values() for code in each.codes),
        *(code for each in known.products.values() for code in each.codes),
    ]
    allowed = {(SYSTEMS[code.system], code.code) for code in every if code.system in SYSTEMS}
    used = {
        (part["system"], part["code"])
        for part in parts(bundle["entry"])
        if part.get("system") in SYSTEMS.values() and "code" in part
    }

    assert used <= allowed
