"""Concluding from what is known: diagnosis, verdict, reasons, and the decision shared with the patient."""

from __future__ import annotations

from collections.abc import Sequence

from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.choice import ReasonMissing, UnknownDiagnosis, check_choice
from masseter.core.findings import CannotOverride, Override, check_override
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Assessment, Case, Decision, OverrideReason
from masseter.journey.consult.queries import working_diagnosis
from masseter.journey.consult.verdicts import candidacy_of, told
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right


@action(Right.CONSULT)
def choose_diagnosis(*, by: Actor, case: Case, diagnosis: str, reason: str = "") -> Assessment:
    """Choose the diagnosis to work with, and keep the verdict of this moment.

    Raises: Refused for an unknown diagnosis, or one whose criteria are not met without a reason.
    """
    check_open(case)
    candidacy = candidacy_of(by, case, today=clock.today(by.zone))
    try:
        check_choice(candidacy.diagnoses, diagnosis, reason)
    except ReasonMissing as error:
        raise Refused(str(error), field="reason") from error
    except UnknownDiagnosis as error:
        raise Refused("Choose one of the diagnoses.", field="diagnosis") from error
    saved = _save(by, case, candidacy, diagnosis=diagnosis, reason=reason.strip())
    record(by=by, what="diagnosis.chosen", on=saved, why=reason.strip(), data={"diagnosis": diagnosis})
    return saved


@action(Right.CONSULT)
def assess(*, by: Actor, case: Case, note: str = "") -> Assessment:
    """Keep the verdict on a case with everything that it rests on.

    Raises: Refused for a closed case.
    """
    check_open(case)
    candidacy = candidacy_of(by, case, today=clock.today(by.zone))
    saved = _save(by, case, candidacy, diagnosis=working_diagnosis(case), note=note.strip())
    record(by=by, what="candidacy.assessed", on=saved, data={"verdict": candidacy.verdict})
    return saved


@action(Right.CONSULT)
def give_reason(
    *, by: Actor, case: Case, finding_code: str, subject: str = "", reason: str
) -> OverrideReason:
    """Write why the case goes on despite one caution of its candidacy.

    Raises: Refused for a finding that is not there, a stop, or no reason.
    """
    check_open(case)
    candidacy = candidacy_of(by, case, today=clock.today(by.zone))
    finding = next(
        (one for one in candidacy.findings if (one.code, one.subject) == (finding_code, subject)), None
    )
    if finding is None:
        raise Refused("This finding is no longer there. Look at the verdict again.")
    override = Override(
        code=finding_code, subject=subject, sentence=finding.sentence, reason=reason.strip(), by=by.name
    )
    try:
        check_override(finding, override)
    except CannotOverride as error:
        raise Refused(str(error), field="reason") from error
    row = OverrideReason.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        finding_code=finding_code,
        subject=subject,
        sentence=finding.sentence,
        reason=override.reason,
        by_name=by.name,
        at=clock.now(),
    )
    record(by=by, what="caution.overruled", on=row, why=override.reason, data={"finding": finding_code})
    return row


@action(Right.CONSULT)
def decide_together(
    *, by: Actor, case: Case, decided: str, options: Sequence[str] = (), wish: str = "", words: str = ""
) -> Decision:
    """Write down what patient and clinician decided together.

    Raises: Refused for a closed case, or a decision that is none of the four.
    """
    check_open(case)
    if decided not in Decision.Decided.values:
        raise Refused("Choose what was decided.", field="decided")
    row = Decision.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        options=list(options),
        wish=wish.strip(),
        words=words.strip(),
        decided=decided,
        at=clock.now(),
        by_name=by.name,
    )
    record(by=by, what="decision.shared", on=row, data={"decided": decided})
    return row


def check_open(case: Case) -> None:
    """Raises: Refused for a closed case."""
    if case.state != Case.State.OPEN:
        raise Refused("This case is closed. Open a new one to go on.")


def _save(
    by: Actor, case: Case, candidacy: Candidacy, *, diagnosis: str, reason: str = "", note: str = ""
) -> Assessment:
    return Assessment.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        verdict=candidacy.verdict,
        result=told(candidacy),
        knowledge_version=candidacy.knowledge_version,
        made_at=clock.now(),
        made_by_name=by.name,
        diagnosis=diagnosis,
        diagnosis_reason=reason,
        note=note,
    )
