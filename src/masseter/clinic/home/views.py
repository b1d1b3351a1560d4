"""The first page after signing in: what waits for this person today."""

from __future__ import annotations

from typing import ClassVar

from masseter.clinic.home.lists import lists_for
from masseter.clinic.home.numbers import Numbers, numbers_for
from masseter.journey.follow_up.summary import SMALLEST_SHOWN, STEPS
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, Page


class HomeView(Page):
    """Lists of what waits, each line with the page where it is done; counts where names have no place."""

    right: ClassVar = Right.SEE_HOME
    template = "clinic/home/home.html"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        lists = lists_for(self.by, today)
        numbers: Numbers | None = numbers_for(self.by) if self.by.may(Right.SEE_SUMMARY) else None
        return {
            "today": today,
            "lists": lists,
            "waits": sum(len(one.items) for one in lists),
            "numbers": numbers,
            "sees_trail": self.by.may(Right.SEE_AUDIT),
            "steps": [step.replace("_", " ").capitalize() for step in STEPS],
            "smallest": SMALLEST_SHOWN,
        }
