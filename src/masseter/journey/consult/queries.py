"""Reading what is known about a patient and what was concluded from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from masseter.core.consult.clearance import standings_in_force
from masseter.core.consult.standing import Given, Standing, standings
from masseter.core.facts import Observation as Fact
from masseter.core.facts import derive_facts, fact, known_history, mark_stale
from masseter.journey.consult.models import (
    Assessment,
    Case,
    Consent,
    Decision,
    ElsewhereTreatment,
    Observation,
    OverrideReason,
)
from masseter.journey.consult.rows import to_core
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load
from masseter.knowledge.model import FindingRule

RECORD = "record"
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)  # before any record

# The case that a toxin treatment belongs to, None for one given elsewhere, and its local day.
ToxinDay = tuple[int | None, date]


def visible_cases(by: Actor) -> QuerySet[Case]:
    """The cases whom the person may see: the clinic's; a patient sees their own."""
    cases = Case.objects.filter(clinic_id=by.clinic_id).select_related("patient__clinic", "clinic")
    return cases if by.patient_id is None else cases.filter(patient_id=by.patient_id)


def case_of(by: Actor, case_id: int) -> Case:
    """One case with its patient.

    Raises: NotHere.
    """
    case = visible_cases(by).filter(pk=case_id).first()
    if case is None:
        raise NotHere("There is no such case.")
    return case


def cases_of(by: Actor, patient: Patient) -> list[Case]:
    """All cases of a patient, open ones first."""
    return sorted(visible_cases(by).filter(patient=patient), key=lambda case: (case.state != "open", case.pk))


def open_case_of(by: Actor, patient: Patient, condition: str) -> Case | None:
    """The open case of a patient for a condition, if there is one."""
    return visible_cases(by).filter(patient=patient, condition=condition, state="open").first()


def standings_of(patient: Patient, case: Case | None) -> dict[str, Standing]:
    """What stands for each code, and what the patient said since that nobody has confirmed.

    A code that knowledge no longer has is left out: no rule reads it. So is the clearance of a warning
    sign that was reported anew since: it has to be worked up anew.
    """
    types = load().observations
    of_case = Q(case=None) if case is None else Q(case=None) | Q(case=case)
    rows = Observation.objects.filter(of_case, patient=patient).order_by("observed_on", "id")
    given = (to_core(row, types[row.code]) for row in rows if row.code in types)
    return standings_in_force(given, rules_of(case))


def rules_of(case: Case | None) -> tuple[FindingRule, ...]:
    """The finding rules that read what is known of a person, and of a case."""
    knowledge = load()
    own = knowledge.conditions[case.condition].findings if case is not None else ()
    return (*knowledge.precautions, *own)


def notes_of(patient: Patient, case: Case | None) -> dict[str, str]:
    """What was noted beside the newest observation of each code, where something was."""
    of_case = Q(case=None) if case is None else Q(case=None) | Q(case=case)
    rows = Observation.objects.filter(of_case, patient=patient).order_by("observed_on", "id")
    newest = dict(rows.values_list("code", "note"))
    return {code: note for code, note in newest.items() if note}


def facts_of(
    case: Case,
    *,
    today: date,
    standing: dict[str, Standing] | None = None,
    history: list[ToxinDay] | None = None,
) -> dict[str, Fact]:
    """Everything known for a case on a day: observations, and what follows from dates and the record.

    Answers that are too old on that day are marked.

    `standing` and `history` save reading them again where the caller has them.
    """
    patient = case.patient
    stands = standings_of(patient, case) if standing is None else standing
    facts = {code: one.fact for code, one in stands.items()}
    facts = {**_from_record(patient), **facts}
    days = toxin_history(patient) if history is None else history
    derived = derive_facts(
        today=today,
        birth_date=patient.birth_date,
        toxin_dates=known_history([day for _, day in days], facts),
        treatment_dates=[day for case_id, day in days if case_id == case.pk],
    )
    return mark_stale({**facts, **derived}, load().observations, today)


