"""Which role may do what: one table, drawn into the docs and walked by a test."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_noop


class Role(StrEnum):
    VISITOR = "visitor"
    PATIENT = "patient"
    CARER = "carer"
    WRITING_CARER = "writing_carer"
    INVITED = "invited"
    FRONT_DESK = "front_desk"
    INJECTOR = "injector"
    PRESCRIBER = "prescriber"
    MANAGER = "manager"
    RESEARCHER = "researcher"
    ADMINISTRATOR = "administrator"
    WORKER = "worker"


# Roles that nobody is given: they act without an account.
WITHOUT_ACCOUNT = frozenset({Role.VISITOR, Role.WORKER})
ROLE_NAMES = {
    Role.VISITOR: gettext_noop("Visitor, without an account"),
    Role.PATIENT: gettext_noop("Patient"),
    Role.CARER: gettext_noop("Carer"),
    Role.WRITING_CARER: gettext_noop("Carer who also writes the diary"),
    Role.INVITED: gettext_noop("Carer who has not shown the code yet"),
    Role.FRONT_DESK: gettext_noop("Front desk"),
    Role.INJECTOR: gettext_noop("Injector"),
    Role.PRESCRIBER: gettext_noop("Prescriber"),
    Role.MANAGER: gettext_noop("Practice manager"),
    Role.RESEARCHER: gettext_noop("Registry researcher"),
    Role.ADMINISTRATOR: gettext_noop("Administrator"),
    Role.WORKER: gettext_noop("Message worker, no person"),
}


# Everybody who does not work in the clinic.
OUTSIDE = WITHOUT_ACCOUNT | {Role.PATIENT, Role.CARER, Role.WRITING_CARER, Role.INVITED}


class Right(StrEnum):
    """What may be done. A page and an action name one right each."""

    ASK = "ask"
    OWN_CARE = "own_care"
    SEE_OWN = "see_own"
    WRITE_OWN_DIARY = "write_own_diary"
    SHOW_CODE = "show_code"
    SEE_HOME = "see_home"
    SEE_PEOPLE = "see_people"
    KEEP_PEOPLE = "keep_people"
    MERGE_PEOPLE = "merge_people"
    KEEP_REFERRALS = "keep_referrals"
    KEEP_CALENDAR = "keep_calendar"
    SET_UP_CALENDAR = "set_up_calendar"
    SEE_CHART = "see_chart"
    CONSULT = "consult"
    TAKE_CONSENT = "take_consent"
    PLAN = "plan"
    APPROVE_PLAN = "approve_plan"
    KEEP_SCHEMES = "keep_schemes"
    INJECT = "inject"
    SIGN_TREATMENT = "sign_treatment"
    SEE_STOCK = "see_stock"
    KEEP_STOCK = "keep_stock"
    RECORD_SYMPTOMS = "record_symptoms"
    RECORD_RESULTS = "record_results"
    SEE_PHOTOGRAPHS = "see_photographs"
    TAKE_PHOTOGRAPHS = "take_photographs"
    REVIEW = "review"
    SEE_RECALLS = "see_recalls"
    KEEP_STAFF = "keep_staff"
    SEE_AUDIT = "see_audit"
    SEE_SUMMARY = "see_summary"
    SEE_BILLING = "see_billing"
    KEEP_LETTERHEAD = "keep_letterhead"
    ANSWER_ABOUT_RECORDS = "answer_about_records"
    KEEP_RETENTION = "keep_retention"
    RELEASE_REGISTRY = "release_registry"
    KEEP_MESSAGES = "keep_messages"
    SEND_MESSAGES = "send_messages"


RIGHT_NAMES = {
    Right.ASK: "Ask for an appointment",
    Right.OWN_CARE: "See and fill in one's own record",
    Right.SEE_OWN: "See treatments, results and what comes next of oneself, or of the one cared for",
    Right.WRITE_OWN_DIARY: "Write one's own diary, or that of the one cared for",
    Right.SHOW_CODE: "Show the code of an invitation to care for somebody",
    Right.SEE_HOME: "See the page of what waits today",
    Right.SEE_PEOPLE: "Find patients and see their contact data",
    Right.KEEP_PEOPLE: "Add patients and change contact data",
    Right.MERGE_PEOPLE: "Merge two records of one person",
    Right.KEEP_REFERRALS: "Answer requests for an appointment",
    Right.KEEP_CALENDAR: "Book and move appointments",
    Right.SET_UP_CALENDAR: "Set lengths of visits, rooms, working hours and absences",
    Right.SEE_CHART: "Open a patient's chart",
    Right.CONSULT: "Record history, examination, diagnosis, candidacy and the shared decision",
    Right.TAKE_CONSENT: "Take and withdraw consent with the patient",
    Right.PLAN: "Draft and propose an injection plan",
    Right.APPROVE_PLAN: "Approve or withdraw a plan as prescriber",
    Right.KEEP_SCHEMES: "Save, share, rename and retire the clinic's own schemes",
    Right.INJECT: "Prepare and record a treatment",
    Right.SIGN_TREATMENT: "Sign a treatment and amend a signed one",
    Right.SEE_STOCK: "See lots and vials",
    Right.KEEP_STOCK: "Receive, quarantine, release and discard lots and vials",
    Right.RECORD_SYMPTOMS: "Record a symptom check or an adverse event",
    Right.RECORD_RESULTS: "Record diary entries and scores",
    Right.SEE_PHOTOGRAPHS: "See photographs of a patient's face",
    Right.TAKE_PHOTOGRAPHS: "Take photographs of a patient's face, and take one out again",
    Right.REVIEW: "Hold a review visit and decide on the next cycle",
    Right.SEE_RECALLS: "See the recall list",
    Right.KEEP_STAFF: "Add people and give them roles",
    Right.SEE_AUDIT: "See the audit trail",
    Right.SEE_SUMMARY: "See counts over all patients, without names",
    Right.SEE_BILLING: "See billing papers and letters to payers",
    Right.KEEP_LETTERHEAD: "Change the clinic's letterhead",
    Right.ANSWER_ABOUT_RECORDS: "Answer what patients ask about their records: correction, deletion, looks",
    Right.KEEP_RETENTION: "Say how long records are kept, and by which law",
    Right.RELEASE_REGISTRY: "Write a release of the registry, without names, at the server's command line",
    Right.KEEP_MESSAGES: "Change the words and the quiet hours of messages to patients",
    Right.SEND_MESSAGES: "Write reminders and hand messages over, as the worker does",
}

_CHART = {Right.SEE_HOME, Right.SEE_PEOPLE, Right.SEE_CHART, Right.SEE_STOCK, Right.SEE_RECALLS}
_INJECTOR = _CHART | {
    Right.KEEP_PEOPLE,
    Right.KEEP_CALENDAR,
    Right.CONSULT,
    Right.TAKE_CONSENT,
    Right.PLAN,
    Right.KEEP_SCHEMES,
    Right.INJECT,
    Right.SIGN_TREATMENT,
    Right.RECORD_SYMPTOMS,
    Right.RECORD_RESULTS,
    Right.SEE_PHOTOGRAPHS,
    Right.TAKE_PHOTOGRAPHS,
    Right.REVIEW,
    Right.ANSWER_ABOUT_RECORDS,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VISITOR: frozenset({Right.ASK}),
    Role.PATIENT: frozenset({Right.ASK, Right.OWN_CARE, Right.SEE_OWN, Right.WRITE_OWN_DIARY}),
    Role.CARER: frozenset({Right.ASK, Right.SEE_OWN}),
    Role.WRITING_CARER: frozenset({Right.ASK, Right.SEE_OWN, Right.WRITE_OWN_DIARY}),
    Role.INVITED: frozenset({Right.ASK, Right.SHOW_CODE}),
    Role.FRONT_DESK: frozenset(
        {
            Right.SEE_HOME,
            Right.SEE_PEOPLE,
            Right.KEEP_PEOPLE,
            Right.KEEP_REFERRALS,
            Right.KEEP_CALENDAR,
            Right.SEE_RECALLS,
        }
    ),
    Role.INJECTOR: frozenset(_INJECTOR),
    Role.PRESCRIBER: frozenset(_INJECTOR | {Right.APPROVE_PLAN}),
    Role.MANAGER: frozenset(
        {
            Right.SEE_HOME,
            Right.SEE_PEOPLE,
            Right.KEEP_PEOPLE,
            Right.MERGE_PEOPLE,
            Right.KEEP_REFERRALS,
            Right.KEEP_CALENDAR,
            Right.SET_UP_CALENDAR,
            Right.SEE_STOCK,
            Right.KEEP_STOCK,
            Right.SEE_RECALLS,
            Right.SEE_SUMMARY,
            Right.SEE_BILLING,
            Right.ANSWER_ABOUT_RECORDS,
        }
    ),
    Role.RESEARCHER: frozenset({Right.SEE_HOME, Right.SEE_SUMMARY}),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.SEE_HOME,
            Right.KEEP_STAFF,
            Right.SEE_AUDIT,
            Right.KEEP_LETTERHEAD,
            Right.KEEP_MESSAGES,
            Right.KEEP_RETENTION,
            Right.RELEASE_REGISTRY,
        }
    ),
    Role.WORKER: frozenset({Right.SEND_MESSAGES}),
}


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """All rights of a person with these roles."""
    return frozenset().union(*(RIGHTS[role] for role in roles))
