"""Releasing a consent to be signed at home, ending that, and confirming at the visit what was signed."""

from __future__ import annotations

from datetime import date, timedelta

from masseter.core.consult.at_home import LONGEST_DAYS, USUAL_DAYS, is_adult, is_other_plan
from masseter.core.consult.consent import ConsentText
from masseter.core.rules import UnknownProduct
from masseter.journey.accounts.languages import told_in
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.concluding import check_open
from masseter.journey.consult.models import Case, Consent, ConsentRelease
from masseter.journey.consult.releases import basis_now, basis_of, text_of
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.models import Kind
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.people.models import Patient

ANEW = "Released anew."


@action(Right.TAKE_CONSENT)
def release_consent(
    *,
    by: Actor,
    case: Case,
    text_version: str,
    talked_on: date,
    product: str = "",
    talked_about: str = "",
    until: date | None = None,
    has_talked: bool = True,
) -> ConsentRelease:
    """Let a person sign this very text at home, after the talk. An earlier release of the case ends.

    The person is told by a message that there is something to read.
    Raises: Refused for a closed case, no talk, a wrong day, a changed text, somebody without a sign-in, or
    not known to be an adult.
    """
    check_open(case)
    today = clock.today(by.zone)
    last = until or today + timedelta(days=USUAL_DAYS)
    _check_person(case.patient, today)
    _check_days(talked_on, last, today, has_talked=has_talked)
    text = _text(by, case, product, text_version)
    _end_before(by, case)
    basis = basis_now(by, case, text)
    release = ConsentRelease.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        text_version=text.version,
        product=product,
        diagnosis=basis.diagnosis,
        plan_mark=basis.plan_mark,
        talked_on=talked_on,
        talked_about=talked_about.strip(),
        until=last,
        by_name=by.name,
        released_at=clock.now(),
    )
    return _tell(by, case, release)


@action(Right.TAKE_CONSENT)
def end_release(*, by: Actor, release: ConsentRelease, reason: str) -> ConsentRelease:
    """Take a release back: it cannot be signed any more.

    Raises: Refused without a reason, or where it has ended or was signed already.
    """
    locked = ConsentRelease.objects.select_for_update().get(pk=release.pk)
    if locked.ended_at is not None:
        raise Refused("This release has ended already.")
    if Consent.objects.filter(release=locked).exists():
        raise Refused("It is signed already. Withdraw the consent instead, if the person wishes.")
    if not reason.strip():
        raise Refused("Write why it cannot be signed any more.", field="reason")
    return _end(by, locked, reason.strip())


@action(Right.TAKE_CONSENT)
def confirm_consent(*, by: Actor, consent: Consent, note: str = "", still_holds: bool = True) -> Consent:
    """Confirm with the person, at the visit, that nothing has changed since it was signed at home.

    Raises: Refused for a consent that was signed at the clinic, withdrawn or confirmed already; for a text
    that says something else by now; and without a note where the plan was changed.
    """
    locked = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("case", "release__case")
        .get(pk=consent.pk)
    )
    release = locked.release
    if release is None:
        raise Refused("This consent was signed at the clinic.")
    if locked.is_withdrawn:
        raise Refused("This consent was withdrawn.")
    if locked.confirmed_at is not None:
        raise Refused("This consent is confirmed already.")
    if not still_holds:
        raise Refused("Tick the box once the person has said so.", field="still_holds")
    now = basis_now(by, locked.case, text_of(by, release))
    if (now.text_version, now.diagnosis) != (locked.text_version, locked.diagnosis):
        raise Refused(
            "The text or the diagnosis has changed since it was signed. Read and sign it again here."
        )
    if is_other_plan(basis_of(release), now) and not note.strip():
        raise Refused("The plan was changed since. Write what you told the person.", field="note")
    locked.confirmed_at, locked.confirmed_by_name = clock.now(), by.name
    locked.confirmed_note = note.strip()
    locked.save(update_fields=["confirmed_at", "confirmed_by_name", "confirmed_note"])
    record(by=by, what="consent.confirmed", on=locked, why=note.strip())
    return locked


def _text(by: Actor, case: Case, product: str, text_version: str) -> ConsentText:
    """The text of today, which has to be the one that was looked at.

    Raises: Refused.
    """
    try:
        text = consent_text_of(by, case, product=product)
    except UnknownProduct as error:
        raise Refused("Choose a product of the list, or leave it open.", field="product") from error
    if text.version != text_version:
        raise Refused("The text has changed since this page was opened. Look at it again before releasing.")
    return text


def _check_person(patient: Patient, today: date) -> None:
    if patient.user_id is None:
        raise Refused("Open the patient's pages first: signing at home needs a sign-in of their own.")
    if not is_adult(patient.birth_date, today):
        raise Refused("Only somebody who is known to be of age signs alone. Sign this one at the clinic.")


def _check_days(talked_on: date, until: date, today: date, *, has_talked: bool) -> None:
    if not has_talked:
        raise Refused("Tick the box once you have talked with the person.", field="has_talked")
    if talked_on > today:
        raise Refused("This day lies in the future.", field="talked_on")
    if until < today:
        raise Refused("This day is past.", field="until")
    if until > today + timedelta(days=LONGEST_DAYS):
        raise Refused(f"Choose a day within {LONGEST_DAYS} days.", field="until")


def _end_before(by: Actor, case: Case) -> None:
    for before in ConsentRelease.objects.select_for_update().filter(case=case, ended_at=None):
        _end(by, before, ANEW)


def _end(by: Actor, release: ConsentRelease, reason: str) -> ConsentRelease:
    release.ended_at, release.ended_by_name, release.ended_reason = clock.now(), by.name, reason
    release.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])
    record(by=by, what="consent.release_ended", on=release, why=reason)
    return release


def _tell(by: Actor, case: Case, release: ConsentRelease) -> ConsentRelease:
    """The event of a release, and a message to the person that there is something to read."""
    told = {"text_version": release.text_version, "product": release.product}
    days = {"talked_on": release.talked_on, "until": release.until}
    record(by=by, what="consent.released", on=release, data={**told, **days})
    patient = case.patient
    if patient.email or patient.phone:
        wanted = Wanted(
            kind=Kind.CONSENT,
            about=f"{case.pk}@release-{release.pk}",
            patient_id=patient.pk,
            language=told_in(patient.user, patient.language),
        )
        write_messages(by, [wanted])
    return release
