"""The audit trail: written with the deed, never changed, and a superuser's hand shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import DatabaseError
from typer.testing import CliRunner

from masseter.cli.audit import app
from masseter.config import embedded
from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.audit.trail import record
from masseter.journey.audit.verify import verify_clinic
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.actions import change_patient
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_portal_patient
from tests.journey.people.test_actions import changed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET user_name = 'someone else'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    ],
)
def test_event_changed_by_the_application_is_refused(
    clinic: Clinic, actor: ActorMaker, statement: str
) -> None:
    record(by=actor(Role.MANAGER), what="thing.done")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_event_of_a_refused_action_is_not_kept(clinic: Clinic, actor: ActorMaker) -> None:
    """Refused at the last moment, when the record and the first events were written already."""
    by = actor(Role.MANAGER)
    make_portal_patient(by, "taken@patients.example")
    patient = make_portal_patient(by, "ada@patients.example")
    before = Event.objects.count()

    with pytest.raises(Refused):
        change_patient(by=by, patient=patient, **changed(patient, email="taken@patients.example"))

    assert Event.objects.count() == before
    patient.refresh_from_db()
    assert patient.email == "ada@patients.example"


def test_anchor_that_cannot_be_written_undoes_nothing_and_shows(
    committed: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The deed is committed by then: the person is not told that it failed, the log is."""
    full_disk = tmp_path / "no-folder"
    full_disk.write_text("")
    monkeypatch.setattr(settings, "AUDIT_ANCHORS", full_disk)

    write_events(committed, 1)

    with clinic_scope(committed.pk):
        count, faults = verify_clinic(committed.pk)
    assert count == 1
    assert [fault.sentence[:33] for fault in faults] == ["There are events and no anchors o"]
    assert "on_commit" in caplog.text


def test_anchors_that_are_gone_show(committed: Clinic) -> None:
    """Also when the next event has begun a new file."""
    write_events(committed, 3)
    (settings.AUDIT_ANCHORS / f"clinic-{committed.pk}.log").unlink()

    with clinic_scope(committed.pk):
        _, gone = verify_clinic(committed.pk)
    write_events(committed, 1)
    with clinic_scope(committed.pk):
        _, begun_anew = verify_clinic(committed.pk)

    assert [fault.sentence for fault in gone] == [
        "There are events and no anchors outside the database. The file was moved or deleted."
    ]
    assert [fault.sentence for fault in begun_anew] == ["Events 1 to 3 have no anchor outside the database."]


def test_command_ends_with_a_fault_where_the_anchors_are_gone(committed: Clinic) -> None:
    write_events(committed, 2)
    (settings.AUDIT_ANCHORS / f"clinic-{committed.pk}.log").unlink()

    result = CliRunner().invoke(app, ["verify"])

    assert result.exit_code == 1
    assert f"Clinic {committed.pk}, event 1:" in result.stdout


def test_long_name_of_an_actor_is_cut_and_not_refused(clinic: Clinic, actor: ActorMaker) -> None:
    by = replace(actor(Role.MANAGER), name="N" * 201)

    assert record(by=by, what="thing.done").user_name == "N" * 200


def test_trail_untouched_verifies(committed: Clinic) -> None:
    write_events(committed, 5)

    with clinic_scope(committed.pk):
        count, faults = verify_clinic(committed.pk)

    assert (count, faults) == (5, [])


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("UPDATE audit_event SET why = 'nothing' WHERE clinic_id = %(c)s AND number = 3", "Event 3 is not"),
        (
            "UPDATE audit_event SET at = at - interval '1 day' WHERE clinic_id = %(c)s AND number = 2",
            "Event 2",
        ),
        ("DELETE FROM audit_event WHERE clinic_id = %(c)s AND number = 3", "Events 3 to 3 are missing"),
        ("DELETE FROM audit_event WHERE clinic_id = %(c)s AND number = 5", "Events 5 to 5 were written"),
        (
            "UPDATE audit_event SET number = 9002 WHERE clinic_id = %(c)s AND number = 2; "
            "UPDATE audit_event SET number = 2 WHERE clinic_id = %(c)s AND number = 3; "
            "UPDATE audit_event SET number = 3 WHERE clinic_id = %(c)s AND number = 9002",
            "Event 2 is not",
        ),
    ],
)
def test_trail_changed_by_a_superuser_shows(committed: Clinic, tampering: str, expected: str) -> None:
    write_events(committed, 5)
    parts = embedded.start(settings.DATA) | {"dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**parts, autocommit=True) as superuser:
        superuser.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")
        for statement in tampering.split("; "):
            superuser.execute(statement, {"c": committed.pk})
        superuser.execute("ALTER TABLE audit_event ENABLE TRIGGER ALL")

    with clinic_scope(committed.pk):
        _, faults = verify_clinic(committed.pk)

    assert faults
    assert faults[0].sentence.startswith(expected)


def write_events(clinic: Clinic, count: int) -> None:
    by = make_actor(clinic, Role.MANAGER)
    for number in range(count):
        with clinic_scope(clinic.pk):
            record(by=by, what="thing.done", why=f"reason {number}", data={"number": number})
