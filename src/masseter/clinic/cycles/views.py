"""Pages over several cycles of a case: two treatments side by side, all on one map, one after the other."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse

from masseter.clinic.cycles.choices import choices_of, chosen, side_of
from masseter.clinic.cycles.frames import film_of, for_script
from masseter.clinic.cycles.heat import heat_words, product_of, used_products
from masseter.clinic.cycles.maps import pairs_of
from masseter.clinic.people.chart import CasePage
from masseter.clinic.plan.against import against
from masseter.journey.consult.queries import elsewhere_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.inject.queries import treatments_given
from masseter.ui.pages import Context
from masseter.ui.words import product_words


class CompareView(CasePage):
    """Two treatments, or the plan and a treatment (`?before=`, `?after=`), side by side with what differs."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/cycles/compare.html"
    page_name = "Two treatments side by side"

    def load(self) -> None:
        super().load()
        self.choices = choices_of(self.by, self.case)
        asked = self.request.GET
        self.two = chosen(self.choices, asked.get("before", ""), asked.get("after", ""))

    def context(self) -> Context:
        base = {**super().context(), "choices": self.choices}
        if self.two is None:
            return base
        before, after = (side_of(self.by, choice) for choice in self.two)
        return {
            **base,
            "before": before,
            "after": after,
            "felt": (*before.felt, *after.felt),
            "pairs": pairs_of(before, after),
            "found": against(before.points, after.points),
            "is_swapped": self.choices.index(before.choice) < self.choices.index(after.choice),
        }


class HeatView(CasePage):
    """All treatments of a case on one map: units a muscle and side, of one product (`?product=`)."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/cycles/heat.html"
    page_name = "All treatments on the map"

    def load(self) -> None:
        super().load()
        self.used = used_products(treatments_given(self.by, self.case), self.by.zone)
        self.use = product_of(self.used, self.request.GET.get("product", ""))

    def context(self) -> Context:
        others = [each for each in self.used if self.use and each.product != self.use.product]
        return {
            **super().context(),
            "heat": heat_words(self.use) if self.use else None,
            "others": [(each.product, product_words(each.product), each.cycles) for each in others],
            "elsewhere": elsewhere_of(self.patient).count(),
        }


class CyclesView(CasePage):
    """The cycles one after the other (`?cycle=`, else the last), with the main score beneath."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/cycles/cycles.html"
    page_name = "Cycle by cycle"

    def load(self) -> None:
        super().load()
        self.treatments = treatments_given(self.by, self.case)
        self.shown = len(self.treatments) - 1
        asked = self.request.GET.get("cycle", "")
        if asked:
            known = [str(one.pk) for one in self.treatments]
            if asked not in known:
                raise NotHere("There is no such treatment in this case.")
            self.shown = known.index(asked)

    def context(self) -> Context:
        base = super().context()
        if not self.treatments:
            return base
        film = film_of(self.case, self.treatments, self.by.zone, clock.today(self.by.zone))
        at, frames = self.shown, film.frames
        return {
            **base,
            "film": film,
            "frame": frames[at],
            "previous": frames[at - 1] if at else None,
            "next": frames[at + 1] if at + 1 < len(frames) else None,
            "count": len(frames),
            "strip": film.strip.svg(at),
            "data": for_script(film, [reverse("treatment", args=[frame.pk]) for frame in frames]),
        }
