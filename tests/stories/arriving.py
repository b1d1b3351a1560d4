"""From a request for an appointment to a patient with a case and the portal."""

from __future__ import annotations

from masseter.knowledge.load import load
from tests.stories.script import Stage


def accept(stage: Stage) -> None:
    """The front desk answers the request; a clinician opens the case."""
    walk, script = stage.desk, stage.script
    walk.go("patient_add")
    walk.fill("Given names", script.given_names)
    walk.fill("Family name", script.family_name)
    walk.fill("Date of birth", script.born)
    walk.fill("E-mail", script.email)
    walk.choose("Sex", script.sex)
    walk.press("Add the patient")
    stage.patient_id = walk.number_in_address()
    open_portal(stage)
    open_case(stage)


def open_portal(stage: Stage) -> None:
    """The patient may sign in from now on."""
    stage.desk.go("patient_portal", stage.patient_id)
    stage.desk.press("Open the portal")


def open_case(stage: Stage) -> None:
    """A clinician opens the case of the condition."""
    walk = stage.injector
    walk.go("case_open", patient=stage.patient_id)
    walk.choose("What is it about?", load().conditions[stage.script.case.condition].name)
    walk.press("Open the case")
    stage.case_id = walk.number_in_address()
