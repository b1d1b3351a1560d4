"""A clinic's own schemes: saving one from a plan, the list, one on the map, renaming, retiring."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.people.forms import ReasonForm
from masseter.clinic.plan.chart import PlanPage
from masseter.clinic.plan.own import own_points, own_rows, total_words
from masseter.clinic.plan.presenters import markers
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.plan.models import OwnScheme, OwnSchemeVersion
from masseter.journey.plan.own import (
    newest_version,
    own_scheme_of,
    own_schemes,
    plans_with,
    points_of_version,
    schemes_in_use,
)
from masseter.journey.plan.own_actions import (
    LONGEST_NAME,
    change_own_scheme,
    rename_own_scheme,
    retire_own_scheme,
    save_own_scheme,
)
from masseter.knowledge.load import load
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.words import product_words, unit_words


class OwnForm(forms.Form):
    """Name of an own scheme, and whether the clinic shares it."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME, required=False)
    is_shared = forms.BooleanField(label="Share it with the clinic", required=False)


class SaveOwnForm(OwnForm):
    """A new scheme, or the next version of one that is there."""

    scheme = forms.ChoiceField(label="Save as", required=False)
    field_order = ("scheme", "name", "is_shared")

    def __init__(self, *args: Any, schemes: list[OwnScheme], **options: Any) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        names = [(str(one.pk), f"The next version of “{one.name}”") for one in schemes]
        self.fields["scheme"].choices = [("", "A new scheme"), *names]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["name"].help_text = "For a new scheme. A next version keeps its name and who shares it."


class SaveOwnView(PlanPage, FormPage):
    """Save the points and doses of a plan as a scheme of one's own."""

    right: ClassVar = Right.KEEP_SCHEMES
    template = "clinic/plan/own_save.html"
    page_name = "Saving an own scheme"
    form_class = SaveOwnForm
    success = "The scheme is saved. It is offered whenever a new plan of this condition is begun."

    def form_options(self) -> dict[str, Any]:
        mine = [
            one
            for one in schemes_in_use(self.by, self.plan.condition)
            if one.owner_id == self.by.user_id or self.by.may(Right.APPROVE_PLAN)
        ]
        return {"schemes": mine}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        if data["scheme"]:
            scheme = own_scheme_of(self.by, int(data["scheme"]))
            change_own_scheme(by=self.by, scheme=scheme, plan=self.plan)
        else:
            shared = data["is_shared"]
            scheme = save_own_scheme(by=self.by, plan=self.plan, name=data["name"], is_shared=shared)
        return reverse("own_scheme", args=[scheme.pk])


class OwnSchemesView(Page):
    """Every own scheme that this person sees."""

    right: ClassVar = Right.KEEP_SCHEMES
    template = "clinic/plan/own_list.html"

    def context(self) -> Context:
        return {"schemes": own_rows(own_schemes(self.by))}


class SchemePage(Page):
    """A page about one own scheme."""

    right: ClassVar = Right.KEEP_SCHEMES
    scheme: OwnScheme

    def load(self) -> None:
        self.scheme = own_scheme_of(self.by, int(self.kwargs["scheme"]))

    def context(self) -> Context:
        is_mine = self.scheme.owner_id == self.by.user_id
        may_change = self.scheme.retired_at is None and (is_mine or self.by.may(Right.APPROVE_PLAN))
        return {"scheme": self.scheme, "may_change": may_change}


class OwnSchemeView(SchemePage):
    """An own scheme on the map: its newest version, the versions before, the plans that used it."""

    template = "clinic/plan/own.html"

    def version(self) -> OwnSchemeVersion:
        return newest_version(self.scheme)

    def context(self) -> Context:
        own = self.version()
        points, knowledge = points_of_version(own), load()
        protocol = knowledge.protocols.get(own.protocol)
        return {
            **super().context(),
            "version": own,
            "is_newest": own.number == newest_version(self.scheme).number,
            "versions": sorted(self.scheme.versions.all(), key=lambda one: -one.number),
            "condition": knowledge.conditions[self.scheme.condition].name,
            "protocol": protocol.name if protocol else "",
            "markers": markers(points, version=own.map_version),
            "lines": own_points(own),
            "total": total_words(points),
            "product": product_words(own.product),
            "unit_label": unit_words(own.product),
            "plans": plans_with(self.by, self.scheme),
        }


class OwnVersionView(OwnSchemeView):
    """An earlier version of an own scheme, as the plans that used it keep it."""

    def version(self) -> OwnSchemeVersion:
        number = int(self.kwargs["number"])
        found = next((one for one in self.scheme.versions.all() if one.number == number), None)
        if found is None:
            raise NotHere("There is no such version.")
        return found

    def load(self) -> None:
        super().load()
        self.version()


class RenameOwnView(SchemePage, FormPage):
    """Another name, or shared with the clinic or not."""

    template = "clinic/plan/own_change.html"
    form_class = OwnForm
    success = "The scheme is changed."

    def subject(self) -> OwnScheme:
        return self.scheme

    def initial(self) -> dict[str, Any]:
        return {"name": self.scheme.name, "is_shared": self.scheme.is_shared}

    def act(self, form: forms.Form) -> str:
        rename_own_scheme(by=self.by, scheme=self.scheme, **form.cleaned_data)
        return reverse("own_scheme", args=[self.scheme.pk])


class RetireOwnView(SchemePage, FormPage):
    """Offer a scheme no more."""

    template = "clinic/plan/own_retire.html"
    form_class = ReasonForm
    success = "The scheme is retired. Plans that used it keep it."

    def act(self, form: forms.Form) -> str:
        retire_own_scheme(by=self.by, scheme=self.scheme, reason=form.cleaned_data["reason"])
        return reverse("own_schemes")
