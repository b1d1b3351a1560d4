"""Choosing what the diary asks."""

from __future__ import annotations

from collections.abc import Sequence

from masseter.core.results.score import InvalidAnswer
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.results.diary import check_symptoms_chosen
from masseter.journey.results.models import DiaryChoice
from masseter.knowledge.load import load


@action(Right.OWN_CARE, Right.RECORD_RESULTS)
def choose_symptoms(*, by: Actor, case: Case, symptoms: Sequence[str]) -> DiaryChoice:
    """Choose the symptoms that the diary of a case asks, at most three.

    Raises: Refused for one that there is not, too many, or one left out that the results are counted from.
    """
    try:
        kept = check_symptoms_chosen(load().conditions[case.condition], symptoms)
    except InvalidAnswer as error:
        raise Refused(error.sentence, field=error.code) from error
    Case.objects.select_for_update().get(pk=case.pk)
    row = DiaryChoice.objects.filter(case=case).first() or DiaryChoice(
        clinic_id=by.clinic_id, case=case, patient_id=case.patient_id
    )
    before = list(row.symptoms)
    row.symptoms, row.by_name = kept, by.name
    row.save()
    record(by=by, what="diary.chosen", on=row, data={"before": before, "after": kept})
    return row
