"""Whether each vial may be used, and whether its units add up to the last one.

Source: P4, P8, P25, P40, P40d, P41.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from masseter.core.findings import Finding
from masseter.core.inject.case import TreatmentCase
from masseter.core.inject.types import VialState
from masseter.core.lots import alert_words, alerts_for
from masseter.core.plan.case import dose_words, rule_finding
from masseter.core.plan.reconstitute import DilutionMissing, concentration, in_use_until
from masseter.knowledge.model import Presentation, Product


class UnknownDiluent(LookupError):
    """A diluent that the house's list does not name."""


def check_vials(case: TreatmentCase) -> Iterator[Finding]:
    """Every vial that was recorded, and every point's vial."""
    for name, count in Counter(vial.id for vial in case.vials).items():
        if count > 1:
            yield rule_finding("vial-twice", "stop", f"Vial {name} is recorded {count} times.", subject=name)
    for vial in case.vials:
        yield from _identity(vial, case)
        yield from _state(vial, case)
        yield from _time(vial, case)
        yield from _dilution(vial, case)
        yield from _diluent(vial, case)
    for point in case.given:
        if case.vial(point.vial) is None:
            sentence = f"{point.id}: record the vial that its units came from."
            yield rule_finding("vial-missing", "stop", sentence, subject=point.id)


def check_ledger(case: TreatmentCase) -> Iterator[Finding]:
    """Units given and discarded against units in the vial, exactly."""
    product = case.as_given.product
    for vial in case.vials:
        given = sum((Fraction(point.units) for point in case.given if point.vial == vial.id), Fraction(0))
        left = Fraction(vial.units_left)
        if vial.units_left > vial.label_units:
            sentence = f"Vial {vial.lot} cannot hold more than {dose_words(vial.label_units, product)}."
            yield rule_finding("vial-overfull", "stop", sentence, product.evidence, vial.id)
        if given > left:
            sentence = (
                f"{dose_words(given, product)} are recorded from vial {vial.lot}, which held "
                f"{dose_words(left, product)}; overfill is never counted on."
            )
            yield rule_finding("vial-overdrawn", "stop", sentence, product.evidence, vial.id)
        elif vial.discarded is None:
            sentence = (
                f"Record what was discarded of vial {vial.lot}: {dose_words(left - given, product)} are left."
            )
            yield rule_finding("discarded-missing", "caution", sentence, product.evidence, vial.id)
        elif given + Fraction(vial.discarded) != left:
            sentence = (
                f"Vial {vial.lot} held {dose_words(left, product)}; given and discarded together are "
                f"{dose_words(given + Fraction(vial.discarded), product)}."
            )
            yield rule_finding("vial-sum-wrong", "stop", sentence, product.evidence, vial.id)


def _identity(vial: VialState, case: TreatmentCase) -> Iterator[Finding]:
    plan, product = case.approved.plan, case.as_given.product
    if vial.product != plan.product:
        sentence = f"Vial {vial.lot} holds another product than the plan's; one treatment uses one product."
        yield rule_finding("vial-other-product", "stop", sentence, product.evidence, vial.id)
        return
    size = _size(vial, product)
    if size is None:
        sentence = f"{product.brand} is not sold in the size recorded for vial {vial.lot}; it may be a fake."
        yield rule_finding("vial-unknown-size", "stop", sentence, product.evidence, vial.id)
    elif size.label_units != vial.label_units:
        sentence = f"A vial of this size holds {dose_words(size.label_units, product)}."
        yield rule_finding("vial-units-wrong", "stop", sentence, product.evidence, vial.id)
    elif vial.presentation != plan.presentation:
        sentence = f"Vial {vial.lot} is of another size than planned; check its diluent twice."
        yield rule_finding("vial-other-size", "caution", sentence, product.evidence, vial.id)
    alerts = alerts_for(vial.lot, case.as_given.knowledge)
    if alerts:
        yield rule_finding("lot-on-alert", "caution", alert_words(alerts), alerts[0].evidence, vial.id)
    if not vial.lot.strip():
        yield rule_finding("lot-missing", "stop", "Record the lot of the vial.", product.evidence, vial.id)


