"""What a pain drawing offers to the examination: a start for its form, looked at and saved by a clinician."""

from __future__ import annotations

from masseter.journey.consult.models import PainDrawing
from masseter.journey.consult.pain import areas_of
from masseter.knowledge.load import load

# The observations in which an examination keeps where the pain is worst, by side.
WHERE = {"right": "pain_sites_right", "left": "pain_sites_left"}


def offers(drawing: PainDrawing) -> dict[str, list[str]]:
    """The answers that the drawing would give, by the code of the observation; none where nobody asks."""
    known, condition = load().observations, drawing.case.condition
    areas, found = areas_of(drawing), dict[str, list[str]]()
    for side, code in WHERE.items():
        type_ = known.get(code)
        if type_ is None or (type_.conditions and condition not in type_.conditions):
            continue
        choices = {choice.code for choice in type_.choices}
        sites = [area.site for area in areas if area.side == side and area.site in choices]
        if sites:
            found[code] = sites
    return found
