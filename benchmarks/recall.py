"""Millions of recorded points: the search of a recall, and the pages of one patient.

The demo is copied within the database, whole chains of patient, case, plan, treatment, points and vials,
over several clinics, until there are as many given points as are asked for. The audit trail and the points
of plans are not copied. Ten million points take 5.5 GB of disk.
Run as `python -m benchmarks recall`, or `python -m benchmarks recall 100000`.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from benchmarks.figure import Figure

if TYPE_CHECKING:
    from django.db import models
    from django.test import Client

    from masseter.journey.ground.actor import Actor

POINTS = 10_000_000
CLINICS = 20
AT_ONCE = 500  # copies in one statement: what is written together stands together
STRIDE = 1_000_000  # between the numbers of one copy and the next; more than the demo has rows
LOTS = 20
RUNS = 15
MOST_MS = 100
PAGES = {"Chart": "/clinic/patients/{patient}/", "Plan": "/clinic/plans/{plan}/"} | {
    "Record of a treatment": "/clinic/treatments/{treatment}/"
}
# Only what a treatment hangs on is copied.
WHICH = {
    "people_patient": "AND id IN (SELECT patient_id FROM inject_treatment)",
    "consult_case": "AND id IN (SELECT case_id FROM inject_treatment)",
    "plan_plan": "AND id IN (SELECT plan_id FROM inject_treatment)",
    "stock_vial": "AND id IN (SELECT vial_id FROM inject_vialuse)",
}
NEW = {  # what has to differ from copy to copy
    "people_patient.number": "number || '-' || k",
    "people_patient.user_id": "NULL",
    "inject_treatment.findings": "'[]'",  # long, and no page of another patient reads them
    "stock_lot.number": "number || '-' || k",
    "stock_lot.normalised": "normalised || k",
}


def measure(points: int = POINTS) -> list[Figure]:
    """The demo has to be loaded."""
    from django.conf import settings

    from benchmarks.pages import _people

    settings.ALLOWED_HOSTS.append("testserver")
    client = next(iter(_people()))
    urls = {name: url.format(**_numbers()) for name, url in PAGES.items()}
    few = {name: _page(client, url) for name, url in urls.items()}
    begun = time.perf_counter()
    count, before, size = _fill(points)
    took = time.perf_counter() - begun
    many = {name: _page(client, url) for name, url in urls.items()}
    return [
        Figure("Recorded points", f"{count:,}", f"{CLINICS} clinics, {size}, copied in {took:.0f} s"),
        *_recall(),
        *(
            Figure(f"{name}, with {count:,} points", f"{many[name]:.0f} ms", _times(many, few, name, before))
            for name in urls
        ),
        _books(),
    ]


def _times(many: dict[str, float], few: dict[str, float], name: str, before: int) -> str:
    return f"{many[name] / few[name]:.2f} × with {before:,}"


def _page(client: Client, url: str) -> float:
    answers = [client.get(url).status_code for _ in range(2)]
    if set(answers) != {200}:
        raise RuntimeError(f"{url} answered {answers}")
    return _median(lambda: client.get(url))


def _median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


@contextmanager
def _acting() -> Iterator[Actor]:
    from masseter.journey.accounts.models import Clinic, User
    from masseter.journey.accounts.queries import actor_for
    from masseter.journey.ground.scope import clinic_scope

    clinic = Clinic.objects.get(slug="demo")
    by = actor_for(User.objects.get(email="jonas@demo.example"), clinic_id=clinic.pk)
    if by is None:
        raise RuntimeError("the demo has no manager")
    with clinic_scope(clinic.pk, by.user_id):
        yield by


def _numbers() -> dict[str, int]:
    """The treatment of the demo with the most points, its plan and its patient."""
    from django.db.models import Count

    from masseter.journey.inject.models import Treatment

    with _acting() as by:
        treatments = Treatment.objects.filter(clinic_id=by.clinic_id).annotate(count=Count("points"))
        one = treatments.order_by("-count", "pk")[0]
        return {"treatment": one.pk, "plan": one.plan_id, "patient": one.patient_id}


def _recall() -> list[Figure]:
    from masseter.journey.inject.touched import touched_by
    from masseter.journey.stock.alert_actions import enter_alert
    from masseter.journey.stock.alerted import hits_of
    from masseter.journey.stock.models import Lot

    with _acting() as by:
        named = Lot.objects.filter(clinic_id=by.clinic_id, product="botox").order_by("-pk")[:LOTS]
        lots = "\n".join(lot.number for lot in named)
        alert = enter_alert(by=by, kind="recall", title="Bench", source="Bench", text="", lots=lots)
        found = touched_by(by, [hit.lot for hit in hits_of(by, alert)])
        took = _median(lambda: touched_by(by, [hit.lot for hit in hits_of(by, alert)]))
    told = f"{len(found.vials)} vials, {len(found.uses)} treatments, {len(found.patients)} people"
    return [Figure(f"Recall of {LOTS} lots: {told}", f"{took:.0f} ms", f"limit {MOST_MS} ms")]


def _books() -> Figure:
    from masseter.journey.inject.balance import balance_of
    from masseter.journey.inject.models import GivenPoint

    with _acting() as by:
        count = GivenPoint.objects.filter(clinic_id=by.clinic_id).count()
        begun = time.perf_counter()
        books = balance_of(by)
        took = time.perf_counter() - begun
    balanced = "balanced" if books.is_balanced else "NOT balanced"
    return Figure(f"The books of a clinic with {count:,} points", f"{took:.1f} s", balanced)


def _fill(points: int) -> tuple[int, int, str]:
    """Copy the demo until there are so many points: how many there are, how many there were, and the size."""
    from django.db import connection

    from masseter.config import embedded
    from masseter.config.database import NAME

    connection.close()
    parts = embedded.start(Path(os.environ["MASSETER_DATA"]).resolve()) | {"dbname": NAME}
    with psycopg.connect(**parts, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")  # no keys and triggers are asked
        superuser.execute("SET synchronous_commit = off")
        superuser.execute("ALTER SYSTEM SET max_wal_size = '256MB'")  # of a throw-away server
        superuser.execute("SELECT pg_reload_conf()")
        before = _one(superuser, "SELECT count(*) FROM inject_givenpoint")
        copies = max(points // int(before) - 1, 0)
        _copy_clinics(superuser)
        for model in _models():
            for first in range(1, copies + 1, AT_ONCE):
                last = min(first + AT_ONCE - 1, copies)
                superuser.execute(_copying(model), {"first": first, "last": last})
        superuser.execute("VACUUM ANALYZE")
        count = _one(superuser, "SELECT count(*) FROM inject_givenpoint")
        size = _one(superuser, "SELECT pg_size_pretty(pg_database_size(current_database()))")
    return int(count), int(before), size


def _models() -> tuple[type[models.Model], ...]:
    from masseter.journey.consult.models import Case
    from masseter.journey.inject.models import GivenPoint, Treatment, VialUse
    from masseter.journey.people.models import Patient
    from masseter.journey.plan.models import Plan
    from masseter.journey.stock.models import Lot, Vial

    return Patient, Case, Plan, Lot, Vial, Treatment, VialUse, GivenPoint


def _copy_clinics(superuser: psycopg.Connection) -> None:
    from masseter.journey.accounts.models import Clinic

    columns = [field.column for field in Clinic._meta.concrete_fields]
    new = {"id": f"id + k * {STRIDE}", "slug": "slug || k", "name": "name || ' ' || k"}
    told = ", ".join(new.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    superuser.execute(
        f"INSERT INTO {Clinic._meta.db_table} ({names}) SELECT {told} FROM {Clinic._meta.db_table}, "
        f"generate_series(1, {CLINICS - 1}) k WHERE slug = 'demo'"
    )


def _copying(model: type[models.Model]) -> str:
    """The statement that copies the demo's rows of a table, each link to a row of the same copy."""
    table, copied, told = model._meta.db_table, set(_models()), {}
    for field in model._meta.concrete_fields:
        column = f'"{field.column}"'
        told[column] = NEW.get(f"{table}.{field.column}", column)
        if field.column == "clinic_id":
            told[column] = f"{column} + mod(k, {CLINICS}) * {STRIDE}"
        elif field.primary_key or (field.remote_field is not None and field.related_model in copied):
            told[column] = f"{column} + k * {STRIDE}::bigint"
    names = ", ".join(told)
    return (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(told.values())} FROM {table}, "
        f"generate_series(%(first)s::int, %(last)s::int) k WHERE id < {STRIDE} AND "
        f"clinic_id = (SELECT id FROM accounts_clinic WHERE slug = 'demo') {WHICH.get(table, '')}"
    )


def _one(connection: psycopg.Connection, asked: str) -> str:
    row = connection.execute(asked).fetchone()
    return str(row[0]) if row else ""