def _state(vial: VialState, case: TreatmentCase) -> Iterator[Finding]:
    evidence = case.as_given.product.evidence
    if vial.status == "recalled":
        yield rule_finding("vial-recalled", "stop", f"Vial {vial.lot} is recalled.", evidence, vial.id)
    if vial.status == "quarantined":
        yield rule_finding(
            "vial-quarantined", "stop", f"Vial {vial.lot} is in quarantine.", evidence, vial.id
        )
    if vial.status in ("used", "discarded"):
        yield rule_finding("vial-finished", "stop", f"Vial {vial.lot} is {vial.status}.", evidence, vial.id)
    if vial.used_for_other_patient:
        sentence = f"Vial {vial.lot} was used for another patient; one vial is for one patient."
        yield rule_finding("vial-of-other-patient", "stop", sentence, evidence, vial.id)


def _time(vial: VialState, case: TreatmentCase) -> Iterator[Finding]:
    product = case.as_given.product
    if vial.expires_on is None:
        sentence = f"Record the expiry date of vial {vial.lot}."
        yield rule_finding("expiry-missing", "stop", sentence, product.evidence, vial.id)
    elif vial.expires_on < case.today:
        sentence = f"Vial {vial.lot} expired on {vial.expires_on}."
        yield rule_finding("vial-expired", "stop", sentence, product.evidence, vial.id)
    if vial.reconstituted_at is None:
        if product.form == "powder":
            sentence = f"Record when vial {vial.lot} was reconstituted."
            yield rule_finding("reconstitution-missing", "stop", sentence, product.evidence, vial.id)
        return
    if vial.reconstituted_at > case.now:
        sentence = f"Vial {vial.lot} is recorded as reconstituted in the future."
        yield rule_finding("reconstituted-in-future", "stop", sentence, product.evidence, vial.id)
    if case.now > in_use_until(vial.reconstituted_at, product):
        yield _past_use(vial, product)


def _past_use(vial: VialState, product: Product) -> Finding:
    """Only a verified time stops; another one cautions and says so."""
    evidence = product.in_use_hours.evidence
    sentence = f"Vial {vial.lot} is past its in-use time."
    if evidence.sure == "verified":
        return rule_finding("vial-past-use", "stop", sentence, evidence, vial.id)
    told = f"{sentence} The time for {product.brand} is not verified here: read the label."
    return rule_finding("vial-past-use", "caution", told, evidence, vial.id)


def _dilution(vial: VialState, case: TreatmentCase) -> Iterator[Finding]:
    """A vial must have the concentration that the plan's volumes were computed with."""
    product, drawn = case.as_given.product, case.as_given.drawn
    size = _size(vial, product) if vial.product == product.key else None
    if size is None or drawn is None:
        return
    try:
        own = concentration(size, vial.diluent_ml)
    except DilutionMissing:
        sentence = f"Record how many mL of diluent went into vial {vial.lot}."
        yield rule_finding("diluent-missing", "stop", sentence, product.evidence, vial.id)
        return
    if own != drawn.concentration:
        sentence = (
            f"Vial {vial.lot} has another concentration than the plan; every volume of the plan would be "
            "wrong. Change the plan's diluent and have it approved again."
        )
        yield rule_finding("concentration-differs", "stop", sentence, product.evidence, vial.id)


def _diluent(vial: VialState, case: TreatmentCase) -> Iterator[Finding]:
    """What a powder was dissolved in, where that was said and the label names another."""
    if not vial.diluent or case.as_given.product.form != "powder":
        return
    known = {each.code: each for each in case.as_given.knowledge.practice.diluents}
    told = known.get(vial.diluent)
    if told is None:
        raise UnknownDiluent(f"There is no diluent called {vial.diluent!r}.")
    if not told.on_label:
        sentence = (
            f"Vial {vial.lot} was reconstituted with {told.name[:1].lower()}{told.name[1:]}. {told.text}"
        )
        yield rule_finding("diluent-outside-label", "caution", sentence, told.evidence, vial.id)


def _size(vial: VialState, product: Product) -> Presentation | None:
    return next((size for size in product.presentations if size.key == vial.presentation), None)
