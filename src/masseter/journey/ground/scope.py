"""Telling the database whose rows this transaction may touch: the second wall stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import InterfaceError, OperationalError, connection, transaction

from masseter.journey.ground import vault

# The clinic whose lock the action under way holds, so that it is not asked for again.
locked_clinic: ContextVar[int | None] = ContextVar("masseter_locked_clinic", default=None)


@contextmanager
def clinic_scope(clinic_id: int | None, user_id: int | None = None) -> Iterator[None]:
    """One transaction in which row-level security lets through this clinic's rows only.

    The setting is local to the transaction, so that a pooled connection can't carry it on.
    """
    is_outermost = not connection.in_atomic_block
    with swept(), transaction.atomic():
        before = ("", "") if is_outermost else _current()
        _set(str(clinic_id or ""), str(user_id or ""))
        yield
        # The end of the transaction takes the setting with it. So does what is rolled back, and it lets
        # nothing more be asked.
        if not (is_outermost or connection.needs_rollback):
            _set(*before)


@contextmanager
def swept() -> Iterator[None]:
    """Once the outermost transaction has ended, remove the files whose rows did not come to stay."""
    is_outermost = not connection.in_atomic_block
    try:
        yield
    except (InterfaceError, OperationalError):
        # Whether a commit that lost its connection happened is not known: rather a file too many.
        vault.leave()
        raise
    finally:
        if is_outermost:
            vault.sweep()


def lock_clinic(clinic_id: int) -> None:
    """Let the writes of one clinic pass one after another until this transaction ends.

    Taken before any row is locked, so that two writes never wait for each other. The audit trail stands
    on it: its chain has one end.
    """
    if locked_clinic.get() == clinic_id:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('masseter.audit'), %s)", [clinic_id % 2**31])


def _current() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('masseter.clinic', true), ''), "
            "coalesce(current_setting('masseter.user', true), '')"
        )
        clinic, user = cursor.fetchone()
    return clinic, user


def _set(clinic: str, user: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('masseter.clinic', %s, true), set_config('masseter.user', %s, true)",
            [clinic, user],
        )
