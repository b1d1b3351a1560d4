"""What the booked week needs, what runs low, what expires; and the books."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.stock.low import low_sizes
from masseter.clinic.stock.presenters import SOON, lot_row, size_choices, size_name
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.balance import balance_of
from masseter.journey.inject.needs import DAYS, Need, week_of
from masseter.journey.stock.actions import set_level
from masseter.journey.stock.queries import levels_of, lots_of
from masseter.ui.forms import WholeNumberField
from masseter.ui.pages import Context, FormPage, Page

BASES = {
    "approved": ("good", "approved plan"),
    "planned": ("note", "plan not approved yet"),
    "as_last_time": ("plain", "as last time"),
    "unknown": ("caution", "nothing planned: not counted"),
}


class LevelForm(forms.Form):
    """How many sealed vials of a size there should be at least."""

    size = forms.ChoiceField(label="Product and vial size")
    least = WholeNumberField(label="At least", help_text="0 asks for none.")

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        self.fields["size"].choices = [("", "Choose"), *size_choices()]  # type: ignore[attr-defined]  # a ChoiceField


class NeedsView(FormPage):
    """The week's need, sizes that run low, lots that expire soon, and the clinic's own levels."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/needs.html"
    form_class = LevelForm
    success = "The level is set."

    def act(self, form: forms.Form) -> str:
        product, _, presentation = form.cleaned_data["size"].partition("|")
        set_level(by=self.by, product=product, presentation=presentation, least=form.cleaned_data["least"])
        return reverse("stock_needs")

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        week = week_of(self.by, today)
        may_see_people = self.by.may(Right.SEE_PEOPLE)
        lots = lots_of(self.by)
        soon = [one for one in lots if one.sealed and one.lot.expires_on - today <= SOON]
        return {
            "days": DAYS,
            "needs": [(each, _vials(each), BASES[each.basis]) for each in week.needs],
            "sizes": [(each, size_name(*each.size)) for each in week.sizes],
            "expiring": [
                (lot, size_name(lot.product, lot.presentation), count) for lot, count in week.expiring
            ],
            "low": low_sizes(self.by, lots, today),
            "soon": [lot_row(each, today) for each in soon],
            "levels": [(each, size_name(each.product, each.presentation)) for each in levels_of(self.by)],
            "may_keep": self.by.may(Right.KEEP_STOCK),
            "may_see_people": may_see_people,
        }


class BalanceView(Page):
    """The books: bought, given, thrown away, returned, left, by product and lot, and whether they agree."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/balance.html"

    def context(self) -> Context:
        books = balance_of(self.by)
        brands = [(size_name(product, ""), sums) for product, sums in books.products.items()]
        lots = [(row, size_name(row.lot.product, row.lot.presentation)) for row in books.lots]
        return {"books": books, "brands": brands, "lots": lots, "at": clock.now()}


def _vials(need: Need) -> str:
    return ", ".join(f"{count} × {size_name(*size)}" for size, count in need.vials)
