"""The stock in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from masseter.journey.stock.ledger import FINISHED
from masseter.journey.stock.models import Lot, Vial
from masseter.journey.stock.queries import Happening, LotCount, past_use
from masseter.knowledge.load import load

# From so many days before the expiry the list says it.
SOON = timedelta(days=60)

HAPPENINGS = {
    "stock.lot_received": ("Taken into stock", "packages"),
    "stock.lot_quarantined": ("Put into quarantine", "lock"),
    "stock.lot_recalled": ("Recalled", "alert-octagon"),
    "stock.lot_released": ("Released for use", "lock-open"),
    "stock.vial_given_back": ("Booked by mistake, given back to quarantine", "history"),
    "stock.vial_taken_instead": ("Booked by a correction", "history"),
    "stock.vial_opened": ("Opened for a patient", "vaccine-bottle"),
    "stock.vial_discarded": ("Thrown away", "trash"),
    "stock.vial_returned": ("Returned to the supplier", "arrow-back-up"),
    "stock.vial_quarantined": ("Put into quarantine", "lock"),
    "stock.vial_released": ("Released for use", "lock-open"),
    "stock.vials_moved": ("Put into a place of storage", "archive"),
    "stock.alert_entered": ("An alert was entered", "alert-octagon"),
    "stock.vial_used": ("Used for a treatment", "needle"),
}
LOT_CHANGES = {
    Lot.State.AVAILABLE: [
        ("quarantined", "Put the lot into quarantine"),
        ("recalled", "Mark it as recalled"),
    ],
    Lot.State.QUARANTINED: [("available", "Release it for use"), ("recalled", "Mark it as recalled")],
    Lot.State.RECALLED: [("quarantined", "The recall was an error: back to quarantine")],
}
RETURN = ("return", "Send it back to the supplier")
VIAL_CHANGES = {
    Vial.State.SEALED: [
        ("quarantine", "Put the vial into quarantine"),
        RETURN,
        ("discard", "Throw it away"),
    ],
    Vial.State.OPENED: [("quarantine", "Put the vial into quarantine"), ("discard", "Throw the rest away")],
    Vial.State.QUARANTINED: [("release", "Release it for use"), ("discard", "Throw it away")],
}
_STATES = {"available": "good", "quarantined": "caution", "recalled": "stop"}
_VIAL_STATES = {
    "sealed": "good",
    "opened": "brand",
    "used": "plain",
    "discarded": "plain",
    "quarantined": "caution",
    "returned": "plain",
}


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A small word with its tone."""

    tone: str
    words: str


@dataclass(frozen=True, kw_only=True)
class LotRow:
    """One lot of the list."""

    lot: Lot
    name: str
    tags: tuple[Tag, ...]
    sealed: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of a history."""

    title: str
    icon: str
    at: datetime
    name: str
    why: str


def plain(number: Decimal | None) -> str:
    """A number without trailing zeros; empty when it is not there."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def size_name(product: str, presentation: str) -> str:
    """A vial size in words, e.g. 'Botox 100 units'."""
    brand = load().products.get(product)
    if brand is None:
        return product
    size = next((each for each in brand.presentations if each.key == presentation), None)
    return f"{brand.brand}, {plain(size.label_units)} units" if size else brand.brand


def size_choices() -> list[tuple[str, str]]:
    """Every vial size that we know, by brand."""
    products = sorted(load().products.values(), key=lambda product: product.brand)
    return [
        (f"{product.key}|{size.key}", size_name(product.key, size.key))
        for product in products
        for size in product.presentations
    ]


def lot_row(counted: LotCount, today: date) -> LotRow:
    """A lot for the list."""
    lot = counted.lot
    return LotRow(
        lot=lot,
        name=size_name(lot.product, lot.presentation),
        tags=tuple(lot_tags(lot, today)),
        sealed=counted.sealed,
        total=counted.total,
    )


def lot_tags(lot: Lot, today: date) -> list[Tag]:
    """State and expiry of a lot, as far as they need to be seen."""
    tags = [Tag(tone=_STATES[lot.state], words=lot.get_state_display())]
    if lot.is_expired(today):
        tags.append(Tag(tone="stop", words="Expired"))
    elif lot.expires_on - today <= SOON:
        days = (lot.expires_on - today).days
        tags.append(Tag(tone="caution", words=f"{days} day{'' if days == 1 else 's'} left"))
    return tags


def tags_at_vial(vial: Vial, today: date) -> list[Tag]:
    """What there is to see of its lot: of a vial that is used up, only that the lot may not be used."""
    is_over = vial.state in FINISHED and vial.lot.state == Lot.State.AVAILABLE
    return [] if is_over else lot_tags(vial.lot, today)


def vial_changes(vial: Vial) -> list[tuple[str, str]]:
    """What may become of a vial: only a whole one goes back."""
    changes = VIAL_CHANGES.get(Vial.State(vial.state), [])
    is_whole = vial.state == Vial.State.QUARANTINED and vial.opened_at is None
    return [*changes, RETURN] if is_whole else changes


def vial_tag(vial: Vial) -> Tag:
    """The state of a vial."""
    return Tag(tone=_VIAL_STATES[vial.state], words=vial.get_state_display())


def use_clock(vial: Vial, now: datetime) -> Tag | None:
    """How long an opened vial may still be used."""
    until = past_use(vial, now)
    if vial.state != Vial.State.OPENED or until is None:
        return None
    if now > until:
        return Tag(tone="stop", words="Past its in-use time: throw it away")
    minutes = int((until - now).total_seconds() // 60)
    return Tag(tone="brand", words=f"May be used for another {minutes // 60} h {minutes % 60} min")


def told(history: list[Happening]) -> list[Told]:
    """A history in words."""
    lines = []
    for each in history:
        title, icon = HAPPENINGS.get(each.what, (each.what, "circle"))
        lines.append(Told(title=title, icon=icon, at=each.at, name=each.name, why=each.why))
    return lines
