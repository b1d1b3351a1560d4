"""The pages that tell what the treatment is, and what it is for one condition."""

from __future__ import annotations

from masseter.knowledge.load import load
from masseter.knowledge.model import Condition
from masseter.portal.screen.drawing import face_of, opening_face
from masseter.portal.screen.presenters import condition_cards, durations, licence_notes, story_parts, warnings
from masseter.portal.screen.visitors import PublicPage, condition_named, conditions_in_order
from masseter.ui.pages import Context


class TreatmentView(PublicPage):
    """What the treatment is, step by step, and the six conditions."""

    template = "portal/screen/treatment.html"

    def context(self) -> Context:
        conditions = conditions_in_order()
        return {
            "face": opening_face(),
            "cards": condition_cards(conditions, self.jurisdiction),
            "durations": durations(conditions),
        }


class ConditionView(PublicPage):
    """One condition, told honestly, every paragraph with its sources."""

    template = "portal/screen/condition.html"
    condition: Condition

    def load(self) -> None:
        self.condition = condition_named(self.kwargs["condition"])

    def context(self) -> Context:
        known = load()
        return {
            "condition": self.condition,
            "story": self.condition.story,
            "face": face_of(self.condition, known),
            "licences": licence_notes(self.condition, known, self.jurisdiction),
            "warnings": warnings(self.condition, known),
            "parts": story_parts(self.condition, known),
            "others": [one for one in conditions_in_order() if one.code != self.condition.code],
        }
