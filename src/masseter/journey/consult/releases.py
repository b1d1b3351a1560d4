"""Reading the consents that were released to be signed at home, and the questions about a consent."""

from __future__ import annotations

import hashlib
import json

from django.apps import apps

from masseter.core.consult.at_home import Basis, ReleaseState, state_of_release
from masseter.core.consult.consent import ConsentText
from masseter.core.rules import UnknownProduct
from masseter.journey.consult.at_home import ConsentQuestion, ConsentRelease
from masseter.journey.consult.models import Case, Consent
from masseter.journey.consult.queries import working_diagnosis
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.models import Patient

RUNNING = ("draft", "proposed", "approved")
# What of a plan a person is told and agrees to; a note or the syringe is not of it.
_OF_PLAN = ("product", "presentation", "diluent_ml", "diagnosis")
_OF_POINT = ("site", "side", "view", "x", "y", "units", "depth", "route")


def release_of(by: Actor, pk: int) -> ConsentRelease:
    """One release; a patient finds their own only.

    Raises: NotHere.
    """
    releases = ConsentRelease.objects.filter(clinic_id=by.clinic_id).select_related("case", "patient")
    if by.patient_id is not None:
        releases = releases.filter(patient_id=by.patient_id)
    found = releases.filter(pk=pk).first()
    if found is None:
        raise NotHere("There is no such consent.")
    return found


def newest_release(case: Case) -> ConsentRelease | None:
    """The newest release of a case that was not ended, with its case and patient."""
    running = ConsentRelease.objects.filter(case=case, ended_at=None).select_related("case", "patient")
    return running.order_by("-released_at", "-id").first()


def releases_of_patient(by: Actor, patient: Patient) -> list[ConsentRelease]:
    """The releases of a patient that were neither ended nor signed, the newest first."""
    found = ConsentRelease.objects.filter(clinic_id=by.clinic_id, patient=patient, ended_at=None)
    return list(found.filter(consent=None).select_related("case", "patient").order_by("-released_at", "-id"))


def signed_under(release: ConsentRelease) -> Consent | None:
    """What was signed at home under a release."""
    return Consent.objects.filter(release=release).first()


def text_of(by: Actor, release: ConsentRelease) -> ConsentText | None:
    """The text of today for what was released; None where its product is known no more."""
    try:
        return consent_text_of(by, release.case, product=release.product)
    except UnknownProduct:
        return None


def basis_now(by: Actor, case: Case, text: ConsentText | None) -> Basis:
    """What a consent of this case rests on now."""
    return Basis(
        text_version=text.version if text is not None else "",
        diagnosis=working_diagnosis(case),
        plan_mark=plan_mark(case),
    )


def basis_of(release: ConsentRelease) -> Basis:
    """What a release rests on."""
    return Basis(text_version=release.text_version, diagnosis=release.diagnosis, plan_mark=release.plan_mark)


def standing_of(by: Actor, release: ConsentRelease, text: ConsentText | None) -> ReleaseState:
    """Where a release stands today, beside the text of today."""
    return state_of_release(
        released=basis_of(release),
        now=basis_now(by, release.case, text),
        until=release.until,
        today=clock.today(by.zone),
        is_signed=signed_under(release) is not None,
        is_ended=release.ended_at is not None,
        is_case_open=release.case.state == Case.State.OPEN,
    )


def plan_mark(case: Case) -> str:
    """A digest of what the running plan of a case would give; '' where none runs.

    The room `plan` lies above this one; only its table's name is known here.
    """
    plans = apps.get_model("plan", "Plan")._default_manager
    running = plans.filter(case_id=case.pk, state__in=RUNNING).values_list("pk", *_OF_PLAN).first()
    if running is None:
        return ""
    points = apps.get_model("plan", "PlanPoint")._default_manager.filter(plan_id=running[0])
    told = [running, sorted(str(point) for point in points.values_list(*_OF_POINT))]
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()[:32]


def parts_read(release: ConsentRelease) -> set[str]:
    """The titles of the parts that the person said to have read."""
    return set(release.parts_read.values_list("title", flat=True))


def questions_of(case: Case) -> list[ConsentQuestion]:
    """What was asked about the consent of a case, the newest first."""
    return list(ConsentQuestion.objects.filter(case=case).order_by("-asked_at", "-id"))


def has_open_question(case: Case) -> bool:
    """Whether something that was asked waits for its answer."""
    return ConsentQuestion.objects.filter(case=case, answered_at=None).exists()


def question_of(by: Actor, pk: int) -> ConsentQuestion:
    """One question.

    Raises: NotHere.
    """
    questions = ConsentQuestion.objects.filter(clinic_id=by.clinic_id).select_related("case", "patient")
    found = questions.filter(pk=pk).first()
    if found is None:
        raise NotHere("There is no such question.")
    return found


def questions_waiting(by: Actor) -> list[ConsentQuestion]:
    """Questions of the clinic's patients that nobody has answered, the oldest first."""
    waiting = ConsentQuestion.objects.filter(clinic_id=by.clinic_id, answered_at=None)
    return list(waiting.select_related("case", "patient").order_by("asked_at", "id"))
