"""What the application's own role cannot do, whatever SQL it is made to run."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Case
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import GivenPoint
from tests.conftest import ActorMaker
from tests.factories import make_case, observe
from tests.journey.given import approved_plan, make_treatment


def run(statement: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE masseter_owner",
        "SET SESSION AUTHORIZATION masseter_owner",
        "SET row_security = off; SELECT * FROM people_patient",
        "CREATE TABLE public.mine (id bigint)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION masseter_signed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        "ALTER TABLE people_patient DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people_patient NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE people_patient DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP POLICY clinic_wall ON people_patient",
        "TRUNCATE people_patient CASCADE",
        "SELECT setval('people_patient_id_seq', 1)",
        "COPY people_patient TO PROGRAM 'cat'",
        "COPY people_patient TO '/tmp/masseter-patients'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_statement_beyond_the_applications_power_is_refused(clinic: Clinic, statement: str) -> None:
    with pytest.raises(DatabaseError):
        run(statement)


def test_no_function_runs_with_its_owners_power(clinic: Clinic) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace "
            "WHERE prosecdef AND nspname = 'public'"
        )
        assert cursor.fetchall() == []


def test_temporary_table_does_not_stand_in_for_the_treatment(clinic: Clinic, actor: ActorMaker) -> None:
    """A table of the same name in the session's own schema comes first in the search path."""
    treatment = make_treatment(actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER))
    run(
        "CREATE TEMP TABLE inject_treatment AS SELECT id, clinic_id, NULL::timestamptz AS signed_at "
        "FROM public.inject_treatment"
    )

    with pytest.raises(DatabaseError, match="never changes"):
        run("UPDATE inject_givenpoint SET units = 99 WHERE treatment_id = %s", treatment.pk)


def test_temporary_table_does_not_stand_in_for_a_merge(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR)
    case, other = make_case(by), make_case(by)
    observe(by, case, jaw_pain=True)
    run(
        "CREATE TEMP TABLE people_patient AS SELECT %s::bigint AS id, %s::bigint AS merged_into_id",
        case.patient_id,
        other.patient_id,
    )

    with pytest.raises(DatabaseError, match="never changed"):
        run(
            "UPDATE consult_observation SET patient_id = %s WHERE patient_id = %s",
            other.patient_id,
            case.patient_id,
        )


def test_point_moved_into_a_signed_treatment_is_refused(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
    signed = make_treatment(by)
    point = GivenPoint.objects.filter(treatment=signed).first()
    assert point is not None
    open_one = copy_unsigned(signed.pk, approved_plan(by).pk)
    moved = copy_point(point.pk, open_one)

    with pytest.raises(DatabaseError, match="never changes"):
        run("UPDATE inject_givenpoint SET treatment_id = %s WHERE id = %s", signed.pk, moved)


def test_row_of_the_other_clinic_is_not_reached_by_moving_one_there(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    case: Case = make_case(actor(Role.INJECTOR))

    with pytest.raises(DatabaseError, match="row-level security"):
        run("UPDATE consult_case SET clinic_id = %s WHERE id = %s", other_clinic.pk, case.pk)


def copy_unsigned(treatment_id: int, plan_id: int) -> int:
    """An unsigned treatment like this one, under another plan."""
    return copied(
        "inject_treatment", treatment_id, plan_id=plan_id, signed_at=None, signed_by_name="", digest=""
    )


def copy_point(point_id: int, treatment_id: int) -> int:
    return copied("inject_givenpoint", point_id, treatment_id=treatment_id)


def copied(table: str, row_id: int, **changed: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND table_name = %s AND column_name <> 'id'",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        values = ", ".join("%s" if name in changed else f'"{name}"' for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f'INSERT INTO "{table}" ({listed}) SELECT {values} FROM "{table}" WHERE id = %s RETURNING id',
            [*(changed[name] for name in names if name in changed), row_id],
        )
        row: tuple[int] = cursor.fetchone()
        return row[0]
