"""The text of a consent: what is done, licence, benefit, risks, other ways, and the right to withdraw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from masseter.core.rules import UnknownProduct
from masseter.knowledge.model import (
    Condition,
    Effect,
    Jurisdiction,
    Knowledge,
    Licence,
    Product,
    Rate,
    Text,
)

WITHDRAWAL = (
    "I may say no, now or at any later time, without giving a reason, and my care here goes on.",
    "I may withdraw this consent until the injection. What has been injected wears off by itself and "
    "cannot be taken out.",
)
QUESTIONS = (
    "I could ask all my questions, and the answers were clear to me.",
    "I know whom to call when something worries me, and when to call the emergency number.",
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the text: a heading and its paragraphs, with the sources that they rest on."""

    title: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """The text as it is read and signed. `version` is a hash over all of it."""

    sections: tuple[Section, ...]
    is_off_label: bool
    version: str


def consent_text(
    *,
    condition: Condition,
    knowledge: Knowledge,
    jurisdiction: Jurisdiction,
    diagnosis: str = "",
    product: str = "",
) -> ConsentText:
    """The consent for one condition, and for one product where it is known already.

    Raises: UnknownProduct.
    """
    if product and product not in knowledge.products:
        raise UnknownProduct(f"There is no product called {product!r}.")
    brand = knowledge.products[product] if product else None
    off_label = is_off_label(condition, jurisdiction=jurisdiction, diagnosis=diagnosis, product=product)
    sections = [
        _what(condition, brand),
        _section("Why", condition.story.why_toxin),
        _licence(condition, jurisdiction, diagnosis, product, off_label),
        _section("How well it works", condition.story.how_well),
        _section("How long it lasts", condition.story.how_long),
        _section("What it cannot do", condition.story.cannot),
        _risks(condition, knowledge.effects.values()),
        _section("Other ways to be treated", condition.story.other_options),
        _section("When to get help at once", condition.story.get_help),
        Section(title="My rights", paragraphs=(*QUESTIONS, *WITHDRAWAL)),
    ]
    kept = tuple(section for section in sections if section.paragraphs)
    return ConsentText(sections=kept, is_off_label=off_label, version=_version(kept))


def is_off_label(
    condition: Condition, *, jurisdiction: Jurisdiction, diagnosis: str = "", product: str = ""
) -> bool:
    """Whether this use has no licence on record; without a product, none that holds for every product."""
    licences = _speaking(condition, jurisdiction, diagnosis, product)
    return not any(licence.status == "licensed" for licence in licences)


def _speaking(
    condition: Condition, jurisdiction: Jurisdiction, diagnosis: str, product: str
) -> tuple[Licence, ...]:
    there = [
        licence
        for licence in condition.licences
        if licence.jurisdiction == jurisdiction
        and (not licence.diagnoses or (diagnosis and diagnosis in licence.diagnoses))
    ]
    own = [licence for licence in there if product and licence.product == product]
    return tuple(own or [licence for licence in there if not licence.product])


def _what(condition: Condition, product: Product | None) -> Section:
    if product is None:
        name = "Botulinum toxin; which product is decided with the plan."
    else:
        name = f"{product.brand} ({product.inn}), a botulinum toxin."
    happens = tuple(text.text for text in condition.story.what_happens)
    sources = tuple(key for text in condition.story.what_happens for key in text.evidence.sources)
    return Section(
        title="What is done",
        paragraphs=(f"Treatment of {condition.plain_name} with injections. {name}", *happens),
        sources=_once(sources),
    )


def _licence(
    condition: Condition, jurisdiction: Jurisdiction, diagnosis: str, product: str, off_label: bool
) -> Section:
    licences = _speaking(condition, jurisdiction, diagnosis, product)
    texts = [licence.text for licence in licences]
    if off_label:
        words = condition.off_label_consent
        texts = [*([words.text] if words else [OFF_LABEL]), *texts]
    sources = tuple(key for licence in licences for key in licence.evidence.sources)
    title = "This use is off-label" if off_label else "This use is licensed"
    return Section(title=title, paragraphs=_once(texts), sources=_once(sources))


OFF_LABEL = (
    "The medicine is not officially approved for this use here. Doctors and dentists may use it all the same "
    "when they judge that it can help and have told me so."
)


def _risks(condition: Condition, effects: Iterable[Effect]) -> Section:
    known = [text.text for text in condition.story.side_effects]
    concerned = [
        one for one in effects if one.rates and (not one.conditions or condition.code in one.conditions)
    ]
    figures = [_how_often(effect) for effect in concerned]
    sources = [key for effect in concerned for rate in effect.rates for key in rate.evidence.sources]
    own = [key for text in condition.story.side_effects for key in text.evidence.sources]
    return Section(title="What can go wrong", paragraphs=(*known, *figures), sources=_once([*own, *sources]))


def _how_often(effect: Effect) -> str:
    """How often an effect was seen; from the lowest to the highest where studies differ."""
    low, high = min(effect.rates, key=_percent), max(effect.rates, key=_percent)
    if low.percent == high.percent:
        return f"{effect.plain_name}: about {_plainly(low.percent)} of 100 people."
    span = f"{_plainly(low.percent)} to {_plainly(high.percent)} of 100 people"
    return f"{effect.plain_name}: {span}, depending on the study and on where it was injected."


def _percent(rate: Rate) -> Decimal:
    return rate.percent


def _plainly(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _section(title: str, texts: tuple[Text, ...]) -> Section:
    sources = _once(key for text in texts for key in text.evidence.sources)
    return Section(title=title, paragraphs=tuple(text.text for text in texts), sources=sources)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _version(sections: tuple[Section, ...]) -> str:
    told = [[section.title, *section.paragraphs] for section in sections]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]
