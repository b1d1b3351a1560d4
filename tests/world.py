"""One of everything in a clinic, made by the same actions as real records, for the tests that walk it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from masseter.core.consult.findings import DIAGNOSIS_OPEN
from masseter.core.plan.places import Area
from masseter.journey.accounts.models import Clinic, Membership
from masseter.journey.accounts.queries import visitor
from masseter.journey.audit.actions import log_opening
from masseter.journey.calendar.actions import book_appointment
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.setup_actions import add_absence, add_room
from masseter.journey.calendar.waiting_actions import wait_for_visit
from masseter.journey.consult.actions import (
    add_elsewhere_treatment,
    ask_about_consent,
    assess,
    draw_pain,
)
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import valid_consent
from masseter.journey.consult.verdicts import candidacy_of
from masseter.journey.follow_up.actions import hold_review
from masseter.journey.follow_up.models import PayerLetter, Review
from masseter.journey.follow_up.payer import payer_request
from masseter.journey.follow_up.payer_actions import keep_payer_letter
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.models import ClinicOwned
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.chair_actions import keep_order, note_taps
from masseter.journey.inject.models import Treatment
from masseter.journey.messaging.actions.choosing import choose_channels
from masseter.journey.messaging.actions.devices import turn_on_device
from masseter.journey.messaging.actions.settling import settle_message
from masseter.journey.messaging.models import Device, HandOver, Kind, Message
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.messaging.queries import worker_of
from masseter.journey.people.actions import invite_carer
from masseter.journey.people.models import Patient
from masseter.journey.plan.actions import propose_plan
from masseter.journey.plan.own import newest_version
from masseter.journey.plan.own_actions import save_own_scheme
from masseter.journey.record.actions import ask_about_record
from masseter.journey.recover.actions import add_adverse_event, check_symptoms
from masseter.journey.recover.felt_actions import mark_felt
from masseter.journey.results.actions import add_score, write_diary
from masseter.journey.results.goal_actions import set_goal
from masseter.journey.screen.actions import ask_for_appointment
from masseter.journey.stock.alert_actions import enter_alert
from masseter.journey.stock.kept import excursions_of
from masseter.journey.stock.storage_actions import add_unit, move_vials
from masseter.journey.stock.temperature_actions import enter_temperature
from masseter.knowledge.load import load
from tests.conftest import make_actor
from tests.days import days_back
from tests.factories import (
    actor_of_patient,
    make_patient,
    make_photograph,
    make_photograph_consent,
    make_portal_patient,
    make_ready_case,
    make_research_consent,
    read,
    release_to,
    sign_released,
    spot,
)
from tests.journey.given import approved_plan, make_lot, make_plan, make_treatment, vials_of, write_reasons
from tests.journey.seated import seated, tap_given

CONDITION, DIAGNOSIS, INSTRUMENT, PRODUCT = ("chronic_migraine", "chronic_migraine", "headache_days", "botox")
ASKED_INSTRUMENT = "pgic"
TREATED_DAYS_AGO = 100
PART = 6  # of a consent's text: what can go wrong
QUIET = ("flag_", "allergies", "pregnancy", "neuromuscular", "medicine_classes", "infection_at_site")


@dataclass(frozen=True, kw_only=True)
class World:
    """One clinic with one of everything. `rows` and `words` are keyed as the addresses name them."""

    clinic: Clinic
    doctor: Actor
    patient: Actor
    rows: dict[str, ClinicOwned]
    words: dict[str, str] = field(default_factory=dict)
    # Numbers that are no record's: the version of a scheme.
    numbers: dict[str, int] = field(default_factory=lambda: {"number": 1, "part": PART})
    # The same names once more for records at another point of their way: a draft, an approved plan.
    others: tuple[dict[str, ClinicOwned], ...] = ()

    def fillings(self) -> list[dict[str, object]]:
        """What the addresses can be filled with: first the finished case, then the others."""
        return [self._filling(self.rows), *(self._filling({**self.rows, **more}) for more in self.others)]

    def filling(self) -> dict[str, object]:
        """The finished case."""
        return self._filling(self.rows)

    def _filling(self, rows: dict[str, ClinicOwned]) -> dict[str, object]:
        return {**{name: row.pk for name, row in rows.items()}, **self.words, **self.numbers}


def build_world(clinic: Clinic, *, email: str = "") -> World:
    """Fill a clinic. The records are some months old, so that a follow-up is due."""
    with clinic_scope(clinic.pk):
        roles = (Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER, Role.ADMINISTRATOR)
        by = make_actor(clinic, *roles, email=f"everything@{clinic.slug}.example")
        with clock.travel(days_back(TREATED_DAYS_AGO)):
            patient = make_portal_patient(by, email or f"patient@{clinic.slug}.example")
            case = _ready(by, patient)
            treatment = _treated(by, case)
        rows = {**_people(by, patient), **_care(by, case, treatment), **_aftermath(by, case, treatment)}
        others = (_drafted(by), _proposed(by), _approved(by))
        rows["sitting"] = others[-1]["sitting"]
        log_opening(by=by, record=patient, page="Patient")
        caution = next(
            one
            for one in candidacy_of(by, case, today=clock.today(by.zone)).findings
            if one.code == DIAGNOSIS_OPEN  # a caution that stands in each of the cases
        )
    words = {
        "condition": CONDITION,
        "instrument": ASKED_INSTRUMENT,
        "product": PRODUCT,
        "finding": caution.code,
        "pose": "smile",
        "subject": caution.subject,
        "kind": "review",
    }
    return World(
        clinic=clinic,
        doctor=by,
        patient=actor_of_patient(patient),
        rows=rows,
        words=words,
        numbers={"number": 1, "part": PART, "person": by.user_id or 0},
        others=others,
    )


def _ready(by: Actor, patient: Patient | None = None) -> Case:
    """A case that nothing stands against: every warning sign and precaution was asked and denied."""
    quiet = {
        code: False if type_.kind == "boolean" else ("none",)
        for code, type_ in load().observations.items()
        if code.startswith(QUIET) and (not type_.conditions or CONDITION in type_.conditions)
    }
    return make_ready_case(by, condition=CONDITION, diagnosis=DIAGNOSIS, patient=patient, **quiet)


def _treated(by: Actor, case: Case) -> Treatment:
    vials = vials_of(make_lot(by, number="WORLD-1"))[:1]
    return make_treatment(by, approved_plan(by, case), vials)


def _people(by: Actor, patient: Patient) -> dict[str, ClinicOwned]:
    clinic = Clinic.objects.get(pk=by.clinic_id)
    starts = clock.now() + timedelta(days=7)
    make_actor(clinic, Role.FRONT_DESK, email=f"second@{clinic.slug}.example")
    return {
        "patient": patient,
        "referral": ask_for_appointment(
            by=visitor(clinic), name="Ida Newcomer", email="ida@patients.example", condition=CONDITION
        ),
        "appointment": book_appointment(
            by=by, patient=patient, kind=Appointment.Kind.REVIEW, starts_at=starts, minutes=20
        ),
        "room": add_room(by=by, name="Room 1"),
        "absence": add_absence(
            by=by, user=None, starts_at=starts + timedelta(days=90), ends_at=starts + timedelta(days=91)
        ),
        "waiting": wait_for_visit(by=by, patient=patient, kind="call", condition=CONDITION),
        "membership": Membership.objects.filter(clinic=clinic, role=Role.FRONT_DESK).latest("id"),
        "elsewhere": add_elsewhere_treatment(
            by=by, patient=patient, given_on=clock.today(by.zone) - timedelta(days=900), product=PRODUCT
        ),
    }


def _care(by: Actor, case: Case, treatment: Treatment) -> dict[str, ClinicOwned]:
    consent = valid_consent(case)
    vial = treatment.vial_uses.get().vial
    assert consent is not None
    scheme = save_own_scheme(by=by, plan=treatment.plan, name="Ours", is_shared=True)
    unit = add_unit(by=by, name="Fridge 1", place="refrigerator", longest_minutes=60)
    kept = vials_of(make_lot(by, number="WORLD-4"))
    move_vials(by=by, vials=[one.pk for one in kept], unit=unit)
    enter_temperature(by=by, unit=unit, at=clock.now(), celsius=Decimal(12))
    return {
        "scheme": scheme,
        "own": newest_version(scheme),
        "unit": unit,
        "excursion": excursions_of(by)[0],
        "case": case,
        "consent": consent,
        "assessment": assess(by=by, case=case),
        "plan": treatment.plan,
        "treatment": treatment,
        "vial": vial,
        "lot": vial.lot,
        "alert": enter_alert(
            by=by, kind="recall", title="Recall of WORLD-1", source="The maker", text="", lots="WORLD-1"
        ),
    }


def _aftermath(by: Actor, case: Case, treatment: Treatment) -> dict[str, ClinicOwned]:
    today = clock.today(by.zone)
    symptoms = read({"neck_weakness": True}, today=today)
    for days, value in ((TREATED_DAYS_AGO, 20), (40, 9)):
        score = add_score(
            by=by,
            case=case,
            instrument=INSTRUMENT,
            day=today - timedelta(days=days),
            answers={"days": value},
            is_baseline=days == TREATED_DAYS_AGO,
        )
    records = {
        "check": check_symptoms(by=by, treatment=treatment, facts=symptoms),
        "adverse": add_adverse_event(
            by=by,
            treatment=treatment,
            started_on=today - timedelta(days=90),
            severity="mild",
            words="Stiff neck for three days",
        ),
        "diary": write_diary(by=by, case=case, day=today, values={"headache": True, "migraine": False}),
        "goal": set_goal(by=by, case=case, words="Eat an apple again"),
        "score": score,
        "pain": draw_pain(by=by, case=case, strokes=[spot("temporalis", "left")]),
        "mark": mark_felt(
            by=actor_of_patient(treatment.patient),
            treatment=treatment,
            kind="less",
            area=Area(site="frontalis", side="left"),
        ),
    }
    records["message"] = _lost_message(by, treatment.patient)
    records["device"] = _device(treatment.patient)
    records |= _at_home(by, case)
    records |= {
        "photograph_consent": make_photograph_consent(by, case.patient),
        "photograph": make_photograph(by, case),
        "research_consent": make_research_consent(by, case.patient),
    }
    make_photograph(by, case, colour="#8fc578")
    review, letter = _review(by, case), _letter(by, case)
    proxy, _code = invite_carer(
        by=by,
        patient=case.patient,
        name="Bo Carer",
        email=f"carer@{case.patient.pk}.patients.example",
        until=today + timedelta(days=30),
        consent="Asked in the room.",
    )
    asked = ask_about_record(
        by=actor_of_patient(case.patient),
        patient=case.patient,
        kind="correction",
        about="My medicines",
        words="I never took aspirin.",
    )
    return {
        **records,
        "review": review,
        "recall": review.recalls.get(),
        "letter": letter,
        "asked": asked,
        "proxy": proxy,
    }


def _at_home(by: Actor, case: Case) -> dict[str, ClinicOwned]:
    """A consent that was signed at home and waits for the visit, another to be signed, and a question."""
    own = actor_of_patient(case.patient)
    return {
        "home_consent": sign_released(own, release_to(by, case)),
        "release": release_to(by, case),
        "question": ask_about_consent(by=own, case=case, words="Will I drool?"),
    }


def _lost_message(by: Actor, patient: Patient) -> Message:
    """A message that came back, and the wish for another channel."""
    worker = worker_of(Clinic.objects.get(pk=by.clinic_id))
    with clock.travel(days_back(30)):
        wanted = Wanted(kind=Kind.PAPER, about="world", patient_id=patient.pk)
        write_messages(worker, [wanted])
    message = Message.objects.get(about="world")
    message.channel = "email"
    HandOver.objects.create(
        clinic_id=by.clinic_id,
        message=message,
        key=message.provider_key,
        channel="email",
        provider="mail",
        address=patient.email,
        began_at=clock.now(),
    )
    settle_message(by=worker, message=message, state="failed", reason="550 No such person")
    choose_channels(by=by, patient=patient, email=True, text=False)
    return message


def _device(patient: Patient) -> Device:
    """A phone with notifications; the keys of the browser in the example of RFC 8291, 5."""
    return turn_on_device(
        by=actor_of_patient(patient),
        patient=patient,
        endpoint=f"https://fcm.googleapis.com/fcm/send/{patient.pk}",
        point="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        secret="BTBZMqHH6r4Tts7J_aSIgg",
        label="Chrome, Android",
    )


def _letter(by: Actor, case: Case) -> PayerLetter:
    seen = payer_request(by, case, "start", today=clock.today(by.zone)).seen
    told = {"title": "Prior authorisation", "facts": [], "opening": [], "criteria": [], "closing": []}
    return keep_payer_letter(
        by=by, case=case, kind="start", payer="Sample Health", seen=seen, told=told, pdf=b"%PDF-1.7"
    )


def _review(by: Actor, case: Case) -> Review:
    return hold_review(
        by=by,
        case=case,
        effect="Half of the headache days.",
        asked="recorded",
        wish="yes",
        decision="repeat",
        reason="As the test asks.",
        next_due_on=clock.today(by.zone) + timedelta(days=60),
    )


def _drafted(by: Actor) -> dict[str, ClinicOwned]:
    """Another patient with a draft, and a vial that is still sealed."""
    case = _ready(by, make_patient(by))
    plan = make_plan(by, case)
    lot = make_lot(by, number="WORLD-2")
    return {"patient": case.patient, "case": case, "plan": plan, "lot": lot, "vial": vials_of(lot)[0]}


def _approved(by: Actor) -> dict[str, ClinicOwned]:
    """Another patient at the chair: one point is given, in the injector's own order."""
    case = _ready(by, make_patient(by))
    plan = approved_plan(by, case)
    sitting = seated(by, plan, vials_of(make_lot(by, number="WORLD-3", count=1)))
    note_taps(by=by, sitting=sitting, taps=[tap_given(sitting)])
    keep_order(by=by, muscles=["frontalis.left"])
    return {"patient": case.patient, "case": case, "plan": plan, "sitting": sitting}


def _proposed(by: Actor) -> dict[str, ClinicOwned]:
    """Another patient with a plan that waits for a prescriber."""
    case = _ready(by, make_patient(by))
    plan = propose_plan(by=by, plan=write_reasons(by, make_plan(by, case)))
    return {"patient": case.patient, "case": case, "plan": plan}
