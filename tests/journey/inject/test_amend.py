"""Correcting a signed treatment, and what the database itself refuses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.inject.actions import amend_treatment
from masseter.journey.inject.digest import is_unchanged
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, Session
from masseter.journey.inject.queries import (
    given_points,
    last_treatment,
    treatment_of,
    treatments_of,
    versions_of,
)
from masseter.journey.stock.models import Vial
from tests.conftest import ActorMaker
from tests.journey.given import CONFIRMED, DOCTOR, make_treatment

REASON = "The dose was typed wrongly."


def correction(treatment: Treatment, units: Decimal) -> Session:
    """The treatment with another dose at its first point."""
    points = [Given(point=point, planned=point.id) for point in given_points(treatment)]
    rest = 200 - sum(point.units or 0 for point in given_points(treatment)[1:]) - units
    first = replace(points[0], point=replace(points[0].point, units=units), reason="As it was really given.")
    return Session(
        time_out=CONFIRMED,
        vial_ids=tuple(use.vial_id for use in treatment.vial_uses.all()),
        openings={},
        given=(first, *points[1:]),
        left_out={},
        started_at=treatment.started_at,
        ended_at=treatment.given_at,
        discarded={use.vial_id: max(rest, Decimal(0)) for use in treatment.vial_uses.all()},
    )


def amend(by: Actor, treatment: Treatment, units: int = 7) -> Treatment:
    session = correction(treatment, Decimal(units))
    return amend_treatment(by=by, treatment=treatment, session=session, reason=REASON)


def test_amendment_needs_a_reason(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)

    with pytest.raises(Refused, match="why"):
        amend_treatment(by=by, treatment=treatment, session=correction(treatment, Decimal(7)), reason=" ")


def test_amendment_refuses_who_may_not(clinic: Clinic, actor: ActorMaker) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    with pytest.raises(NotPermitted):
        amend(actor(Role.FRONT_DESK), treatment)


def test_amendment_refuses_more_than_the_vial_held(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    with pytest.raises(Refused, match="overfill"):
        amend(by, make_treatment(by), units=60)


def test_amendment_refuses_one_point_twice(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    session = correction(treatment, Decimal(5))
    again = replace(session.given[0], planned="", reason="Topped up.")

    with pytest.raises(Refused, match="listed 2 times"):
        amend_treatment(
            by=by,
            treatment=treatment,
            session=replace(session, given=(*session.given, again)),
            reason=REASON,
        )


def test_amendment_refuses_an_old_version(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    amend(by, treatment)

    with pytest.raises(Refused, match="corrected already"):
        amend(by, treatment, units=8)


def test_amendment_supersedes_and_keeps_the_old_version(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    old = make_treatment(by)

    newer = amend(by, old)

    assert [each.pk for each in versions_of(by, newer)] == [newer.pk, old.pk]
    assert [each.pk for each in treatments_of(by, old.case)] == [newer.pk]
    latest = last_treatment(by, old.case)
    assert latest is not None
    assert latest.pk == newer.pk
    kept = treatment_of(by, old.pk)
    assert kept.points.first().units == 5  # type: ignore[union-attr]  # a missing point fails as well
    assert is_unchanged(kept)
    assert is_unchanged(treatment_of(by, newer.pk))


def test_amendment_moves_the_ledger_with_it(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    amend(by, make_treatment(by))

    vial = Vial.objects.get(state="used")
    assert (vial.given_units, vial.discarded_units, vial.left_units) == (157, 43, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inject_treatment SET note = 'better' WHERE id = %s",
        "UPDATE inject_givenpoint SET units = 4 WHERE treatment_id = %s",
        "UPDATE inject_vialuse SET given_units = 1, discarded_units = 199 WHERE treatment_id = %s",
        "DELETE FROM inject_treatment WHERE id = %s",
        "DELETE FROM inject_givenpoint WHERE treatment_id = %s",
        "INSERT INTO inject_vialuse (clinic_id, created_at, treatment_id, patient_id, vial_id, drawn_units, "
        "given_units, discarded_units) SELECT clinic_id, now(), id, patient_id, "
        "(SELECT max(id) FROM stock_vial), 1, 1, 0 FROM inject_treatment WHERE id = %s",
    ],
)
def test_database_refuses_to_change_a_signed_treatment(
    clinic: Clinic, actor: ActorMaker, statement: str
) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [treatment.pk])


def test_digest_tells_a_record_that_was_changed(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = treatment_of(by, make_treatment(by).pk)

    treatment.note = "Something else."

    assert not is_unchanged(treatment)
