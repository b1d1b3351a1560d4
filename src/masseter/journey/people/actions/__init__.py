"""What may be done with the records of patients."""

from masseter.journey.people.actions.keeping import (
    MightBeKnown,
    add_patient,
    change_patient,
    open_portal,
)
from masseter.journey.people.actions.merging import merge_patients

__all__ = ["MightBeKnown", "add_patient", "change_patient", "merge_patients", "open_portal"]
