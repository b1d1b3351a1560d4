"""Tables of the room `stock`: lots and vials with their ledger, alerts on lots, storage and temperatures."""

from masseter.journey.stock.models.alerts import Alert, AlertContact, AlertedLot
from masseter.journey.stock.models.lots import Lot, Vial
from masseter.journey.stock.models.needs import StockLevel
from masseter.journey.stock.models.storage import (
    ExposedVial,
    Stay,
    StorageUnit,
    TemperatureExcursion,
    TemperatureReading,
)

__all__ = [
    "Alert",
    "AlertContact",
    "AlertedLot",
    "ExposedVial",
    "Lot",
    "Stay",
    "StockLevel",
    "StorageUnit",
    "TemperatureExcursion",
    "TemperatureReading",
    "Vial",
]
