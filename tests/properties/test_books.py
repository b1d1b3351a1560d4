"""The balance law: received = given + discarded + returned + on the shelf, whatever happens to the vials.

Vials are received, opened, drawn from, thrown away, sent back, kept back and released, by several people on
one vial at once (threads with connections of their own) and by processes that are killed between any two
statements. After each step the books must balance and say exactly what succeeded.

BOOKS_EXAMPLES and BOOKS_STEPS make it longer: `make books`.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import hypothesis.strategies as st
from django.db import connection, connections
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.balance import balance_of
from masseter.journey.people.models import Patient
from masseter.journey.plan.models import Plan
from masseter.journey.stock.actions import (
    discard_vial,
    open_vial,
    quarantine_vial,
    receive_lot,
    release_vial,
    return_vial,
)
from masseter.journey.stock.models import Vial
from tests.conftest import make_actor
from tests.factories import make_patient
from tests.journey.given import DOCTOR, approved_plan, session_for, vials_of

LABEL, GIVEN = Decimal(200), Decimal(155)
PLANS = 3  # that wait for a treatment at a time
LATEST_STATEMENT = 60
EXAMPLES = int(os.environ.get("BOOKS_EXAMPLES", "4"))
STEPS = int(os.environ.get("BOOKS_STEPS", "8"))
DEEDS = ("open", "sign", "discard", "return", "quarantine", "release")


class Books(RuleBasedStateMachine):
    """One clinic's vials; the clinic and its plans are made once and go on from run to run."""

    clinic: Clinic
    by: Actor
    patient: Patient
    plans: list[Plan]

    def __init__(self) -> None:
        super().__init__()
        self.vials: list[Vial] = []

    @initialize(count=st.integers(1, 3))
    def begin(self, count: int) -> None:
        with clinic_scope(self.clinic.pk):
            self.expected = sums(self.by)
        self.receive(count)

    @rule(count=st.integers(1, 3))
    def receive(self, count: int) -> None:
        with clinic_scope(self.clinic.pk):
            lot = receive_lot(
                by=self.by,
                product="botox",
                presentation="botox-200",
                number=f"LOT{Vial.objects.count()}",
                expires_on=clock.today(self.by.zone) + timedelta(days=300),
                count=count,
            )
            self.vials += vials_of(lot)
        self.expected["received"] += LABEL * count

    @rule(which=st.integers(0, 99), deeds=st.lists(st.sampled_from(DEEDS), min_size=2, max_size=3))
    def several_people_at_once(self, which: int, deeds: list[str]) -> None:
        vial = self.vials[which % len(self.vials)]
        calls = [self.call(deed, vial) for deed in deeds]
        start = Barrier(len(calls))

        def one(call: Callable[[], object]) -> bool:
            start.wait(timeout=60)
            try:
                with clinic_scope(self.clinic.pk):
                    call()
            except Refused:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(len(calls)) as pool:
            succeeded = list(pool.map(one, calls))
        for deed, has_succeeded in zip(deeds, succeeded, strict=True):
            if has_succeeded:
                event(f"done: {deed}")
                self.book(deed, vial)

    @rule(
        which=st.integers(0, 99),
        deed=st.sampled_from(DEEDS),
        statement=st.integers(1, LATEST_STATEMENT),
    )
    def a_process_is_killed(self, which: int, deed: str, statement: int) -> None:
        vial = self.vials[which % len(self.vials)]
        before = self.written()

        killed = killed_at(statement, self.clinic.pk, self.call(deed, vial))

        event(f"killed: {killed}")
        if self.written() != before:
            # It had ended by then: all of it is there, as the invariant looks.
            self.book(deed, vial)

    @invariant()
    def the_books_balance(self) -> None:
        with clinic_scope(self.clinic.pk):
            books = balance_of(self.by)
            assert books.is_balanced, books
            assert sums(self.by) == self.expected
        connection.close()

    def call(self, deed: str, vial: Vial) -> Callable[[], object]:
        """The deed as something that can be done in any thread or process."""
        by = self.by
        if deed == "sign":
            plan = self.plan()
            return lambda: sign_treatment(by=by, plan=plan, session=session_for(by, plan, [vial]))
        if deed == "open":
            at, ml = clock.now(), Decimal(4)
            return lambda: open_vial(by=by, vial=vial, patient=self.patient, opened_at=at, diluent_ml=ml)
        doing = {
            "discard": discard_vial,
            "return": return_vial,
            "quarantine": quarantine_vial,
            "release": release_vial,
        }[deed]
        return lambda: doing(by=by, vial=vial, reason="As the law asks.")

    def plan(self) -> Plan:
        """A plan that waits for its treatment."""
        with clinic_scope(self.clinic.pk):
            waiting = Plan.objects.filter(clinic=self.clinic, state=Plan.State.APPROVED).order_by("?").first()
            return waiting or approved_plan(self.by)

    def book(self, deed: str, vial: Vial) -> None:
        """What a deed that succeeded does to the sums."""
        if deed == "sign":
            self.expected["given"] += GIVEN
            self.expected["discarded"] += LABEL - GIVEN
        elif deed in ("discard", "return"):
            self.expected[f"{deed}ed"] += LABEL

    def written(self) -> int:
        with clinic_scope(self.clinic.pk):
            from masseter.journey.audit.models import Event

            return Event.objects.filter(clinic_id=self.clinic.pk).count()


def sums(by: Actor) -> dict[str, Decimal]:
    """The sums of the books over all products."""
    whole = {"received": Decimal(0), "given": Decimal(0), "discarded": Decimal(0), "returned": Decimal(0)}
    for each in balance_of(by).products.values():
        for name in whole:
            whole[name] += getattr(each, name)
    return whole


def killed_at(statement: int, clinic_id: int, call: Callable[[], object]) -> bool:
    """Do it in a process that is killed before its n-th statement reaches the database; was it killed?"""
    connections.close_all()
    with warnings.catch_warnings():
        # Newer Pythons warn of threads that a fork does not copy; the child uses none.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _die_at(statement, clinic_id, call)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _die_at(statement: int, clinic_id: int, call: Callable[[], object]) -> None:
    """Runs in the child and never comes back."""
    left = [statement]

    def count(execute: Callable[..., object], *rest: Any) -> object:  # Any: as Django calls it
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*rest)

    # Where a browser was driven before, Django shows this process another connection than the one that was
    # closed: one that the parent still holds, so that nobody would learn of this death.
    connections["default"] = connections["default"].copy()
    try:
        with clinic_scope(clinic_id), connection.execute_wrapper(count):
            call()
    finally:
        os._exit(0)


def test_the_books_balance_under_many_hands_and_killed_processes(committed: Clinic) -> None:
    by = make_actor(committed, *DOCTOR)
    with clinic_scope(committed.pk):
        plans = [approved_plan(by) for _ in range(PLANS)]
        patient = make_patient(by)
    machine = type(
        "ClinicBooks", (Books,), {"clinic": committed, "by": by, "patient": patient, "plans": plans}
    )

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # A failure is told as it was found: making it shorter would take minutes of real commits.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
