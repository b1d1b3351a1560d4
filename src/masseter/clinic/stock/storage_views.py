"""The pages of storage: places, temperatures, files of loggers, excursions, moving vials."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.urls import reverse

from masseter.clinic.inject.views.prepare import local
from masseter.clinic.stock.places import unit_choices
from masseter.clinic.stock.presenters import size_name
from masseter.clinic.stock.storage_forms import (
    DecideForm,
    EndUnitForm,
    ImportForm,
    MoveForm,
    ReadOffForm,
    UnitForm,
)
from masseter.clinic.stock.storage_words import (
    fate,
    gaps_of,
    lots_there,
    picture,
    range_of,
    span_of,
    unit_row,
)
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.stock.exposing import advice, minutes_in_all
from masseter.journey.stock.kept import (
    ended_units,
    excursion_of,
    excursions_of,
    exposed_in,
    readings_of,
    stays_in,
    unit_of,
    units_now,
)
from masseter.journey.stock.models import Lot, StorageUnit, TemperatureExcursion
from masseter.journey.stock.queries import lot_of
from masseter.journey.stock.storage_actions import add_unit, end_unit, move_vials, unit_for, vials_left
from masseter.journey.stock.temperature_actions import (
    Imported,
    discard_exposed,
    enter_temperature,
    import_temperatures,
    release_exposed,
)
from masseter.ui.pages import Context, FormPage, Page

DAYS = (2, 7, 30, 90)
HANDLE = (Right.KEEP_STOCK, Right.INJECT)


class StorageView(Page):
    """The places of storage as they are now."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/storage.html"

    def context(self) -> Context:
        now = clock.now()
        return {
            "rows": [unit_row(each, now) for each in units_now(self.by, now)],
            "excursions": excursions_of(self.by)[:20],
            "ended": ended_units(self.by),
            "may_keep": self.by.may(Right.KEEP_STOCK),
        }


class AddUnitView(FormPage):
    """Add a place of storage."""

    right: ClassVar = Right.KEEP_STOCK
    template = "clinic/stock/unit_add.html"
    form_class = UnitForm
    success = "The place is added."

    def act(self, form: forms.Form) -> str:
        return reverse("unit", args=[add_unit(by=self.by, **form.cleaned_data).pk])


class UnitPage(Page):
    """A page about one place of storage."""

    unit: StorageUnit

    def load(self) -> None:
        self.unit = unit_of(self.by, int(self.kwargs["unit"]))

    def context(self) -> Context:
        return {**super().context(), "unit": self.unit}


