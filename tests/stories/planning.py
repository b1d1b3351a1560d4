"""The step `plan` in the browser: a published scheme made personal, checked, approved."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.stories.script import Stage
from tests.stories.walk import finding_code

OFF_LABEL = "Licensed care was tried or does not exist; the evidence was talked through."


def draft(stage: Stage) -> None:
    """Choose the scheme, the side, and the optional muscles."""
    walk, script = stage.injector, stage.script
    walk.go("plan_new", stage.case_id)
    walk.page.get_by_role("radio", name=re.compile(rf"^\s*{re.escape(script.scheme)}")).check()
    if script.side:
        walk.choose("Side", script.side)
    for site in script.optional:
        walk.tick(site)
    walk.press("Draft this plan")
    stage.plan_id = walk.number_in_address()


def dose(stage: Stage, units: Mapping[str, str]) -> None:
    """Type other units: by the name of a point, or by the beginning of the names of several."""
    walk = stage.injector
    for point, number in units.items():
        rows = walk.page.get_by_role("textbox", name=re.compile(rf"^{re.escape(point)}.*: "))
        for row in rows.all():
            row.fill(number)


def draw_up(stage: Stage, size: str, diluent: str) -> None:
    """Choose the vial and type a dilution of one's own, where the product proposes another."""
    if diluent:
        brand, _, units = size.partition(", ")
        stage.injector.select("Vial size", f"{units} {brand}")
        stage.injector.fill("Diluent into a vial of this size", diluent)


def give_reasons(stage: Stage) -> list[str]:
    """Save the draft, then write the script's own reason for each caution; answers the cautions.

    The cautions that ask for a reason are exactly those that the script expects.
    """
    walk, reasons = stage.injector, stage.script.plan_cautions
    walk.press("Save draft")
    cautions = walk.sentences("Caution")
    fields = walk.page.get_by_label("Reason for going on").all()
    found = [finding_code(field) for field in fields]
    assert sorted(found) == sorted(reasons), f"{sorted(found)}: {cautions}"
    for code, field in zip(found, fields, strict=True):
        field.fill(reasons[code])
    if any(line.startswith("Off-label") for line in cautions):
        walk.fill("Reason for the off-label use", OFF_LABEL)
    return cautions


def propose(stage: Stage) -> None:
    """Hand it to a prescriber."""
    stage.injector.press("Propose to a prescriber")
    stage.injector.sees("Waits for approval")


def approve(stage: Stage) -> str:
    """A prescriber approves exactly what is shown; answers what stands on the approved plan."""
    walk = stage.prescriber
    walk.go("plan", stage.plan_id)
    walk.press("Approve")
    walk.sees("Approved")
    return walk.text()


def totals(stage: Stage) -> dict[str, str]:
    """The totals of the plan: each muscle with its sum; the whole stands above the table."""
    walk = stage.prescriber
    walk.go("plan", stage.plan_id)
    table = walk.page.get_by_role("table", name=re.compile("^Totals"))
    found = {}
    for row in table.get_by_role("row").all()[1:]:
        cells = row.get_by_role("cell").all_inner_texts()
        found[row.get_by_role("rowheader").inner_text().strip()] = cells[-1].strip()
    del found["Whole"]
    return found


def whole(text: str) -> tuple[str, int]:
    """Units and points of the whole plan, as its page says them."""
    said = re.search(r"(\d[\d.]*)\s+units \S+ in (\d+) points?", text)
    assert said, text[:500]
    return said.group(1), int(said.group(2))


def picture(stage: Stage) -> None:
    """Keep a picture of the plan on the face map."""
    main = stage.prescriber.page.get_by_role("main")
    stage.script.outcome.picture("plan", main)
