"""The second wall: the database itself keeps clinics apart, for every table that there is."""

from __future__ import annotations

from copy import deepcopy
from datetime import time
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from masseter.journey.accounts.letterhead_actions import change_letterhead
from masseter.journey.accounts.models import Clinic, Membership
from masseter.journey.audit.actions import take_submission
from masseter.journey.calendar.queries import clinicians
from masseter.journey.calendar.setup_actions import change_visit_type, set_hours
from masseter.journey.consult.actions import give_reason
from masseter.journey.consult.models import Case
from masseter.journey.ground import row_security
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.actions.choosing import change_message_settings, change_message_text
from masseter.journey.record.actions import answer_asked, ask_about_record, set_retention
from masseter.journey.recover.felt_actions import put_mark_aside
from masseter.journey.recover.models import FeltMark
from masseter.journey.results.diary_actions import choose_symptoms
from masseter.journey.results.models import DiaryEntry, DiarySent
from masseter.journey.results.wear_off_actions import tell_wear_off
from masseter.journey.stock.actions import set_level
from masseter.journey.stock.alert_actions import record_contact
from masseter.journey.stock.models import Alert, Lot
from tests.conftest import make_actor, make_clinic
from tests.journey.given import make_plan
from tests.world import World
from tests.worlds import Worlds, clinic, other_clinic, worlds

__all__ = ["clinic", "other_clinic", "worlds"]
# One process builds the worlds for all of them.
# Where a guard of signed or unchanging rows, or a missing grant, refuses before the wall is asked.
GUARDED = {
    *row_security.APPEND_ONLY,
    *row_security.SIGNED,
    *row_security.SIGNED_PARTS,
    *row_security.SETTLED,
    *row_security.OPEN_PARTS,
}


@pytest.fixture
def two_full_clinics(worlds: Worlds, clinic: Clinic, other_clinic: Clinic) -> None:
    """One of everything in both clinics, so that there is something to see, to change and to move."""
    for one, world in ((clinic, deepcopy(worlds.here)), (other_clinic, deepcopy(worlds.elsewhere))):
        case = world.rows["case"]
        assert isinstance(case, Case)
        with clinic_scope(one.pk):
            give_reason(
                by=world.doctor,
                case=case,
                finding_code=world.words["finding"],
                subject=world.words["subject"],
                reason="As the test asks.",
            )
            assert take_submission(world.doctor, uuid4(), "a form")
            fill_the_rest(one, world)


def fill_the_rest(clinic: Clinic, world: World) -> None:
    """What no page of the world needs."""
    by, rows = world.doctor, world.rows
    case, mark, alert, lot = rows["case"], rows["mark"], rows["alert"], rows["lot"]
    assert isinstance(case, Case)
    assert isinstance(mark, FeltMark)
    assert isinstance(alert, Alert)
    assert isinstance(lot, Lot)
    change_letterhead(by=by, address=clinic.address, phone=clinic.phone)
    put_mark_aside(by=by, plan=make_plan(by, case), mark=mark)
    change_visit_type(by=by, kind="review", minutes=25, needs_room=True, is_offered=True)
    set_hours(by=by, user=clinicians(by)[0], hours=[(0, time(9), time(12))])
    choose_symptoms(by=by, case=case, symptoms=["headache", "migraine"])
    tell_wear_off(by=by, case=case, answer="still")
    diary = rows["diary"]
    assert isinstance(diary, DiaryEntry)
    DiarySent.objects.create(clinic=clinic, key=uuid4(), case=case, patient=case.patient, entry=diary)
    set_level(by=by, product=lot.product, presentation=lot.presentation, least=2)
    decide = {"quiet_from": time(20), "quiet_until": time(8), "visit_days": 2, "diary_days": 4}
    switches = {"sends_reminders": True, "sends_texts": True}
    change_message_settings(by=by, sender_name="", **decide, **switches)  # type: ignore[arg-type]
    change_message_text(by=by, kind="visit", language="en", subject="Soon", body="", text="")
    change_message_settings(
        by=by,
        sender_name="",
        quiet_from=time(20),
        quiet_until=time(8),
        visit_days=2,
        diary_days=4,
        sends_reminders=True,
        sends_texts=True,
    )
    change_message_text(by=by, kind="visit", language="en", subject="Soon", body="", text="")
    set_retention(by=by, years=20, law="A law of the test")
    asked = ask_about_record(
        by=world.patient, patient=case.patient, kind="correction", words="It was the left side."
    )
    answer_asked(by=by, asked=asked, accepts=False, answer="It was both.", adds_statement=True)
    record_contact(by=by, alert=alert, patient=case.patient, how="phone", was_reached=True, note="Told.")


