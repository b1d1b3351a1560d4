"""Adding patients and changing their contact data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import connection

from masseter.core.reading import InvalidObservation, read_observation
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action, check_own
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.actions.portal import check_kept, move_portal
from masseter.journey.people.models import Patient
from masseter.journey.people.names import names_key
from masseter.journey.people.queries import possible_duplicates
from masseter.knowledge.load import load

NUMBER_LETTERS = "M-"
NUMBER_DIGITS = 6
OLDEST_YEARS = 125  # nobody on record has lived longer than 122 years
PORTAL_LANGUAGE = "en"


class MightBeKnown(Refused):
    """Another record looks like the same person; going on needs the word that it is another."""


@action(Right.KEEP_PEOPLE)
def add_patient(
    *,
    by: Actor,
    family_name: str,
    given_names: str,
    birth_date: date | None,
    sex: str = Patient.Sex.UNKNOWN,
    address: str = "",
    phone: str = "",
    email: str = "",
    language: str = PORTAL_LANGUAGE,
    needs_interpreter: bool = False,
    access_needs: str = "",
    weight_kg: Decimal | None = None,
    is_another_person: bool = False,
    is_published_case: bool = False,
) -> Patient:
    """Add a patient.

    Raises: MightBeKnown where a record looks like the same person; Refused for an impossible date of birth.
    """
    _check_birth(birth_date, by)
    _check_weight(weight_kg, by)
    if not is_another_person and possible_duplicates(by, family_name, given_names, birth_date):
        raise MightBeKnown(
            "Somebody like this is already on record. Open that record, or confirm that this is another one."
        )
    patient = Patient.objects.create(
        clinic_id=by.clinic_id,
        number=_next_number(by.clinic_id),
        family_name=_tidy(family_name, "family_name"),
        given_names=_tidy(given_names, "given_names"),
        names_key=names_key(given_names, family_name),
        birth_date=birth_date,
        sex=sex,
        address=address.strip(),
        phone=phone.strip(),
        email=email.strip(),
        language=language,
        needs_interpreter=needs_interpreter,
        access_needs=access_needs.strip(),
        weight_kg=weight_kg,
        is_published_case=is_published_case,
    )
    record(by=by, what="patient.added", on=patient, data={"another": is_another_person})
    return patient


@action(Right.OWN_CARE)
def tell_needs(*, by: Actor, patient: Patient, needs_interpreter: bool, access_needs: str) -> Patient:
    """Write down what the patient needs at a visit; the trail keeps what stood there before.

    Raises: NotHere for somebody else's record.
    """
    check_own(by, patient)
    new = {"needs_interpreter": needs_interpreter, "access_needs": access_needs.strip()}
    before = {name: getattr(patient, name) for name in new if getattr(patient, name) != new[name]}
    if before:
        patient.claim(None)
        for name, value in new.items():
            setattr(patient, name, value)
        patient.save(update_fields=list(new))
    record(by=by, what="patient.needs_told", on=patient, data={"before": before})
    return patient


@action(Right.KEEP_PEOPLE)
def change_patient(
    *,
    by: Actor,
    patient: Patient,
    family_name: str,
    given_names: str,
    birth_date: date | None,
    sex: str,
    phone: str,
    email: str,
    language: str,
    needs_interpreter: bool,
    access_needs: str,
    weight_kg: Decimal | None,
    address: str | None = None,
    portal_follows: bool = True,
) -> Patient:
    """Change who a patient is and how to reach them.

    Where the portal is open and the e-mail address changes, signing in with the old one ends;
    `portal_follows` opens it anew for the new one. `address` None leaves the postal address as it is.
    Raises: Refused for an impossible date of birth, a record that was merged into another, or a new address
    that is in use where the portal follows.
    """
    _check_birth(birth_date, by)
    _check_weight(weight_kg, by)
    check_kept(patient)
    values: dict[str, object] = {
        "family_name": _tidy(family_name, "family_name"),
        "given_names": _tidy(given_names, "given_names"),
        "names_key": names_key(given_names, family_name),
        "birth_date": birth_date,
        "sex": sex,
        "address": patient.address if address is None else address.strip(),
        "phone": phone.strip(),
        "email": email.strip(),
        "language": language,
        "needs_interpreter": needs_interpreter,
        "access_needs": access_needs.strip(),
        "weight_kg": weight_kg,
    }
    changed = {
        name: getattr(patient, name) for name, value in values.items() if getattr(patient, name) != value
    }
    for name in changed:
        setattr(patient, name, values[name])
    patient.save(update_fields=[*changed])
    changed.pop("names_key", None)
    record(by=by, what="patient.changed", on=patient, data={"before": changed})
    if "email" in changed:
        move_portal(by, patient, follows=portal_follows)
    return patient


def _check_birth(birth_date: date | None, by: Actor) -> None:
    if birth_date is None:
        return
    today = clock.today(by.zone)
    if birth_date > today:
        raise Refused("The date of birth lies in the future. Check the year.", field="birth_date")
    if today.year - birth_date.year > OLDEST_YEARS:
        raise Refused(
            f"The date of birth is more than {OLDEST_YEARS} years ago. Check the year.", field="birth_date"
        )


def _check_weight(weight_kg: Decimal | None, by: Actor) -> None:
    type_ = load().observations["weight_kg"]
    try:
        read_observation(type_, weight_kg, today=clock.today(by.zone), reported_by="record")
    except InvalidObservation as problem:
        raise Refused(problem.sentence, field="weight_kg") from problem


def _tidy(name: str, field: str) -> str:
    tidied = " ".join(name.split())
    if not tidied:
        raise Refused("Enter a name.", field=field)
    return tidied


def _next_number(clinic_id: int) -> str:
    """The next free number. Two at once wait for each other until the first is saved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('masseter.patient'), %s)", [clinic_id % 2**31])
    last = (
        Patient.objects.filter(clinic_id=clinic_id)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    following = int(last.removeprefix(NUMBER_LETTERS)) + 1 if last else 1
    return f"{NUMBER_LETTERS}{following:0{NUMBER_DIGITS}}"
