"""The text of a consent: what is done, licence, benefit, risks, other ways, and the right to withdraw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from masseter.core.rules import UnknownProduct
from masseter.core.sentences import said
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
    said("I may say no, now or at any later time, without giving a reason, and my care here goes on."),
    said(
        "I may withdraw this consent until the injection. What has been injected wears off by itself and "
        "cannot be taken out."
    ),
)
QUESTIONS = (
    said("I could ask all my questions, and the answers were clear to me."),
    said("I know whom to call when something worries me, and when to call the emergency number."),
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the text: a heading and its paragraphs, with the sources that they rest on.

    `is_risk`: it tells of risks, so that at home it is opened by itself before anybody signs.
    """

    title: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...] = ()
    is_risk: bool = False


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """The text as it is read and signed. `version` is a hash over all of it.

    `licensed` are the products of which it says that this use is licensed; of every other product that
    it speaks of it says that the use is off-label.
    """

    sections: tuple[Section, ...]
    is_off_label: bool
    licensed: tuple[str, ...]
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
    use = _Use(condition=condition, jurisdiction=jurisdiction, diagnosis=diagnosis)
    named = (product,) if product else tuple(knowledge.products)
    licensed = tuple(key for key in named if not use.is_off_label(key))
    sections = [
        _what(condition, brand, diagnosis),
        _section(said("Why"), condition.story.why_toxin),
        _licence(use, product, licensed, knowledge),
        _section(said("How well it works"), condition.story.how_well),
        _section(said("How long it lasts"), condition.story.how_long),
        _section(said("What it cannot do"), condition.story.cannot),
        _risks(condition, knowledge.effects.values()),
        _section(said("Other ways to be treated"), condition.story.other_options),
        replace(_section(said("When to get help at once"), condition.story.get_help), is_risk=True),
        Section(title=said("My rights"), paragraphs=(*QUESTIONS, *WITHDRAWAL)),
    ]
    kept = tuple(section for section in sections if section.paragraphs)
    return ConsentText(
        sections=kept,
        is_off_label=len(licensed) < len(named),
        licensed=licensed,
        version=version_of(kept),
    )


def is_off_label(
    condition: Condition, *, jurisdiction: Jurisdiction, diagnosis: str = "", product: str = ""
) -> bool:
    """Whether this use has no licence on record; without a product, none that holds for every product."""
    return _Use(condition=condition, jurisdiction=jurisdiction, diagnosis=diagnosis).is_off_label(product)


@dataclass(frozen=True, kw_only=True)
class _Use:
    """What is treated, and where."""

    condition: Condition
    jurisdiction: Jurisdiction
    diagnosis: str

    def is_off_label(self, product: str) -> bool:
        return not any(licence.status == "licensed" for licence in self.licences(product))

    def licences(self, product: str) -> tuple[Licence, ...]:
        """The rows that speak of a product; those of every product where it has none of its own."""
        there = [
            licence
            for licence in self.condition.licences
            if licence.jurisdiction == self.jurisdiction
            and (not licence.diagnoses or (self.diagnosis and self.diagnosis in licence.diagnoses))
        ]
        own = [licence for licence in there if product and licence.product == product]
        return tuple(own or [licence for licence in there if not licence.product])


def _what(condition: Condition, product: Product | None, diagnosis: str) -> Section:
    if product is None:
        name = said("Botulinum toxin; which product is decided with the plan.")
    else:
        name = said("%(brand)s (%(inn)s), a botulinum toxin.", brand=product.brand, inn=product.inn)
    happens = tuple(text.text for text in condition.story.what_happens)
    sources = tuple(key for text in condition.story.what_happens for key in text.evidence.sources)
    return Section(
        title=said("What is done"),
        paragraphs=(
            _treatment(condition, diagnosis, name),
            *happens,
        ),
        sources=_once(sources),
    )


