"""Everything that a clinic keeps about a patient as one readable paper (tagged PDF)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from masseter.journey.accounts.models import Clinic
from masseter.journey.record.whole import WholeRecord
from masseter.ui.paper.letterhead import identity, letterhead
from masseter.ui.paper.typst import render
from masseter.ui.paper.whole import after, care, course, given, looks, messages, other, person
from masseter.ui.paper.whole.blocks import Told, day

# Each section with the tables that it tells, in the order of the paper.
SECTIONS: tuple[tuple[Callable[[Told], dict[str, object]], tuple[str, ...]], ...] = (
    (person.person, ()),
    (person.carers, ("people.proxy",)),
    (person.conditions, ("consult.case",)),
    (person.visits, ("screen.referral", "calendar.appointment", "calendar.waiting")),
    (person.answers, ("consult.observation",)),
    (person.elsewhere, ("consult.elsewheretreatment",)),
    (care.diagnoses, ("consult.assessment", "consult.overridereason", "plan.planoverride")),
    (care.decisions, ("consult.decision",)),
    (care.pain, ("consult.paindrawing",)),
    (care.consents, ("consult.consent", "consult.photographconsent", "consult.researchconsent")),
    (care.at_home, ("consult.consentrelease", "consult.consentquestion", "consult.partread")),
    (care.plans, ("plan.plan", "plan.planpoint")),
    (
        given.treatments,
        ("inject.treatment", "inject.givenpoint", "inject.vialuse", "inject.sitting"),
    ),
    (after.symptoms, ("recover.symptomcheck",)),
    (after.effects, ("recover.adverseevent",)),
    (after.felt, ("recover.feltmark", "recover.putaside")),
    (course.diary, ("results.diaryentry",)),
    (course.scores, ("results.score",)),
    (course.photographs, ("results.photograph",)),
    (after.reviews, ("follow_up.review", "follow_up.recall")),
    (after.asked, ("record.asked", "record.statement")),
    (course.goals, ("results.goal", "results.wearofftold")),
    (messages.messages, ("messaging.message", "messaging.channelchoice", "messaging.device")),
    (after.letters, ("follow_up.payerletter", "stock.alertcontact")),
)
TOLD = {label for _make, labels in SECTIONS for label in labels}
LEFT_OUT = {
    "stock.vial": "the vial that was opened for the patient; the treatment tells its lot and what was taken",
    "results.diarysent": "the key of one sending from a device; the diary entry is there itself",
    "inject.chairtap": "single presses at the chair; the signed treatment tells what they came to",
}


def whole_paper(record: WholeRecord, clinic: Clinic, today: date) -> tuple[dict[str, object], dict[str, str]]:
    """Data and pictures of the paper."""
    told, patient = Told(record=record, clinic=clinic), record.patient
    data = {
        **letterhead(
            clinic,
            _("Everything in your record"),
            identity(patient),
            version=_("As of %(day)s.") % {"day": day(today)},
        ),
        "lead": _(
            "This is everything that %(clinic)s keeps about you, in the words of your record. "
            "If something is wrong, you can ask to have it corrected."
        )
        % {"clinic": clinic.name},
        "contents": _("Contents"),
        "sections": [
            *(make(told) for make, _tables in SECTIONS),
            other.others(told, TOLD | set(LEFT_OUT)),
            looks.looks(told),
        ],
    }
    return data, told.pictures


def whole_pdf(record: WholeRecord, clinic: Clinic, today: date) -> bytes:
    """The paper."""
    return render("whole", *whole_paper(record, clinic, today))
