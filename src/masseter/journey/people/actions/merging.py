"""Merging two records of one person: one is kept, the other points to it, and its rows follow."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction

from masseter.journey.accounts.actions import end_portal_access
from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient

COLUMN = "patient_id"
TRAIL = "audit"  # history names the record that was looked at, and stays
TWO_OPEN_CASES = "one_open_case_a_condition"


@action(Right.MERGE_PEOPLE)
def merge_patients(*, by: Actor, keep: Patient, duplicate: Patient, reason: str) -> Patient:
    """Merge a duplicate into the record that is kept.

    Signed and append-only rows keep every value; only their link to the person follows, and the
    database lets that through for a recorded merge alone.
    Raises: Refused for one and the same record, a record already merged, or two open cases of one condition.
    """
    if keep.pk == duplicate.pk:
        raise Refused("Choose two different records.")
    rows = Patient.objects.select_for_update().filter(pk__in=[keep.pk, duplicate.pk], merged_into=None)
    if len(rows) != len({keep.pk, duplicate.pk}):
        raise Refused("One of these records was merged already. Search again.")
    if not reason.strip():
        raise Refused("Write how you know that both records are of one person.", field="reason")
    duplicate.merged_into = keep
    duplicate.save(update_fields=["merged_into"])
    _move_sign_in(by, duplicate, keep)
    Patient.objects.filter(merged_into=duplicate).update(merged_into=keep)
    moved = _move_rows(duplicate, keep)
    data: dict[str, object] = {"kept": keep.number, "merged": duplicate.number, "moved": moved}
    record(by=by, what="patient.merged", on=keep, why=reason.strip(), data=data)
    record(by=by, what="patient.merged", on=duplicate, why=reason.strip(), data=data)
    return keep


def tables_of_patients() -> Iterator[type[models.Model]]:
    """Every table with a column for the patient, but the trail."""
    for model in apps.get_models():
        columns = {field.attname for field in model._meta.concrete_fields}
        if COLUMN in columns and model._meta.app_label != TRAIL:
            yield model


def _move_rows(duplicate: Patient, keep: Patient) -> dict[str, int]:
    moved: dict[str, int] = {}
    try:
        with transaction.atomic():
            for model in tables_of_patients():
                rows = model._default_manager.filter(**{COLUMN: duplicate.pk})
                count = rows.update(**{COLUMN: keep.pk})
                if count:
                    moved[str(model._meta.verbose_name_plural)] = count
    except IntegrityError as error:
        if TWO_OPEN_CASES not in str(error):
            raise
        raise Refused(
            "Both records have an open case of the same condition. Close one of the two cases, then merge."
        ) from error
    return moved


def _move_sign_in(by: Actor, duplicate: Patient, keep: Patient) -> None:
    user = duplicate.user
    if user is None:
        return
    duplicate.user = None
    duplicate.save(update_fields=["user"])
    if keep.user_id is None:
        keep.user = user
        keep.save(update_fields=["user"])
        return
    # Two addresses for one person: the one of the record that is kept stays.
    end_portal_access(by=by, user=user)
