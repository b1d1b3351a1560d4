"""The injection passport on one page: what was given, where, and a code that carries it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.passport.passport import Given, Passport
from masseter.journey.consult.passport.seal import fingerprint, own_key
from masseter.journey.follow_up.passport import Issued
from masseter.journey.inject.queries import given_points
from masseter.journey.people.models import Patient
from masseter.journey.results.queries import plain_number
from masseter.knowledge.load import load
from masseter.ui.languages.days import day_words
from masseter.ui.languages.numbers import apart, number_words
from masseter.ui.languages.told import told as knowledge_told
from masseter.ui.paper.code import qr_svg
from masseter.ui.paper.letterhead import identity, letterhead
from masseter.ui.paper.maps import given_marker, maps_of
from masseter.ui.paper.typst import render

SIDES = {
    "right": gettext_noop("right"),
    "midline": gettext_noop("middle"),
    "left": gettext_noop("left"),
}  # the patient's right first, as drawn


def passport_pdf(issued: Issued, patient: Patient, clinic: Clinic) -> bytes:
    """The paper with map and code."""
    return render("passport", *passport_paper(issued, patient, clinic))


def passport_paper(
    issued: Issued, patient: Patient, clinic: Clinic
) -> tuple[dict[str, object], dict[str, str]]:
    """Data and pictures of the paper."""
    told, points = issued.passport, given_points(issued.newest)
    pictures, maps = maps_of([given_marker(point) for point in points], version=issued.newest.map_version)
    newest, *older = passport_rows(told, is_plain=False)
    data = {
        **letterhead(
            clinic,
            gettext("Injection passport"),
            f"{identity(patient)}.",
            version=gettext("As of %(day)s.") % {"day": day_words(told.issued_on)},
        ),
        "patient": [[gettext("Patient"), identity(patient)], *next_words(told)],
        "told": _frame(),
        "newest": newest,
        "older": older,
        "maps": maps,
    }
    return data, {**pictures, "code": qr_svg(issued.text)}


def _frame() -> dict[str, str]:
    """The words of the paper that are the same for everybody."""
    return {
        "last": gettext("Last treatment"),
        "for": gettext("For"),
        "product": gettext("Product"),
        "lot": gettext("Lot"),
        "units_note": gettext(
            "Units are those of the named product. They cannot be compared with units of another product."
        ),
        "code": gettext("Code that carries this passport, signed by the clinic"),
        "code_note": gettext(
            "This code carries the passport itself, signed. Another clinic's system can read it without "
            "a network. Key %(key)s."
        )
        % {"key": fingerprint(own_key())},
        "where": gettext("Where"),
        "side": gettext("Side"),
        "units": gettext("Units"),
        "day": gettext("Day"),
        "before": gettext("Before that"),
        "show": gettext("Show this to every doctor or dentist who wants to give you botulinum toxin."),
    }


def next_words(told: Passport) -> list[list[str]]:
    """The first day of another treatment, as a fact; nothing where it is not known."""
    if told.earliest_next is None:
        return []
    return [
        [
            gettext("Next treatment"),
            gettext("not before %(day)s, wherever it is given") % {"day": day_words(told.earliest_next)},
        ]
    ]


def passport_rows(told: Passport, *, is_plain: bool = True) -> list[dict[str, object]]:
    """Each treatment in words, the newest first: muscles in plain words, or by their anatomical names."""
    return [_row(one, is_plain) for one in told.treatments]


def _row(one: Given, is_plain: bool) -> dict[str, object]:
    knowledge = load()
    product, condition = knowledge.products.get(one.product), knowledge.conditions.get(one.condition)
    label = knowledge_told(product.unit_label) if product else gettext("units")
    order = list(dict.fromkeys(each.site for each in one.sites))
    sites = [
        {
            "name": _site_name(each.site, is_plain),
            "side": gettext(SIDES[each.side]),
            "units": number_words(plain_number(each.units)),
        }
        for each in sorted(one.sites, key=lambda each: (order.index(each.site), list(SIDES).index(each.side)))
    ]
    return {
        "day": day_words(one.given_on),
        "for": knowledge_told(condition.plain_name) if condition else "",
        "product": f"{product.brand} ({product.inn})" if product else one.brand,
        "units": apart(f"{number_words(plain_number(one.units))} {label}"),
        "lots": ", ".join(one.lots),
        "sites": sites,
    }


def _site_name(code: str, is_plain: bool) -> str:
    site = load().sites.get(code)
    if site is None:
        return code
    return knowledge_told(site.plain_name) if is_plain else site.name