class UnitView(UnitPage, FormPage):
    """One place: its temperatures, its gaps, its excursions, what stands in it; and the end of its use."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/unit.html"
    form_class = EndUnitForm
    success = "The place is out of use. Its temperatures are kept."

    def subject(self) -> StorageUnit:
        return self.unit

    def act(self, form: forms.Form) -> str:
        end_unit(by=self.by, unit=self.unit, reason=form.cleaned_data["reason"])
        return reverse("storage")

    def context(self) -> Context:
        asked = self.request.GET.get("days", "")
        days = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in DAYS else DAYS[1]
        now = clock.now()
        readings = readings_of(self.by, self.unit, now - timedelta(days=days), now + timedelta(hours=1))
        stays = stays_in(self.by, self.unit)
        span = range_of(self.by, self.unit, stays)
        return {
            **super().context(),
            "days": days,
            "all_days": DAYS,
            "chart": picture(self.unit, readings, span, self.by.zone) if readings else None,
            "lowest": min((each.celsius for each in readings), default=None),
            "highest": max((each.celsius for each in readings), default=None),
            "count": len(readings),
            "span": span_of(span) if stays else "",
            "gaps": gaps_of(self.unit, readings, self.by.zone),
            "stays": lots_there(stays),
            "excursions": excursions_of(self.by, self.unit),
            "may_read": any(self.by.may(right) for right in HANDLE),
            "may_keep": self.by.may(Right.KEEP_STOCK),
        }


class ReadOffView(UnitPage, FormPage):
    """Write down a temperature that was read off."""

    right: ClassVar = HANDLE
    template = "clinic/stock/temperature_add.html"
    form_class = ReadOffForm

    def initial(self) -> dict[str, Any]:
        return {"at": local(clock.now(), self.by.zone)}

    def form_options(self) -> dict[str, Any]:
        return {"zone": self.by.zone}

    def act(self, form: forms.Form) -> str:
        done = enter_temperature(by=self.by, unit=self.unit, **form.cleaned_data)
        _tell(self, done)
        return reverse("unit", args=[self.unit.pk])


class ImportView(UnitPage, FormPage):
    """Take in the file of a temperature logger."""

    right: ClassVar = HANDLE
    template = "clinic/stock/temperature_import.html"
    form_class = ImportForm

    def initial(self) -> dict[str, Any]:
        return {"zone": self.by.zone}

    def form_options(self) -> dict[str, Any]:
        return {"zone": self.by.zone}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        done = import_temperatures(
            by=self.by,
            unit=self.unit,
            name=data["file"].name,
            text=data["text"],
            zone=data["zone"],
            order=data["order"],
        )
        _tell(self, done)
        return reverse("unit", args=[self.unit.pk])


class ExcursionView(FormPage):
    """One excursion: what was measured, what is published, which vials, and what becomes of them."""

    right: ClassVar = Right.SEE_STOCK
    template = "clinic/stock/excursion.html"
    form_class = DecideForm
    success = "The decision is on record."
    excursion: TemperatureExcursion

    def load(self) -> None:
        self.excursion = excursion_of(self.by, int(self.kwargs["excursion"]))
        self.exposed = exposed_in(self.by, self.excursion)
        self.waiting = [each.vial for each in self.exposed if each.vial.state == "quarantined"]

    def subject(self) -> TemperatureExcursion:
        return self.excursion

    def form_options(self) -> dict[str, Any]:
        return {"vials": [(str(vial.pk), f"Lot {vial}") for vial in self.waiting]}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        decide = release_exposed if data["do"] == "release" else discard_exposed
        vials = [int(pk) for pk in data["vials"]]
        decide(by=self.by, excursion=self.excursion, vials=vials, reason=data["reason"])
        return reverse("excursion", args=[self.excursion.pk])

    def context(self) -> Context:
        vials = [each.vial for each in self.exposed]
        first = vials[0] if vials else None
        in_all = minutes_in_all(vials)
        longest = max((in_all[vial.pk] for vial in self.waiting or vials), default=0)
        return {
            "excursion": self.excursion,
            "product": _size(first.lot).partition(",")[0] if first else self.excursion.product,
            "advice": advice(self.by, self.excursion, longest) if first else "",
            "rows": [(each, in_all[each.vial_id], fate(each)) for each in self.exposed],
            "waiting": self.waiting,
            "may_keep": self.by.may(Right.KEEP_STOCK),
        }


class MoveView(FormPage):
    """Put vials of a lot into a place of storage."""

    right: ClassVar = HANDLE
    template = "clinic/stock/move.html"
    form_class = MoveForm
    success = "The vials are moved."
    lot: Lot

    def load(self) -> None:
        self.lot = lot_of(self.by, int(self.kwargs["lot"]))
        self.vials = vials_left(self.lot)

    def subject(self) -> Lot:
        return self.lot

    def initial(self) -> dict[str, Any]:
        return {"at": local(clock.now(), self.by.zone), "vials": [str(vial.pk) for vial in self.vials]}

    def form_options(self) -> dict[str, Any]:
        vials = [(str(vial.pk), f"{vial}, {vial.get_state_display().lower()}") for vial in self.vials]
        return {"zone": self.by.zone, "units": unit_choices(self.by), "vials": vials}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        unit = unit_for(self.by, int(data["unit"]))
        if unit is None:
            raise Refused("Choose the place.", field="unit")
        vials = [int(pk) for pk in data["vials"]]
        move_vials(by=self.by, vials=vials, unit=unit, at=data["at"], reason=data["reason"])
        return reverse("lot", args=[self.lot.pk])

    def context(self) -> Context:
        return {"lot": self.lot, "name": _size(self.lot), "has_units": bool(unit_choices(self.by))}


def _size(lot: Lot) -> str:
    return size_name(lot.product, lot.presentation)


def _tell(page: Page, done: Imported) -> None:
    words = f"{done.new} new reading{'' if done.new == 1 else 's'}."
    if done.known:
        words += f" {done.known} {'was' if done.known == 1 else 'were'} on record already."
    if done.excursions:
        messages.warning(page.request, f"{words} Outside the label: the vials are in quarantine.")
    else:
        messages.success(page.request, words)
