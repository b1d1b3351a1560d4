"""What may be done with the records of patients."""

from masseter.journey.people.actions.contact import ask_new_email, confirm_new_email, correct_contact
from masseter.journey.people.actions.identity import send_identity_code, show_identity
from masseter.journey.people.actions.keeping import MightBeKnown, add_patient, change_patient, tell_needs
from masseter.journey.people.actions.merging import merge_patients
from masseter.journey.people.actions.portal import close_portal, open_portal
from masseter.journey.people.actions.proxies import accept_invitation, end_proxy, invite_carer

__all__ = [
    "MightBeKnown",
    "accept_invitation",
    "add_patient",
    "ask_new_email",
    "change_patient",
    "close_portal",
    "confirm_new_email",
    "correct_contact",
    "end_proxy",
    "invite_carer",
    "merge_patients",
    "open_portal",
    "send_identity_code",
    "show_identity",
    "tell_needs",
]
