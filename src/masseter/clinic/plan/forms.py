"""Forms of the plan pages: they shape what was typed; what is safe is judged in core."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from masseter.clinic.plan.words import plain
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import InvalidQuantity, parse_ml
from masseter.journey.plan.actions import Drawing
from masseter.journey.plan.drafts import points_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Product
from masseter.ui.facemap import PointRow, read_rows
from masseter.ui.forms import ManyField, OneField, WholeNumberField

REASON = "reason-"
LISTED = "for-"  # before the name of a reason: the findings that it was typed for
LONGEST_REASON = 2000


class MlField(forms.CharField):
    """Millilitres; cleans to Decimal, or None where left empty."""

    unit = "mL"

    def clean(self, value: object) -> Any:  # Any: narrower than CharField's own str
        text = super().clean(value)
        try:
            return parse_ml(text) if text else None
        except InvalidQuantity as problem:
            raise ValidationError(str(problem)) from problem

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}


class NewPlanForm(forms.Form):
    """From which protocol, with which product, on which side."""

    protocol = forms.ChoiceField(
        label="Scheme", widget=forms.RadioSelect, error_messages={"required": "Choose a scheme."}
    )
    product = forms.ChoiceField(
        label="Product",
        required=False,
        help_text="With another product every dose starts empty: units are not comparable.",
    )
    affected_side = OneField(
        label="Side",
        required=False,
        choices=[("right", "Right"), ("left", "Left"), ("both", "Both")],
        help_text="For schemes that treat the affected side only.",
    )
    one_sided = forms.BooleanField(
        label="This side alone, also where the scheme treats both sides", required=False
    )
    include_optional = ManyField(label="Optional muscles of the scheme", required=False)

    def __init__(
        self,
        *args: Any,  # Any: as Django's own
        schemes: list[tuple[str, str]],
        optional: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["protocol"].choices = schemes  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["product"].choices = [("", "The scheme’s own product"), *product_choices()]  # type: ignore[attr-defined]  # a ChoiceField
        if optional:
            self.fields["include_optional"].choices = optional  # type: ignore[attr-defined]  # a ManyField
        else:
            del self.fields["include_optional"]


class ProductForm(forms.Form):
    """Another product for a draft."""

    product = forms.ChoiceField(label="New product")

    def __init__(self, *args: Any, without: str, **options: Any) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        choices = [pair for pair in product_choices() if pair[0] != without]
        self.fields["product"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]  # a ChoiceField


class PlanForm(forms.Form):
    """A draft: its draw-up, reasons and note as fields; its points as rows of the face map's table."""

    presentation = forms.ChoiceField(label="Vial size", required=False)
    diluent_ml = MlField(label="Diluent into a vial of this size", required=False)
    graduation_ml = MlField(label="Smallest mark of the syringe", required=False)
    syringes = WholeNumberField(label="Syringes with needle", required=False)
    off_label_reason = forms.CharField(
        label="Reason for the off-label use",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        label="Note", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, product: Product, protocol: str, **options: Any
    ) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        self.protocol, self.product = protocol, product.key
        sizes = [
            (size.key, f"{plain(size.label_units)} {product.unit_label}") for size in product.presentations
        ]
        self.fields["presentation"].choices = [("", "Choose"), *sizes]  # type: ignore[attr-defined]  # a ChoiceField
        self.points: tuple[PlannedPoint, ...] = ()
        self.problems: tuple[str, ...] = ()
        if product.form == "solution":
            self.fields["diluent_ml"].help_text = "Ready to use: leave this empty."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.points, self.problems = points_of(self.rows(), self.protocol)
        for problem in self.problems:
            self.add_error(None, problem)
        return data

    def rows(self) -> tuple[PointRow, ...]:
        """The rows as they were posted."""
        return read_rows(self.data)

    def reasons(self) -> dict[str, str]:
        """The typed reasons by the key of their finding."""
        return typed_reasons(self.data)

    def drawing(self) -> Drawing:
        """The draw-up as it was typed."""
        data = self.cleaned_data
        return Drawing(
            presentation=data.get("presentation", ""),
            diluent_ml=data.get("diluent_ml"),
            graduation_ml=data.get("graduation_ml"),
            syringes=max(data.get("syringes") or 0, 0),
        )


def typed_reasons(data: Any) -> dict[str, str]:  # Any: Django's own mapping of posted data
    """The reasons in posted data, by the key of each finding that was listed beside the field."""
    return {
        key: str(value)[:LONGEST_REASON]
        for name, value in data.items()
        if name.startswith(REASON)
        for key in str(data.get(f"{LISTED}{name}", "")).split()
    }


def product_choices() -> list[tuple[str, str]]:
    """Every product by brand."""
    return sorted(
        ((key, product.brand) for key, product in load().products.items()), key=lambda pair: pair[1]
    )
