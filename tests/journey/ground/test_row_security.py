"""The second wall: the database itself keeps clinics apart, for every table that there is."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import row_security
from masseter.journey.ground.scope import clinic_scope


def walled_tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(row_security.tables(cursor)[0])


def test_table_without_policy_or_reason_fails(db: None) -> None:
    with connection.cursor() as cursor:
        walled, rest = row_security.tables(cursor)
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity AND c.relforcerowsecurity"
        )
        guarded = {name for (name,) in cursor.fetchall()}

    assert walled == guarded
    assert rest <= set(row_security.OPEN_TABLES)


def test_application_connects_without_power(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("masseter_app", False, False)


def test_another_clinics_rows_are_neither_read_nor_written(clinic: Clinic, other_clinic: Clinic) -> None:
    """For every table: no row of the other clinic is seen, changed, or put in by raw SQL."""
    for table in walled_tables():
        with clinic_scope(clinic.pk), connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE clinic_id = %s', [other_clinic.pk])
            assert cursor.fetchone() == (0,), table
            if table not in row_security.APPEND_ONLY:
                cursor.execute(
                    f'UPDATE "{table}" SET clinic_id = clinic_id WHERE clinic_id = %s', [other_clinic.pk]
                )
                assert cursor.rowcount == 0, table


def test_row_for_another_clinic_is_refused_in_every_table(clinic: Clinic, other_clinic: Clinic) -> None:
    """A row that carries the other clinic's number is stopped by the policy before anything else."""
    for table in walled_tables():
        with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'INSERT INTO "{table}" (clinic_id) VALUES (%s)', [other_clinic.pk])
        assert isinstance(refused.value, ProgrammingError), (table, refused.value)
        assert "row-level security" in str(refused.value), table


def test_no_clinic_chosen_shows_nothing(clinic: Clinic) -> None:
    for table in walled_tables():
        with clinic_scope(None), connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            assert cursor.fetchone() == (0,), table


def test_delete_is_given_only_where_it_is_listed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.role_table_grants "
            "WHERE grantee = 'masseter_app' AND privilege_type = 'DELETE'"
        )
        found = {name for (name,) in cursor.fetchall()}

    assert found <= row_security.DELETABLE
