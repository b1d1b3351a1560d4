"""The stock pages: the list by expiry, receiving, one lot, one vial."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.inject.diluents import diluent_words
from masseter.clinic.stock.forms import ChangeForm, ReceiveForm
from masseter.clinic.stock.label import label_lines, receipt_checks
from masseter.clinic.stock.places import unit_choices
from masseter.clinic.stock.presenters import (
    LOT_CHANGES,
    lot_row,
    lot_tags,
    size_name,
    tags_at_vial,
    told,
    use_clock,
    vial_changes,
    vial_tag,
)
from masseter.clinic.stock.scanning import filled, summary
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.stock.actions import (
    change_lot_state,
    discard_vial,
    quarantine_vial,
    receive_lot,
    release_vial,
    return_vial,
)
from masseter.journey.stock.kept import place_of, places_of
from masseter.journey.stock.ledger import FINISHED
from masseter.journey.stock.models import Lot, Vial
from masseter.journey.stock.queries import (
    history_of,
    lot_of,
    lots_of,
    usable_counts,
    vial_of,
    vials_in,
)
from masseter.journey.stock.storage_actions import unit_for
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.records import RecordPage


class StockView(Page):
    """What is in stock, the first to expire first."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/stock.html"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        rows = [lot_row(each, today) for each in lots_of(self.by)]
        counts = usable_counts(self.by, today)
        ready = sorted((size_name(*size), count) for size, count in counts.items())
        in_use = [row for row in rows if row.sealed or not row.lot.is_expired(today)]
        return {
            "rows": in_use,
            "past": [row for row in rows if row not in in_use],
            "ready": ready,
            "may_keep": self.by.may(Right.KEEP_STOCK),
        }


class ReceiveView(FormPage):
    """Take a lot into stock, by the cartons' codes or by hand."""

    right: ClassVar = Right.KEEP_STOCK
    template = "clinic/stock/receive.html"
    form_class = ReceiveForm
    success = "The vials are in stock."

    def form_options(self) -> dict[str, Any]:
        return {"units": unit_choices(self.by)}

    def context(self) -> Context:
        return {"checks": receipt_checks(self.by.jurisdiction)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "read":
            return self.read(request)
        return super().post(request, *args, **kwargs)

    def read(self, request: HttpRequest) -> HttpResponse:
        """Fill the form from the codes; nothing is saved."""
        code = request.POST.get("code", "")
        try:
            initial = filled(code)
        except Refused as refusal:
            form = ReceiveForm(request.POST, **self.form_options())
            form.errors.clear()
            form.add_error("code", refusal.sentence)
            return self.show({**self._parts(form), "form_has_errors": True}, status=422)
        kept = {name: request.POST.get(name, "") for name in ("label_code", "unit")}
        form = ReceiveForm(initial={**kept, **initial}, **self.form_options())
        return self.show({**self._parts(form), "scanned": summary(code)})

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        product, _, presentation = data["size"].partition("|")
        lot = receive_lot(
            by=self.by,
            product=product,
            presentation=presentation,
            number=data["number"],
            expires_on=data["expires_on"],
            count=data["count"],
            serials=data["serials"],
            code=data["code"],
            label_code=data["label_code"],
            unit=unit_for(self.by, int(data["unit"]) if data["unit"] else None),
        )
        return reverse("lot", args=[lot.pk])


class LotView(FormPage):
    """One lot: its vials, its history, and what becomes of it."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/lot.html"
    form_class = ChangeForm
    success = "The lot is changed."
    lot: Lot

    def load(self) -> None:
        self.lot = lot_of(self.by, int(self.kwargs["lot"]))

    def subject(self) -> Lot:
        return self.lot

    def form_options(self) -> dict[str, Any]:
        return {"choices": LOT_CHANGES[Lot.State(self.lot.state)]}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        change_lot_state(by=self.by, lot=self.lot, state=data["do"], reason=data["reason"])
        return reverse("lot", args=[self.lot.pk])

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        vials = vials_in(self.by, self.lot)
        places = places_of(self.by, vials)
        return {
            "lot": self.lot,
            "name": size_name(self.lot.product, self.lot.presentation),
            "tags": lot_tags(self.lot, today),
            "vials": [(vial, vial_tag(vial), places.get(vial.pk)) for vial in vials],
            "may_move": self.by.may(Right.KEEP_STOCK) or self.by.may(Right.INJECT),
            "history": told(history_of(self.by, self.lot)),
            "label": label_lines(self.lot.product, self.by.jurisdiction),
            "may_see_charts": self.by.may(Right.SEE_CHART),
            "may_keep": self.by.may(Right.KEEP_STOCK),
        }


class VialView(RecordPage, FormPage):
    """One vial: its ledger, its clock, its history, and what becomes of it."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/vial.html"
    page_name = "Vial"
    form_class = ChangeForm
    success = "The vial is changed."
    vial: Vial

    def load(self) -> None:
        self.vial = vial_of(self.by, int(self.kwargs["vial"]))

    def shown_record(self) -> Vial | None:
        return self.vial if self.vial.patient and self.may_see_patient() else None

    def may_see_patient(self) -> bool:
        return self.by.may(Right.SEE_CHART) or self.by.may(Right.SEE_PEOPLE)

    def subject(self) -> Vial:
        return self.vial

    def form_options(self) -> dict[str, Any]:
        return {"choices": self.choices()}

    def choices(self) -> list[tuple[str, str]]:
        return vial_changes(self.vial)

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        match form.cleaned_data["do"]:
            case "quarantine":
                quarantine_vial(by=self.by, vial=self.vial, reason=reason)
            case "release":
                release_vial(by=self.by, vial=self.vial, reason=reason)
            case "return":
                return_vial(by=self.by, vial=self.vial, reason=reason)
            case _:
                discard_vial(by=self.by, vial=self.vial, reason=reason)
        return reverse("vial", args=[self.vial.pk])

    def context(self) -> Context:
        vial = self.vial
        return {
            "vial": vial,
            "name": size_name(vial.lot.product, vial.lot.presentation),
            "tag": vial_tag(vial),
            "diluent": diluent_words(vial.diluent),
            "clock": use_clock(vial, clock.now()),
            "stay": place_of(self.by, vial),
            "lot_tags": tags_at_vial(vial, clock.today(self.by.zone)),
            "is_finished": vial.state in FINISHED,
            "history": told(history_of(self.by, vial)),
            "has_choices": bool(self.choices()),
            "may_see_patient": self.may_see_patient(),
        }
