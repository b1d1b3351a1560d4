"""What earlier toxin treatments, anywhere and of any product, mean for this one.

Source: P10c, P20c, P29b.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from masseter.core.findings import Finding
from masseter.core.intervals import days_window_ends, longest_interval, months_window_ends
from masseter.core.plan.case import PlanCase, dose_words, rule_finding
from masseter.core.plan.rules.limits import same_toxin
from masseter.core.plan.types import Earlier
from masseter.knowledge.model import Product, Severity, UnlicensedToxin


def check_interval(case: PlanCase) -> Iterator[Finding]:
    """A toxin treatment inside the shortest interval, in days and in calendar months.

    Every treatment on record counts, whichever product; the interval is the longest that product,
    protocol or condition ask for, and the finding names which. Between the ends of the two windows it
    is a note, or a caution where the label itself counts months. Exactly on the day that ends a window is
    outside it.
    """
    past = [each.given_on for each in case.earlier]
    if not past:
        return
    last = max(past)
    asked = longest_interval(condition=case.condition, product=case.product, protocol=case.protocol)
    by_days = days_window_ends(last, asked.days)
    months = case.product.interval_months
    by_months = months_window_ends(last, months) if months else by_days
    windows = f"{asked.days} days ({asked.asked_by}) end on {by_days}" + (
        f", {months} calendar months on {by_months}" if months else ""
    )
    sentence = f"Last toxin on {last}; {windows}."
    if case.today < by_days:
        yield rule_finding("interval-too-short", "caution", sentence, asked.evidence)
    elif case.today < by_months:
        severity: Severity = "caution" if case.product.counts_months else "note"
        # The months are the label's.
        evidence = case.product.min_interval_days.evidence
        yield rule_finding("interval-under-months", severity, sentence, evidence)
    else:
        yield rule_finding("interval-kept", "note", sentence, asked.evidence)


def check_earlier(case: PlanCase) -> Iterator[Finding]:
    """Earlier treatments whose product or units are unknown, of another toxin, of today, or in the future."""
    window = int(case.knowledge.practice.other_product_days.value)
    evidence = case.knowledge.practice.other_product_days.evidence
    for each in case.earlier:
        subject = f"earlier-{each.given_on}"
        if each.given_on > case.today:
            sentence = (
                f"A treatment is on record for {each.given_on}, which is still to come; correct its date."
            )
            yield rule_finding("earlier-in-future", "caution", sentence, subject=subject)
        if each.given_on == case.today and each.product != case.product.key:
            yield _second_product(each, case, subject)
        is_recent = days_window_ends(each.given_on, window) > case.today
        unlicensed = case.knowledge.unlicensed.get(each.product or "")
        if unlicensed is not None:
            yield _unlicensed(each, unlicensed, "caution" if is_recent else "note", subject)
            continue
        if not is_recent:
            continue
        if each.product is None or each.product not in case.knowledge.products:
            sentence = (
                f"A toxin whose product is not known was given on {each.given_on}{_where(each)}; ask which."
            )
            yield rule_finding("earlier-product-unknown", "caution", sentence, evidence, subject)
        elif not same_toxin(each, case):
            dose = _dose(each, case.knowledge.products[each.product])
            sentence = f"{dose} on {each.given_on}{_where(each)}. Units of two toxins are never added."
            yield rule_finding("other-toxin-recent", "caution", sentence, evidence, subject)
        if each.units is None:
            sentence = f"The units given on {each.given_on}{_where(each)} are not known; unknown is not zero."
            yield rule_finding("earlier-units-unknown", "caution", sentence, evidence, subject)


def _second_product(each: Earlier, case: PlanCase, subject: str) -> Finding:
    if each.product is None:
        sentence = "A toxin of unknown product is on record for the same day; find out which before going on."
        return rule_finding("same-day-product-unknown", "caution", sentence, case.product.evidence, subject)
    sentence = (
        f"Another toxin product is on record for the same day, {each.given_on}; one treatment uses one."
    )
    return rule_finding("two-products", "stop", sentence, case.product.evidence, subject)


def _unlicensed(each: Earlier, toxin: UnlicensedToxin, severity: Severity, subject: str) -> Finding:
    sentence = (
        f"{toxin.name} was given on {each.given_on}{_where(each)}. It is licensed in none of US, EU and UK: "
        "its strength is not assured and its units count against no ceiling. "
        "Look for signs of spread, and ask where it came from."
    )
    return rule_finding("earlier-product-unlicensed", severity, sentence, toxin.evidence, subject)


def _dose(each: Earlier, product: Product) -> str:
    return dose_words(each.units, product) if each.units is not None else product.brand


def _where(each: Earlier) -> str:
    return f" ({each.where})" if each.where else ""


def last_toxin_on(earlier: tuple[Earlier, ...]) -> date | None:
    """The day of the last toxin treatment on record; None when none is on record."""
    return max((each.given_on for each in earlier), default=None)
