"""What stands in the audit trail, in words that everybody understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from masseter.journey.audit.models import OPENED
from masseter.journey.ground.rights import ROLE_NAMES
from masseter.journey.people.queries import Look
from masseter.ui.languages.lists import listed

DONE: Mapping[str, str | Promise] = {
    "adverse_event.added": later("Wrote down an unwanted effect"),
    "adverse_event.changed": later("Changed an unwanted effect"),
    "adverse_event.seen": later("Noted that an unwanted effect was seen"),
    "appointment.arrived": later("Noted that you arrived"),
    "appointment.booked": later("Booked an appointment"),
    "appointment.cancelled": later("Cancelled an appointment"),
    "appointment.done": later("Noted that an appointment took place"),
    "appointment.missed": later("Noted that an appointment was missed"),
    "appointment.asked": later("Asked for a time"),
    "appointment.lapsed": later("A time that was held ran out"),
    "appointment.not_taken": later("Did not take a time that was offered"),
    "appointment.offered": later("Offered a time"),
    "appointment.moved": later("Moved an appointment"),
    "candidacy.assessed": later("Assessed whether a treatment could help"),
    "case.closed": later("Closed the care of a condition"),
    "case.opened": later("Began the care of a condition"),
    "caution.overruled": later("Wrote why to go on despite a caution"),
    "chair.begun": later("Began a treatment"),
    "chair.noted": later("Noted what was given"),
    "chair.set_aside": later("Set a treatment aside that had been begun"),
    "consent.answered": later("Answered your question about a consent"),
    "consent.asked": later("Asked something about a consent"),
    "consent.confirmed": later("Confirmed with you a consent that you signed at home"),
    "consent.part_read": later("Read a part of a consent"),
    "consent.release_ended": later("Ended that a consent can be signed at home"),
    "consent.released": later("Let you sign a consent at home"),
    "consent.signed_at_home": later("Signed a consent at home"),
    "consent.signed": later("Took your signed consent"),
    "consent.withdrawn": later("Withdrew a consent"),
    "decision.shared": later("Wrote down what was decided together"),
    "diagnosis.chosen": later("Chose a diagnosis"),
    "diary.begun": later("Began the diary"),
    "diary.written": later("Wrote in the diary"),
    "diary.changed": later("Changed the diary"),
    "elsewhere.added": later("Wrote down a treatment given elsewhere"),
    "elsewhere.withdrawn": later("Took back a treatment given elsewhere"),
    "felt.marked": later("Marked what was felt after a treatment"),
    "felt.put_aside": later("Looked at a mark and put it aside"),
    "felt.taken_back": later("Took back a mark"),
    "intake.answered": later("Answered questions before a visit"),
    "medicines.told": later("Told which medicines are taken"),
    "observations.recorded": later("Wrote down history or examination"),
    "pain.drawn": later("Drew where it hurts"),
    "passport.taken": later("Read an injection passport"),
    "patient.added": later("Added your record"),
    "patient.changed": later("Changed your contact data"),
    "patient.merged": later("Joined two records of yours into one"),
    "payer_letter.sent": later("Wrote a letter to a payer"),
    "photograph.kept": later("Took a photograph"),
    "photograph.taken_out": later("Took a photograph out"),
    "plan.approved": later("Approved a plan"),
    "plan.changed": later("Changed a plan"),
    "plan.drafted": later("Drafted a plan"),
    "plan.product_changed": later("Chose another product for a plan"),
    "plan.proposed": later("Proposed a plan"),
    "plan.reopened": later("Opened a plan again"),
    "plan.withdrawn": later("Withdrew a plan"),
    "portal.access_ended": later("Ended a sign-in"),
    "portal.access_given": later("Allowed a sign-in"),
    "portal.closed": later("Closed these pages for you"),
    "portal.opened": later("Opened these pages for you"),
    "proxy.accepted": later("Showed the code of an invitation"),
    "proxy.code_wrong": later("Showed a wrong code of an invitation"),
    "proxy.ended": later("Ended a carer’s access"),
    "proxy.invited": later("Invited a carer"),
    "recall.booked": later("Noted that an appointment was booked"),
    "recall.done": later("Noted that a recall is done"),
    "recall.dropped": later("Noted that no recall is needed"),
    "recall.opened": later("Noted when to call you again"),
    "referral.accepted": later("Accepted a request for an appointment"),
    "referral.asked": later("Asked for an appointment"),
    "referral.declined": later("Declined a request for an appointment"),
    "registry.course_released": later("Put your course, without your name, into a release of the registry"),
    "contact.corrected": later("Corrected contact data"),
    "contact.deleted": later("Deleted contact data"),
    "email.asked": later("Asked for another e-mail address"),
    "email.code_wrong": later("Typed a wrong code for a new e-mail address"),
    "record.answered": later("Answered what you asked about the record"),
    "record.asked": later("Asked the clinic about the record"),
    "record.asked_taken_back": later("Took back what was asked about the record"),
    "record.statement_added": later("Added your statement to the record"),
    "review.held": later("Held a review"),
    "score.added": later("Filled in a questionnaire"),
    "score.withdrawn": later("Took back a questionnaire"),
    "self_check.received": later("Took over the answers of your self-check"),
    "sign_in.code_sent": later("Asked for a code to show who you are"),
    "sign_in.code_wrong": later("Typed a wrong code to show who you are"),
    "sign_in.shown": later("Showed once more who you are"),
    "sign_in.done": later("Signed in"),
    "sign_in.failed": later("Tried to sign in, and failed"),
    "sign_in.locked": later("Too many tries to sign in"),
    "stock.alert_contact": later("Told you about a warning for a lot"),
    "symptoms.answered": later("Answered a symptom check"),
    "symptoms.checked": later("Filled in a symptom check"),
    "treatment.amended": later("Amended a treatment record"),
    "treatment.signed": later("Signed a treatment"),
    "waiting.added": later("Put you on the waiting list"),
    "waiting.withdrawn": later("Took you off the waiting list"),
    "device.gone": later("Noted that a device takes no notifications any more"),
    "device.off": later("Turned notifications on a device off"),
    "device.on": later("Turned notifications on a device on"),
    "diary.chosen": later("Chose what the diary asks"),
    "diary.sent_again": later("Sent an entry of the diary once more"),
    "goal.looked_at": later("Wrote how near a goal is"),
    "goal.set": later("Set a goal"),
    "message.address_corrected": later("Corrected the address of a message"),
    "message.bounced": later("Noted that a message came back"),
    "message.failed": later("Noted that a message could not be sent"),
    "message.handed": later("Sent a message"),
    "message.put_aside": later("Put a message aside"),
    "message.tried_again": later("Tried a message again"),
    "message.withdrawn": later("Noted that a message is not needed any more"),
    "messages.chosen": later("Chose how messages come"),
    "patient.needs_told": later("Wrote down what helps at a visit"),
    "photograph_consent.signed": later("Took your signed consent to photographs"),
    "photograph_consent.withdrawn": later("Withdrew the consent to photographs"),
    "research_consent.signed": later("Took your signed consent to the registry"),
    "research_consent.withdrawn": later("Withdrew the consent to the registry"),
    "stock.vial_opened": later("Opened a vial for you"),
    "wear_off.told": later("Told whether the effect has worn off"),
}


def done_words(what: str) -> str:
    """What was done; a new kind of event by the words of its name."""
    if what in DONE:
        return str(DONE[what])
    thing, _dot, verb = what.partition(".")
    return f"{thing} {verb}".replace("_", " ").strip().capitalize()


def look_words(look: Look) -> str:
    """What somebody looked at or did."""
    if look.what != OPENED:
        return done_words(look.what)
    page = _(look.page) if look.page else _("your record")
    return _("Looked at: %(page)s") % {"page": page}


def role_words(roles: str) -> str:
    """The roles of an event, with commas between them."""
    names = {role.value: name for role, name in ROLE_NAMES.items()}
    return listed(_several(_(names.get(role, role)) for role in roles.split(",") if role))


def _several(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
