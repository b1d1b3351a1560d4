"""What may be done with the records of patients."""

from masseter.journey.people.actions.keeping import MightBeKnown, add_patient, change_patient
from masseter.journey.people.actions.merging import merge_patients
from masseter.journey.people.actions.portal import close_portal, open_portal

__all__ = [
    "MightBeKnown",
    "add_patient",
    "change_patient",
    "close_portal",
    "merge_patients",
    "open_portal",
]