def walled_tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(row_security.tables(cursor)[0])


def count(table: str, clinic: Clinic) -> int:
    """The clinic's rows that are seen now, as the application's role."""
    return run(f'SELECT id FROM "{table}" WHERE clinic_id = %s', clinic.pk)


def run(statement: str, *values: object) -> int:
    """How many rows a statement of raw SQL reaches."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def refusal(statement: str, *values: object) -> str:
    """What the database says against a statement; empty where it lets it through."""
    try:
        run(statement, *values)
    except DatabaseError as error:
        return str(error)
    return ""


def reached(statement: str, *values: object) -> int:
    """How many rows a statement changes; none where the role may not even ask."""
    try:
        return run(statement, *values)
    except ProgrammingError as error:
        if "permission denied" not in str(error):
            raise
        return 0


def check_unreachable(table: str, there: Clinic) -> None:
    """No row of that clinic is read, changed, deleted or added from where the transaction stands."""
    assert count(table, there) == 0, table
    assert reached(f'UPDATE "{table}" SET clinic_id = clinic_id WHERE clinic_id = %s', there.pk) == 0, table
    assert reached(f'DELETE FROM "{table}" WHERE clinic_id = %s', there.pk) == 0, table
    said = refusal(f'INSERT INTO "{table}" (clinic_id) VALUES (%s)', there.pk)
    assert "row-level security" in said, (table, said)


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


def test_another_clinics_rows_are_neither_read_nor_written(
    clinic: Clinic, other_clinic: Clinic, two_full_clinics: None
) -> None:
    """For every table: there are rows, and none is read, changed, deleted or put in by raw SQL."""
    for table in walled_tables():
        with clinic_scope(other_clinic.pk):
            assert count(table, other_clinic) > 0, f"{table}: no row to hide proves nothing"
        with clinic_scope(clinic.pk):
            check_unreachable(table, other_clinic)


def test_row_moved_to_another_clinic_is_refused_in_every_table(
    clinic: Clinic, other_clinic: Clinic, two_full_clinics: None
) -> None:
    for table in walled_tables():
        with clinic_scope(clinic.pk):
            assert count(table, clinic) > 0, f"{table}: no row to move proves nothing"
            said = refusal(f'UPDATE "{table}" SET clinic_id = %s', other_clinic.pk)
        assert said, table
        assert table in GUARDED or "row-level security" in said, (table, said)


def test_no_clinic_chosen_reaches_nothing(clinic: Clinic, two_full_clinics: None) -> None:
    for table in walled_tables():
        with clinic_scope(None):
            assert run(f'SELECT id FROM "{table}"') == 0, table
            check_unreachable(table, clinic)


def test_own_role_elsewhere_is_read_and_not_changed(db: None) -> None:
    """A person's roles are read before a clinic is chosen; nothing more is done from outside it."""
    clinic, other_clinic = make_clinic("empty"), make_clinic("elsewhere", "US")
    user_id = make_actor(other_clinic, Role.INJECTOR).user_id

    for chosen in (None, clinic.pk):
        with clinic_scope(chosen, user_id):
            assert count("accounts_membership", other_clinic) == 1
            assert run("UPDATE accounts_membership SET ended_at = now() WHERE user_id = %s", user_id) == 0
            assert run("UPDATE accounts_membership SET role = 'administrator'") == 0
            assert not Membership.objects.select_for_update().filter(clinic=other_clinic)


def test_delete_is_given_only_where_it_is_listed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.role_table_grants "
            "WHERE grantee = 'masseter_app' AND privilege_type = 'DELETE'"
        )
        found = {name for (name,) in cursor.fetchall()}

    assert found <= row_security.DELETABLE