def toxin_history(patient: Patient, elsewhere: Iterable[ElsewhereTreatment] | None = None) -> list[ToxinDay]:
    """Every toxin treatment on record by day, the newest last, each with its case or None.

    `elsewhere` are the rows of other places where they were read already.
    """
    rows = elsewhere_of(patient) if elsewhere is None else elsewhere
    there: list[ToxinDay] = [(None, row.given_on) for row in rows]
    return sorted([*there, *_given_here(patient)], key=lambda one: one[1])


def toxin_dates(patient: Patient) -> list[date]:
    """The days of every toxin treatment on record, here and elsewhere, and as told, the newest last."""
    told = toxin_told([patient.pk]).get(patient.pk, [])
    return sorted({*(day for _, day in toxin_history(patient)), *told})


def toxin_told(patients: Collection[int]) -> dict[int, list[date]]:
    """The day of the last toxin treatment as it stands in the answers of each patient, where it is known."""
    code = "last_toxin_on"
    type_, rows = load().observations[code], dict[int, list[Given]]()
    told = Observation.objects.filter(code=code, patient_id__in=patients).order_by("observed_on", "id")
    for row in told:
        rows.setdefault(row.patient_id, []).append(to_core(row, type_))
    stands = {patient: standings(facts)[code].fact.value for patient, facts in rows.items()}
    return {patient: [day] for patient, day in stands.items() if isinstance(day, date)}


def elsewhere_of(patient: Patient) -> QuerySet[ElsewhereTreatment]:
    """Toxin treatments given in other places, without those entered in error."""
    return ElsewhereTreatment.objects.filter(patient=patient, withdrawn_at=None)


def elsewhere_treatment_of(by: Actor, pk: int) -> ElsewhereTreatment:
    """One toxin treatment given elsewhere.

    Raises: NotHere.
    """
    row = ElsewhereTreatment.objects.filter(clinic_id=by.clinic_id, pk=pk).select_related("patient").first()
    if row is None:
        raise NotHere("There is no such entry.")
    return row


def latest_assessment(case: Case) -> Assessment | None:
    """The newest saved verdict of a case."""
    return Assessment.objects.filter(case=case).order_by("-made_at", "-id").first()


def verdict_so_far(case: Case) -> tuple[Assessment | None, bool]:
    """The newest saved verdict of a case, and whether a consent stands beside it, in one question."""
    consents = Consent.objects.filter(case_id=OuterRef("case_id"), withdrawn_at=None)
    saved = Assessment.objects.filter(case=case).annotate(has_consent=Exists(consents))
    newest = saved.order_by("-made_at", "-id").first()
    return newest, newest is not None and newest.has_consent


def assessment_of(by: Actor, pk: int) -> Assessment:
    """One saved verdict.

    Raises: NotHere.
    """
    found = Assessment.objects.filter(clinic_id=by.clinic_id, pk=pk).select_related("case", "patient").first()
    if found is None:
        raise NotHere("There is no such assessment.")
    return found


def working_diagnosis(case: Case) -> str:
    """The diagnosis that the clinician works with, or '' where none was chosen yet."""
    chosen = Assessment.objects.filter(case=case).exclude(diagnosis="").order_by("-made_at", "-id")
    return chosen.values_list("diagnosis", flat=True).first() or ""


def decided_so_far(case: Case) -> tuple[str, str]:
    """What was decided last with the patient, and the working diagnosis; empty for none. One question."""
    decided = Decision.objects.filter(case=OuterRef("pk")).order_by("-at", "-id").values("decided")[:1]
    chosen = Assessment.objects.filter(case=OuterRef("pk")).exclude(diagnosis="")
    diagnosis = chosen.order_by("-made_at", "-id").values("diagnosis")[:1]
    told = Case.objects.filter(pk=case.pk).values_list(Subquery(decided), Subquery(diagnosis)).get()
    return told[0] or "", told[1] or ""