def _treatment(condition: Condition, diagnosis: str, product: str) -> str:
    names = [each.name for each in condition.diagnoses if each.code == diagnosis]
    if not names:
        return said(
            "Treatment of %(condition)s with injections. %(product)s",
            condition=condition.plain_name,
            product=product,
        )
    return said(
        "Treatment of %(condition)s with injections. Diagnosis: %(diagnosis)s. %(product)s",
        condition=condition.plain_name,
        diagnosis=names[0],
        product=product,
    )


def _licence(use: _Use, product: str, licensed: tuple[str, ...], knowledge: Knowledge) -> Section:
    """Of the one product or of all: which are licensed for this use, off-label being the rest."""
    own = use.licences(product)
    spoken = [licence for key in licensed for licence in use.licences(key)] or list(own)
    sources = [key for licence in spoken for key in licence.evidence.sources]
    texts, own_words = [licence.text for licence in spoken], use.condition.off_label_consent
    if not licensed:
        title, texts = said("This use is off-label"), [own_words.text if own_words else OFF_LABEL, *texts]
        sources = [*(own_words.evidence.sources if own_words else ()), *sources]
    elif product or len(licensed) == len(knowledge.products):
        title = said("This use is licensed")
    else:
        brands = reduce(_or, (knowledge.products[key].brand for key in licensed))
        title = said("Whether this use is licensed depends on the product")
        texts = [
            said(
                "With %(brands)s this use is licensed here. With every other product it is off-label.",
                brands=brands,
            ),
            *texts,
            said("For the other products: %(off_label)s", off_label=OFF_LABEL),
        ]
    is_risk = len(licensed) < (1 if product else len(knowledge.products))
    return Section(title=title, paragraphs=_once(texts), sources=_once(sources), is_risk=is_risk)


def _or(one: str, other: str) -> str:
    return said("%(one)s or %(other)s", one=one, other=other)


OFF_LABEL = said(
    "The medicine is not officially approved for this use here. Doctors and dentists may use it all the same "
    "when they judge that it can help and have told me so."
)


def _risks(condition: Condition, effects: Iterable[Effect]) -> Section:
    known = [text.text for text in condition.story.side_effects]
    mine = [one for one in effects if not one.conditions or condition.code in one.conditions]
    concerned = {one.plain_name: rates for one in mine if (rates := _rates_of(one, condition))}
    figures = [_how_often(name, rates) for name, rates in concerned.items()]
    sources = [key for rates in concerned.values() for rate in rates for key in rate.evidence.sources]
    own = [key for text in condition.story.side_effects for key in text.evidence.sources]
    told, keys = (*known, *figures), _once([*own, *sources])
    return Section(title=said("What can go wrong"), paragraphs=told, sources=keys, is_risk=True)


def _rates_of(effect: Effect, condition: Condition) -> tuple[Rate, ...]:
    """The rates that were counted in this condition, or whatever was treated."""
    return tuple(rate for rate in effect.rates if not rate.conditions or condition.code in rate.conditions)


def _how_often(name: str, rates: tuple[Rate, ...]) -> str:
    """How often an effect was seen; from the lowest to the highest where studies differ."""
    low, high = min(rates, key=_percent), max(rates, key=_percent)
    if low.percent == high.percent:
        return said("%(effect)s: about %(number)s of 100 people.", effect=name, number=_plain(low.percent))
    return said(
        "%(effect)s: %(low)s to %(high)s of 100 people, depending on the study and on where it was injected.",
        effect=name,
        low=_plain(low.percent),
        high=_plain(high.percent),
    )


def _percent(rate: Rate) -> Decimal:
    return rate.percent


def _plain(number: Decimal) -> Decimal:
    """Without noughts at its end, and without a power of ten."""
    return Decimal(f"{number.normalize():f}")


def _section(title: str, texts: tuple[Text, ...]) -> Section:
    sources = _once(key for text in texts for key in text.evidence.sources)
    return Section(title=title, paragraphs=tuple(text.text for text in texts), sources=sources)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def version_of(sections: Sequence[Section]) -> str:
    """A hash over a whole text: what was signed can be told from what is read today."""
    told = [[section.title, *section.paragraphs] for section in sections]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]
