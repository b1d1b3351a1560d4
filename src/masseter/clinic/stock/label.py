"""What a product's label says, for the page of a lot: kept how, licensed for what, made of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from masseter.core.plan.label import ages_in_words, keeping_here, kept_in_words, uses_here
from masseter.core.rules import holds_in
from masseter.knowledge.load import load
from masseter.knowledge.model import Evidence, Jurisdiction, Product, ReceiptCheck

_STAGES = {"unopened": "Unopened", "ready": "Ready for use"}


@dataclass(frozen=True, kw_only=True)
class LabelLine:
    """One thing that the label says, and whether it was read at the source."""

    title: str
    words: str
    is_verified: bool


def label_lines(product: str, jurisdiction: Jurisdiction) -> list[LabelLine]:
    """Keeping, excursion, use, licensed uses and parts of a product; empty for one that we do not know."""
    told = load().products.get(product)
    return list(_lines(told, jurisdiction)) if told is not None else []


def receipt_checks(jurisdiction: Jurisdiction) -> list[ReceiptCheck]:
    """What to look at on a pack that arrives, in the clinic's place."""
    return [check for check in load().receipt_checks if holds_in(check, jurisdiction)]


def _lines(told: Product, jurisdiction: Jurisdiction) -> Iterator[LabelLine]:
    for kept in keeping_here(told, jurisdiction):
        yield _line(f"{_STAGES[kept.stage]}, {kept.place}", kept_in_words(kept), kept.evidence)
    if told.excursion is not None:
        words = told.excursion.text if holds_in(told.excursion, jurisdiction) else _ASK
        yield _line("Too warm or too cold", words, told.excursion.evidence)
    for title, text in (("Use", told.use_once), ("Diluent", told.diluent)):
        if text is not None:
            yield _line(title, text.text, text.evidence)
    for use in uses_here(told, jurisdiction):
        words = ", ".join(word for word in (use.name, ages_in_words(use)) if word)
        yield _line("Licensed for", words, use.evidence)
    for part in told.excipients:
        yield _line("Contains", part.text, part.evidence)
    if told.boxed_warning is not None:
        yield _line("Warning", told.boxed_warning.text, told.boxed_warning.evidence)


def _line(title: str, words: str, evidence: Evidence) -> LabelLine:
    return LabelLine(title=title, words=words, is_verified=evidence.sure == "verified")


_ASK = "No figure is known for this place: quarantine it and ask the maker."
