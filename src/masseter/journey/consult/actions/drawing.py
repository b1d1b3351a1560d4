"""Drawing where it hurts, by the patient or at the visit."""

from __future__ import annotations

from collections.abc import Sequence

from masseter.core.consult.pain import MOST_STROKES, Stroke
from masseter.core.sentences import said
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case, PainDrawing
from masseter.journey.consult.pain import Drawn, drawn_areas, to_json
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load


@action(Right.OWN_CARE, Right.CONSULT)
def draw_pain(*, by: Actor, case: Case, strokes: Sequence[Stroke], words: str = "") -> PainDrawing:
    """Keep a pain drawing of today with the areas that lie under each stroke; earlier ones stay.

    Raises: Refused without a stroke, with too many, outside the map, or in a closed case.
    """
    if case.state != Case.State.OPEN:
        raise Refused("This case is closed.")
    if not strokes:
        raise Refused("Draw where it hurts, or choose a place by name.", field="area")
    if len(strokes) > MOST_STROKES:
        raise Refused(
            said(
                "These are more than %(most)s places. Take some away, or draw larger ones.", most=MOST_STROKES
            )
        )
    knowledge = load()
    sizes = {view.view: (view.width, view.height) for view in knowledge.face_map.views}
    for stroke in strokes:
        width, height = sizes.get(stroke.view, (0, 0))
        if any(x > width or y > height for x, y in stroke.line):
            raise Refused("A stroke lies outside the drawing. Take it away and draw it again.")
    drawn = [Drawn(stroke=each, under=drawn_areas(each, knowledge)) for each in strokes]
    drawing = PainDrawing.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        strokes=[to_json(each) for each in drawn],
        words=words.strip(),
        map_version=knowledge.face_map.version,
        drawn_on=clock.today(by.zone),
        reported_by="patient" if by.is_patient else "clinician",
        by_name=by.name,
    )
    record(by=by, what="pain.drawn", on=drawing, data={"strokes": len(drawn)})
    return drawing