def overrides_of(case: Case, *, plan_id: int | None = None) -> list[OverrideReason]:
    """The reasons for going on despite a caution since the last treatment of the case, the newest last.

    A treatment ends the cycle that they were written for. With `plan_id` those of that plan's cycle.
    """
    # One question: a subquery that finds no treatment gives the beginning of time.
    began = Coalesce(Subquery(_cycle_began(case, plan_id)), Value(BEGINNING), output_field=DateTimeField())
    return list(OverrideReason.objects.filter(case=case, at__gt=began))


def latest_decision(case: Case) -> Decision | None:
    """What was decided last together with the patient."""
    return Decision.objects.filter(case=case).order_by("-at", "-id").first()


def consents_of(case: Case) -> list[Consent]:
    """Every consent of a case, the newest first."""
    return list(Consent.objects.filter(case=case).order_by("-signed_at", "-id"))


def consents_of_patient(by: Actor, patient: Patient) -> list[Consent]:
    """Every consent of a patient, the newest first."""
    found = Consent.objects.filter(clinic_id=by.clinic_id, patient=patient).select_related("case", "patient")
    return list(found.order_by("-signed_at", "-id"))


def valid_consent(case: Case, product: str = "", diagnosis: str = "") -> Consent | None:
    """The newest signed consent that was not withdrawn and speaks of this product or of any.

    One that was signed for the diagnosis goes before a newer one for another.
    """
    consents = Consent.objects.filter(case=case, withdrawn_at=None)
    if product:
        consents = consents.filter(product__in=["", product])
    newest = list(consents.order_by("-signed_at", "-id"))
    fitting = [consent for consent in newest if diagnosis and consent.diagnosis == diagnosis]
    return next(iter([*fitting, *newest]), None)


def consent_of(by: Actor, pk: int) -> Consent:
    """One consent.

    Raises: NotHere.
    """
    consents = Consent.objects.filter(clinic_id=by.clinic_id).select_related("case", "patient", "release")
    if by.patient_id is not None:
        consents = consents.filter(patient_id=by.patient_id)
    found = consents.filter(pk=pk).first()
    if found is None:
        raise NotHere("There is no such consent.")
    return found


def _from_record(patient: Patient) -> dict[str, Fact]:
    """What the patient's contact record says already, so that it need not be asked twice."""
    facts = {}
    if patient.sex != Patient.Sex.UNKNOWN:
        facts["sex"] = fact("sex", patient.sex, reported_by=RECORD)
    if patient.weight_kg is not None:
        facts["weight_kg"] = fact("weight_kg", patient.weight_kg, reported_by=RECORD, unit="kg")
    return facts


def _given_here(patient: Patient) -> list[ToxinDay]:
    """Case and local day of each signed treatment of the clinic, without those that an amendment replaced.

    The room `inject` lies above this one; only its table's name is known here.
    """
    treatments = apps.get_model("inject", "Treatment")._default_manager
    signed = treatments.filter(patient_id=patient.pk, signed_at__isnull=False)
    rows = list(signed.values_list("pk", "case_id", "given_at", "supersedes_id"))
    if not rows:
        return []
    replaced = {supersedes for *_, supersedes in rows}
    zone = ZoneInfo(patient.clinic.zone)
    return [
        (case_id, given_at.astimezone(zone).date()) for pk, case_id, given_at, _ in rows if pk not in replaced
    ]


def _cycle_began(case: Case, plan_id: int | None) -> QuerySet[Any, Any]:  # Any: a table of a room above
    """When the treatment before the present cycle, or before that of a plan, was signed first."""
    treatments = apps.get_model("inject", "Treatment")._default_manager
    first = treatments.filter(case_id=case.pk, signed_at__isnull=False, supersedes=None)
    earlier = first.exclude(plan_id=plan_id) if plan_id is not None else first
    if plan_id is not None:
        own = first.filter(plan_id=plan_id).values("signed_at")[:1]
        earlier = earlier.annotate(own=Subquery(own)).filter(Q(own=None) | Q(signed_at__lt=F("own")))
    return earlier.order_by("-signed_at").values("signed_at")[:1]
