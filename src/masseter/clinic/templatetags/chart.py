"""What every page of a patient's chart shows on top: the banner and the line of the seven steps."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from masseter.clinic.people.presenters import Banner, banner
from masseter.clinic.people.steps import steps_line
from masseter.journey.consult.models import Case
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load

register = template.Library()


@register.simple_tag(takes_context=True)
def patient_banner(context: dict[str, Any], patient: Patient) -> Banner:  # Any: a template's context
    """`{% patient_banner patient as who %}`: who the page is about; read once where the page knows it."""
    known = context.get("who")
    return known if isinstance(known, Banner) else banner(context["by"], patient)


@register.simple_tag(takes_context=True)
def seven_steps(context: dict[str, Any], case: Case) -> list[dict[str, str]]:  # Any: a template's context
    """`{% seven_steps case as line %}`: where a case stands."""
    return context.get("steps") or steps_line(context["by"], case)


@register.simple_tag(takes_context=True)
def text_of_block(context: Any, name: str) -> SafeString:  # Any: a template's context
    """`{% text_of_block "chart_title" %}`: what a block says; the page title repeats the heading."""
    node = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    # Already escaped when it was rendered.
    return mark_safe(" ".join(strip_tags(node.render(context)).split()))


@register.filter
def condition_name(code: str) -> str:
    """The name of a condition by its code."""
    return load().conditions[code].name


@register.filter
def product_name(key: str) -> str:
    """The brand of a product by its key; a product that is not known says so."""
    unlicensed = load().unlicensed.get(key)
    if unlicensed is not None:
        return f"{unlicensed.name}, not licensed"
    return load().products[key].brand if key else "product not known"


@register.filter
def plainly(number: Decimal | None) -> str:
    """A number without zeros at its end: 50.0000 is 50."""
    return "" if number is None else f"{number.normalize():f}"


@register.filter
def degrees(number: Decimal | None) -> str:
    """A temperature without zeros at its end, with a minus that is one."""
    return plainly(number).replace("-", "\u2212")


@register.filter
def of_key(words: Mapping[str, str], key: str) -> str:
    """What a mapping holds for a key, or nothing: what was noted beside an observation."""
    return words.get(key, "")
