"""Questions of a patient about the consent, and the clinician's written answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.accounts.languages import told_in
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.concluding import check_open
from masseter.journey.consult.models import Case, ConsentQuestion
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.models import Kind
from masseter.journey.messaging.outbox import Wanted, write_messages

MOST_OPEN = 20
LONGEST = 4000


@action(Right.OWN_CARE)
def ask_about_consent(*, by: Actor, case: Case, words: str) -> ConsentQuestion:
    """Ask something about the consent; nothing is signed at home until it is answered.

    Raises: Refused for a closed case, without words, with too many, or where many questions wait.
    """
    check_open(case)
    asked = words.strip()
    if not asked:
        raise Refused(_("Write your question."), field="words")
    if len(asked) > LONGEST:
        raise Refused(_("This is too long. Please ask the rest at the visit."), field="words")
    if ConsentQuestion.objects.filter(case=case, answered_at=None).count() >= MOST_OPEN:
        raise Refused(_("Many questions wait already. Please call your clinic."))
    question = ConsentQuestion.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        words=asked,
        asked_at=clock.now(),
        asked_by_name=by.name,
    )
    record(by=by, what="consent.asked", on=question)
    return question


@action(Right.TAKE_CONSENT)
def answer_question(*, by: Actor, question: ConsentQuestion, answer: str) -> ConsentQuestion:
    """Answer in writing, once; the person is told by a message that says nothing of what it is about.

    Raises: Refused without words, with too many, or where it was answered already.
    """
    locked = (
        ConsentQuestion.objects.select_for_update(of=("self",))
        .select_related("patient__user")
        .get(pk=question.pk)
    )
    if not locked.is_open:
        raise Refused("This question was answered already.")
    said = answer.strip()
    if not said:
        raise Refused("Write the answer.", field="answer")
    if len(said) > LONGEST:
        raise Refused(f"At most {LONGEST} characters. Talk about the rest.", field="answer")
    locked.answer, locked.answered_at, locked.answered_by_name = said, clock.now(), by.name
    locked.save(update_fields=["answer", "answered_at", "answered_by_name"])
    record(by=by, what="consent.answered", on=locked)
    patient = locked.patient
    if patient.user_id is not None and (patient.email or patient.phone):
        language = told_in(patient.user, patient.language)
        wanted = Wanted(kind=Kind.REPLY, about=str(locked.pk), patient_id=patient.pk, language=language)
        write_messages(by, [wanted])
    return locked
