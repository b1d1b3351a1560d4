"""Which questions belong on which page, and where a missing answer can be given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from masseter.core.answers import Answer, evaluate
from masseter.core.facts import Observation
from masseter.journey.consult.models import Case
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.ui.observations import concerns, types_where


def examination_types(condition: str, facts: Mapping[str, Observation]) -> list[ObservationType]:
    """What is found in the examination: all that the intake does not ask, and that applies.

    A question that hangs on an answer of the intake is left out until that answer is yes.
    """
    own = types_where(
        lambda type_: (
            "examination" in type_.asked_in and "intake" not in type_.asked_in and concerns(type_, condition)
        )
    )
    codes = {type_.code for type_ in own}
    return [type_ for type_ in own if _applies(type_, facts, codes)]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One missing answer and the page where it can be given."""

    label: str
    url: str


def question_links(case: Case, codes: Iterable[str]) -> list[Question]:
    """Missing answers with links to their fields, in the order in which they are asked."""
    types = load().observations
    return [Question(label=types[code].label, url=answer_url(case, types[code])) for code in codes]


def answer_url(case: Case, type_: ObservationType) -> str:
    """Where the answer to a question is given."""
    if "intake" in type_.asked_in:
        return f"{reverse('intake', args=[case.pk])}#{_anchor(type_)}"
    if "examination" in type_.asked_in:
        return f"{reverse('examination', args=[case.pk])}#{_anchor(type_)}"
    if type_.code == "age_years":
        return reverse("patient_change", args=[case.patient_id])
    if type_.code == "days_since_last_toxin":
        return reverse("elsewhere", args=[case.patient_id])
    return reverse("case", args=[case.pk])


def _anchor(type_: ObservationType) -> str:
    return f"id_{type_.code}"


def _applies(type_: ObservationType, facts: Mapping[str, Observation], here: set[str]) -> bool:
    if type_.only_if is None:
        return True
    outcome = evaluate(type_.only_if, facts)
    if outcome.answer is Answer.UNKNOWN:
        return all(code in here for code in outcome.missing)
    return outcome.answer is Answer.MET
