"""The step `inject` in the browser: time-out, vial, given as planned, signed."""

from __future__ import annotations

from tests.stories.script import Stage
from tests.stories.walk import finding_code, starting


def give_as_planned(stage: Stage) -> str:
    """Time-out, the vial that expires first, everything as planned, signed; answers the signed record."""
    walk = stage.injector
    walk.go("treatment_prepare", stage.plan_id)
    assert walk.sentences("Stop") == []
    fields = walk.page.get_by_label("Reason for going on").all()
    found = [finding_code(field) for field in fields]
    assert sorted(found) == sorted(stage.script.time_out_cautions), walk.sentences("Caution")
    for code, field in zip(found, fields, strict=True):
        field.fill(stage.script.time_out_cautions[code])
    for box in (
        "Full name",
        "Date of birth",
        "Consent",
        "Product, sites and sides",
        "Allergies",
        "Nothing new",
    ):
        walk.tick(box)
    walk.page.get_by_role("radio", name=starting("Now")).check()
    # The page was opened at nine; the treatment takes eight minutes.
    stage.on_day(0, minute=8)
    walk.press(f"Sign as {stage.injector_name}")
    stage.treatment_id = walk.number_in_address()
    walk.sees("Signed")
    walk.sees("unchanged")
    return walk.text()


def papers_are_there(stage: Stage) -> None:
    """The aftercare sheet and the treatment record come as PDF."""
    walk = stage.injector
    for button in ("Aftercare sheet", "Record as PDF"):
        link = walk.page.get_by_role("link", name=button, exact=True)
        answer = walk.page.request.get(str(link.get_attribute("href")))
        assert answer.ok, f"{button}: {answer.status}"
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF")
