"""A server that is killed in the middle of a write: nothing half saved, and the repeat not doubled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.urls import reverse

from masseter.config import embedded
from masseter.journey.audit.models import Event, Submission
from masseter.journey.audit.verify import verify_newest
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.models import GivenPoint, Treatment, VialUse
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Vial
from tests.clinic.inject.test_flow import fields
from tests.conftest import make_actor, make_clinic
from tests.factories import make_patient, make_ready_case
from tests.journey.given import MIGRAINE, approved_plan, healthy, make_lot, vials_of
from tests.stories.conftest import session_of
from tests.stories.site import Site, start_site
from tests.stories.test_pages import known

ROLES = (Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
SIGNATURE = {
    "identifiers": ["name", "birth_date"],
    "consent_confirmed": "1",
    "plan_confirmed": "1",
    "allergies_confirmed": "1",
    "nothing_new": "1",
    "mixed": "now",
    "do": "sign",
}
TOKEN = "a" * 32
# Locks alone are asked: what a transaction sees of pg_stat_activity is what its first look saw, so a
# connection that the server opens after that look would never be found.
WAITING = (
    "SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
    "WHERE d.datname = current_database() AND NOT l.granted AND l.relation = 'audit_event'::regclass"
)
# What the waiting transaction has written into by then: it holds the lock of a writer on these.
WRITTEN = (
    "SELECT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
    "WHERE l.pid = %s AND l.granted AND l.mode = 'RowExclusiveLock'"
)


@pytest.fixture
def superuser(committing: None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    parts = embedded.start(settings.DATA) | {"dbname": connections["default"].settings_dict["NAME"]}
    with psycopg.connect(**parts, autocommit=True) as found:
        yield found


@pytest.fixture
def by(site: Site, committing: None) -> Actor:
    """Somebody in a clinic of its own: what other stories left in stock would be proposed beside its vial."""
    return make_actor(make_clinic("killed"), *ROLES, email="killed@stories.example")


@pytest.fixture
def plan(by: Actor) -> Plan:
    with clinic_scope(by.clinic_id):
        case = make_ready_case(
            by,
            condition="chronic_migraine",
            diagnosis="chronic_migraine",
            patient=make_patient(by, given_names="Power", family_name="Cut"),
            **healthy(),
            **MIGRAINE,
        )
        return approved_plan(by, case)


@pytest.fixture
def vial(by: Actor) -> Vial:
    with clinic_scope(by.clinic_id):
        return vials_of(make_lot(by, number="KILLED", count=1))[0]


def ask(site: Site, path: str, session: str, sent: dict[str, object] | None = None) -> str:
    """Open a page, or send its form, within a session."""
    url = site.url + path
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Referer": url}
    body = urlencode({**sent, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode() if sent else None
    with urlopen(Request(url, body, headers), timeout=60) as answer:
        text: str = answer.read().decode()
        return text


@contextmanager
def trail_held(superuser: psycopg.Connection[tuple[object, ...]]) -> Iterator[None]:
    """Nobody writes an event: an action has done all it does, and waits to tell of it."""
    with superuser.transaction():
        superuser.execute("LOCK TABLE audit_event IN SHARE MODE")
        yield


def waiting_in(superuser: psycopg.Connection[tuple[object, ...]]) -> int:
    """The server's transaction that waits for the trail, as soon as there is one."""
    for _ in range(600):
        found = superuser.execute(WAITING).fetchone()
        if found:
            return int(str(found[0]))
        time.sleep(0.05)
    raise AssertionError("no transaction came as far as the audit trail")


def ended(superuser: psycopg.Connection[tuple[object, ...]], pid: int) -> None:
    """Wait until the database has noticed that nobody is there any more."""
    for _ in range(600):
        if not superuser.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone():
            return
        time.sleep(0.05)
    raise AssertionError("the transaction of the killed server goes on")


def test_server_killed_while_a_treatment_is_signed_saves_nothing_and_the_repeat_saves_once(
    site: Site,
    superuser: psycopg.Connection[tuple[object, ...]],
    by: Actor,
    plan: Plan,
    vial: Vial,
    tmp_path: Path,
) -> None:
    session = session_of(known(by.user_id, by.name, "a second factor"))
    path = reverse("treatment_prepare", args=[plan.pk])
    first = start_site(site.clinic, tmp_path / "first")
    form = {**fields(ask(first, path, session)), **SIGNATURE}
    with clinic_scope(by.clinic_id):
        events = Event.objects.filter(clinic_id=by.clinic_id).count()

    with ThreadPoolExecutor(1) as sender, trail_held(superuser):
        sending = sender.submit(ask, first, path, session, form)
        try:
            pid = waiting_in(superuser)
            written = {str(name) for (name,) in superuser.execute(WRITTEN, [pid]).fetchall()}
        finally:
            first.kill()
        error = sending.exception(timeout=60)
    ended(superuser, pid)

    assert isinstance(error, URLError | ConnectionError), error
    assert {"stock_vial", "audit_submission"} <= written, "it was killed before it had written anything"
    with clinic_scope(by.clinic_id):
        plan.refresh_from_db()
        vial.refresh_from_db()
        assert plan.state == Plan.State.APPROVED
        assert (vial.opened_at, vial.given_units, vial.patient_id) == (None, 0, None)
        assert not Treatment.objects.filter(plan=plan).exists()
        assert not GivenPoint.objects.filter(treatment__plan=plan).exists()
        assert not Submission.objects.filter(key=form["form_key"]).exists()
        assert Event.objects.filter(clinic_id=by.clinic_id).count() == events

    again = start_site(site.clinic, tmp_path / "again")
    try:
        pages = [ask(again, path, session, form) for _ in range(2)]
    finally:
        again.kill()

    assert all("Signed" in page for page in pages)
    with clinic_scope(by.clinic_id):
        treatment = Treatment.objects.get(plan=plan)
        vial.refresh_from_db()
        assert VialUse.objects.filter(treatment=treatment).count() == 1
        assert vial.given_units == sum(point.units for point in treatment.points.all())
        assert Event.objects.filter(what="treatment.signed", subject_id=treatment.pk).count() == 1
        assert verify_newest(by.clinic_id, 50) == []
