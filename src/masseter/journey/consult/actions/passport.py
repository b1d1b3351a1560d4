"""Taking a passport of another clinic: its treatments count as treatments elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from masseter.journey.accounts.queries import clinic_of
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.recording import add_elsewhere_treatment
from masseter.journey.consult.models import ElsewhereTreatment
from masseter.journey.consult.passport.passport import Given, Passport
from masseter.journey.consult.passport.seal import NoPassport, Read, unsealed
from masseter.journey.consult.queries import elsewhere_of
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load

FIELD = "passport"


@action(Right.CONSULT)
def take_passport(
    *, by: Actor, patient: Patient, passport: str, is_same_person: bool = False
) -> list[ElsewhereTreatment]:
    """Put every treatment of a passport on record that is not there yet; they count for each interval.

    Raises: Refused for a text that is no passport or was changed, for one of this very clinic, for another
    date of birth, for another name unless `is_same_person`, and where nothing in it is new.
    """
    try:
        read = unsealed(passport)
    except NoPassport as problem:
        raise Refused(str(problem), field=FIELD) from problem
    told = read.passport
    if read.is_own and told.clinic == clinic_of(by).name:
        raise Refused(
            "This passport was issued by this clinic: its treatments are in the chart.", field=FIELD
        )
    _check_person(told, patient, is_same_person)
    rows = list(elsewhere_of(patient))
    told_before = [one for text in {row.passport for row in rows if row.passport} for one in _told(text)]
    new = [one for one in told.treatments if one not in told_before and not _is_known(one, rows)]
    if not new:
        raise Refused("Every treatment of this passport is on record already.", field=FIELD)
    data = {"clinic": told.clinic, "issued_on": told.issued_on, "key": read.fingerprint, "new": len(new)}
    record(by=by, what="passport.taken", on=patient, data=data)
    return [_add(by, patient, read, one, passport) for one in new]


def _check_person(told: Passport, patient: Patient, is_same_person: bool) -> None:
    if patient.birth_date is None or told.birth_date is None:
        where = "the chart" if patient.birth_date is None else "the passport"
        born = f"The date of birth is missing in {where}, so it could not be compared."
    elif told.birth_date != patient.birth_date:
        raise Refused(
            f"The passport is of somebody born on {told.birth_date:%-d %B %Y}, this chart of somebody born "
            f"on {patient.birth_date:%-d %B %Y}. Nothing was taken over.",
            field=FIELD,
        )
    else:
        born = ""
    name = "" if _name(told.patient) == _name(str(patient)) else f"The passport says {told.patient}."
    if (name or born) and not is_same_person:
        doubts = " ".join(doubt for doubt in (name, born) if doubt)
        raise Refused(
            f"{doubts} Make sure that it is the same person, then tick the box.", field="is_same_person"
        )


def _name(text: str) -> tuple[str, ...]:
    """A name without regard to capitals and order."""
    return tuple(sorted(text.casefold().replace(",", " ").split()))


def _told(text: str) -> tuple[Given, ...]:
    return unsealed(text).passport.treatments


def _is_known(one: Given, rows: Sequence[ElsewhereTreatment]) -> bool:
    """Told by somebody who knew day, product and units."""
    same = (one.given_on, one.product, one.units)
    return any((row.given_on, row.product, row.units) == same for row in rows)


def _add(by: Actor, patient: Patient, read: Read, one: Given, text: str) -> ElsewhereTreatment:
    knowledge = load()
    is_known = one.product in {*knowledge.products, *knowledge.unlicensed}
    condition = knowledge.conditions.get(one.condition)
    reason = condition.name if condition else ""
    if not is_known:
        reason = f"{one.brand}, {one.units.normalize():f} units. {reason}".strip()
    return add_elsewhere_treatment(
        by=by,
        patient=patient,
        given_on=one.given_on,
        product=one.product if is_known else "",
        units=one.units if is_known else None,
        where=read.passport.clinic,
        reason=reason[:200],
        passport=text,
    )
