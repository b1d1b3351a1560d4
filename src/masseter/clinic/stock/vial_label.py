"""What stands on the label of a reconstituted vial, and in its code."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from masseter.clinic.inject.diluents import diluent_words
from masseter.clinic.stock.presenters import plain, size_name
from masseter.core.plan.reconstitute import concentration
from masseter.core.quantities import plain as plain_number
from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import past_use
from masseter.knowledge.load import load
from masseter.knowledge.model import Product

_MOST_NAME = 34


def code_of(vial: Vial, until: datetime) -> str:
    """What the code says: Masseter's vial number, product, lot, expiry, end of use in UTC."""
    parts = (
        f"MASSETER-VIAL:{vial.pk}",
        vial.lot.product,
        vial.lot.number,
        f"{vial.lot.expires_on:%Y-%m-%d}",
        f"{until.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%MZ}",
    )
    return "|".join(parts)


def vial_label(vial: Vial, clinic: str, zone: str, *, may_see_patient: bool) -> tuple[dict[str, object], str]:
    """The label's data and its code.

    Raises: Refused for a vial that is sealed, empty or of a product that we do not know.
    """
    until, product = past_use(vial, vial.opened_at or vial.created_at), load().products.get(vial.lot.product)
    if vial.state != Vial.State.OPENED or vial.opened_at is None or until is None or product is None:
        raise Refused("Only a vial that is open has a label.")
    local = ZoneInfo(zone)
    code = code_of(vial, until)
    return {
        "title": f"Label of vial {vial}",
        "clinic": clinic,
        "product": size_name(vial.lot.product, vial.lot.presentation),
        "lot": vial.lot.number,
        "expiry": f"{vial.lot.expires_on:%d %b %Y}",
        "strength": _strength(vial, product),
        "diluent": _diluent(vial),
        "prepared": f"{vial.opened_at.astimezone(local):%d %b %Y, %H:%M}, {_short(vial.opened_by_name)}",
        "until": f"{until.astimezone(local):%d %b %Y, %H:%M}",
        **(_patient(vial) if may_see_patient else {"patient": "", "name": ""}),
        "code_words": f"Code of the vial: {code}",
    }, code


def _diluent(vial: Vial) -> str:
    if not vial.diluent_ml:
        return "ready solution"
    return f"in {plain(vial.diluent_ml)} mL {diluent_words(vial.diluent) or 'diluent'}"


def _patient(vial: Vial) -> dict[str, str]:
    """Two lines: number and date of birth, which are never cut, and the name."""
    patient = vial.patient
    if patient is None:
        return {"patient": "not bound to a patient", "name": ""}
    born = f", {patient.birth_date:%d %b %Y}" if patient.birth_date else ""
    return {"patient": f"{patient.number}{born}", "name": _short(str(patient))}


def _short(name: str) -> str:
    """A name as far as a label has room, cut where it can be seen."""
    return name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1]}…"


def _strength(vial: Vial, product: Product) -> str:
    """Units in 0.1 mL, rounded once, for the eye."""
    size = next((each for each in product.presentations if each.key == vial.lot.presentation), None)
    if size is None:
        raise Refused("This vial size is not in the formulary, so it has no label.")
    return f"{plain_number(concentration(size, vial.diluent_ml) / 10)} {product.unit_label} in 0.1 mL"
