"""The books: by lot and product, and a fault where vials and signed records do not agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.actions import amend_treatment
from masseter.journey.inject.balance import NOTHING, balance_of
from masseter.journey.stock.actions import discard_vial, return_vial
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, approved_plan, make_lot, make_treatment, session_for, vials_of


def test_books_of_a_clinic_say_where_every_unit_is(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    used, thrown, sent, _ = vials_of(make_lot(by, count=4))
    make_lot(by, product="xeomin", presentation="xeomin-100", number="X1", count=1)
    make_treatment(by, vials=[used])
    discard_vial(by=by, vial=thrown, reason="Dropped.")
    return_vial(by=by, vial=sent, reason="Recall.")

    books = balance_of(by)

    botox = books.products["botox"]
    assert (botox.vials, botox.received, botox.given) == (4, 800, 155)
    assert (botox.discarded, botox.returned, botox.left) == (245, 200, 200)
    assert (botox.difference, botox.wasted_percent) == (0, Decimal("61.2"))
    xeomin = books.products["xeomin"]
    assert (xeomin.received, xeomin.left, xeomin.wasted_percent) == (100, 100, None)
    assert [row.lot.number for row in books.lots] == ["C1234C3", "X1"]
    assert (books.is_balanced, books.whole_vials) == (True, 5)


def test_books_are_read_while_nobody_writes(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    with CaptureQueriesContext(connection) as asked:
        balance_of(by)

    assert "pg_advisory_xact_lock" in asked.captured_queries[0]["sql"]


def test_corrected_record_counts_once_and_as_it_reads_now(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    vial = treatment.vial_uses.get().vial
    session = session_for(by, treatment.plan, [vial])
    fewer = tuple(replace(each, reason="One point less.") for each in session.given[1:])
    left_out = {session.given[0].planned: "Not given."}

    amend_treatment(
        by=by,
        treatment=treatment,
        session=replace(
            session, given=fewer, left_out=left_out, discarded={vial.pk: Decimal(50)}, openings={}
        ),
        reason="Miscounted.",
    )

    botox = balance_of(by).products["botox"]
    assert balance_of(by).is_balanced
    assert botox.given + botox.discarded == 200
    assert botox.given < 155


def test_vial_that_says_other_than_the_record_is_a_fault(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by, approved_plan(by))
    use = treatment.vial_uses.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stock_vial SET given_units = 150, discarded_units = 50 WHERE id = %s", [use.vial_id]
        )

    books = balance_of(by)

    assert not books.is_balanced
    assert len(books.faults) == 3
    assert {fault.vial_id for fault in books.faults} == {use.vial_id}
    assert "given 150" in books.faults[0].sentence


def test_empty_books_balance(clinic: Clinic, actor: ActorMaker) -> None:
    assert balance_of(actor(*DOCTOR)).is_balanced
    assert (NOTHING + NOTHING).difference == 0
