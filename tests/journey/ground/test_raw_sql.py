"""What the application's own role cannot do, whatever SQL it is made to run."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import withdraw_consent
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock, row_security
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import GivenPoint
from masseter.journey.plan.actions import approve_plan, propose_plan, withdraw_plan
from masseter.journey.recover.actions import answer_check, check_symptoms
from masseter.journey.results.actions import add_score, withdraw_score
from tests.conftest import ActorMaker
from tests.factories import make_case, make_consent, observe, read
from tests.journey.given import approved_plan, make_plan, make_treatment, migraine_case, write_reasons


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


def test_every_table_that_a_rule_names_is_there(clinic: Clinic) -> None:
    with connection.cursor() as cursor:
        walled, rest = row_security.tables(cursor)
    named = {
        *row_security.DELETABLE,
        *row_security.APPEND_ONLY,
        *row_security.SIGNED,
        *row_security.SIGNED_PARTS,
        *row_security.SETTLED,
        *row_security.OPEN_PARTS,
    }

    assert named - walled - rest == set()
    assert set(row_security.OPEN_TABLES) - rest == set()


@pytest.mark.parametrize("state", ["proposed", "approved", "given", "withdrawn"])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM plan_planpoint WHERE plan_id = %s",
        "UPDATE plan_planpoint SET units = 99 WHERE plan_id = %s",
    ],
)
def test_points_of_a_plan_that_is_no_draft_stay(
    clinic: Clinic, actor: ActorMaker, state: str, statement: str
) -> None:
    by = actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
    plan = propose_plan(by=by, plan=write_reasons(by, make_plan(by, migraine_case(by))))
    if state != "proposed":
        approve_plan(by=by, plan=plan)
    if state == "given":
        make_treatment(by, plan)
    if state == "withdrawn":
        withdraw_plan(by=by, plan=plan, reason="As the test asks.")

    with pytest.raises(DatabaseError, match="never changes"):
        run(statement, plan.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_plan SET state = 'draft', approved_at = NULL, approved_by_name = '', "
        "approved_fingerprint = '' WHERE id = %s",
        "UPDATE plan_plan SET note = 'Other' WHERE id = %s",
    ],
)
def test_plan_that_was_given_stays_as_it_is(clinic: Clinic, actor: ActorMaker, statement: str) -> None:
    treatment = make_treatment(actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER))

    with pytest.raises(DatabaseError, match="never changes"):
        run(statement, treatment.plan_id)


@pytest.mark.parametrize(
    "change",
    [
        "withdrawn_at = NULL, withdrawn_by_name = '', withdrawn_reason = ''",
        "withdrawn_reason = 'Another reason'",
        "withdrawn_at = withdrawn_at + interval '1 day'",
        "withdrawn_by_name = 'Somebody else'",
        "signer_name = 'Somebody else'",
    ],
)
def test_withdrawn_consent_stays_withdrawn(clinic: Clinic, actor: ActorMaker, change: str) -> None:
    by = actor(Role.INJECTOR)
    consent = withdraw_consent(by=by, consent=make_consent(by, make_case(by)), reason="Changed my mind.")

    with pytest.raises(DatabaseError, match=r"set once|never changes"):
        run(f"UPDATE consult_consent SET {change} WHERE id = %s", consent.pk)


def test_withdrawn_score_and_seen_check_stay_so(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
    treatment = make_treatment(by)
    today = clock.today(by.zone)
    answers = {"days": 9}
    score = add_score(by=by, case=treatment.case, instrument="headache_days", day=today, answers=answers)
    withdraw_score(by=by, score=score, reason="Typed wrongly.")
    facts = read({"neck_weakness": True}, today=today)
    check = check_symptoms(by=by, treatment=treatment, facts=facts)
    answer_check(by=by, check=check, note="Called back.")

    with pytest.raises(DatabaseError, match="set once"):
        run("UPDATE results_score SET withdrawn_at = NULL WHERE id = %s", score.pk)
    with pytest.raises(DatabaseError, match="set once"):
        run("UPDATE recover_symptomcheck SET seen_note = '' WHERE id = %s", check.pk)


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
