"""From a request for an appointment to a patient with an appointment, the portal and a case."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlparse

from masseter.knowledge.load import load
from tests.stories.script import Stage


def accept(stage: Stage) -> None:
    """The front desk answers the request and books a time; a clinician opens the case."""
    clinician = stage.injector_name
    walk, script = stage.desk, stage.script
    walk.go("referrals")
    walk.leave_by(walk.page.get_by_role("link", name=re.compile(re.escape(script.name), re.IGNORECASE)).first)
    walk.sees(load().conditions[script.case.condition].name)
    walk.follow("Accept")
    walk.tick("Let the person answer our questions at home")
    walk.press("Accept, and find a time")
    stage.patient_id = int(parse_qs(urlparse(walk.page.url).query)["patient"][0])
    book(stage, clinician)
    open_case(stage)


def book(stage: Stage, clinician: str) -> None:
    """A time for the consultation, with the clinician who will hold it."""
    walk = stage.desk
    walk.fill("Day", stage.day(-7).isoformat())
    walk.fill("Time", "09:00")
    walk.select("With", clinician)
    walk.press("Book")


def open_case(stage: Stage) -> None:
    """A clinician opens the case of the condition."""
    walk = stage.injector
    walk.go("case_open", patient=stage.patient_id)
    walk.choose("What is it about?", load().conditions[stage.script.case.condition].name)
    walk.press("Open the case")
    stage.case_id = walk.number_in_address()
