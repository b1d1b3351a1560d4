"""The demo's stock: where vials stand, how warm it was, one warm night, one alert with an invented lot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from masseter.cli.demo.acting import Company, moment
from masseter.journey.stock.actions import receive_lot, set_level
from masseter.journey.stock.alert_actions import enter_alert, record_contact
from masseter.journey.stock.models import Alert, AlertContact, StorageUnit, TemperatureExcursion, Vial
from masseter.journey.stock.storage_actions import add_unit
from masseter.journey.stock.temperature_actions import discard_exposed, import_temperatures, release_exposed

MAIN, SPARE = "Fridge 1, treatment room", "Fridge 2, store room"
FREEZER, CUPBOARD = "Freezer, store room", "Cupboard, treatment room"
# name → kind of place, longest minutes between two readings
UNITS = {
    MAIN: ("refrigerator", 60),
    SPARE: ("refrigerator", 60),
    FREEZER: ("freezer", 60),
    CUPBOARD: ("room", 60),
}
ALERTED = "DEMO-B100-0"
# product, presentation, lot number, days until it expires, vials, where they stand
LOTS = (
    ("botox", "botox-100", ALERTED, 25, 6, MAIN),
    ("botox", "botox-100", "DEMO-B100-1", 40, 30, MAIN),
    ("botox", "botox-100", "DEMO-B100-2", 400, 30, FREEZER),
    ("botox", "botox-200", "DEMO-B200-1", 300, 20, SPARE),
    ("xeomin", "xeomin-100", "DEMO-X100-1", 500, 10, CUPBOARD),
    ("dysport", "dysport-500", "DEMO-D500-1", 250, 4, SPARE),
)
DAYS = 8
# Hours before now: the door of the spare fridge stood open for a night, after every treatment of the demo.
WARM = {50: "9.1", 49: "10.8", 48: "11.6", 47: "9.7"}
DAILY = ("4.2", "4.4", "4.8", "5.3", "5.1", "4.6")


def fill(company: Company, today: date) -> None:
    """Take the lots into stock, each to its place."""
    by = company.manager
    units = {
        name: add_unit(by=by, name=name, place=place, longest_minutes=minutes)
        for name, (place, minutes) in UNITS.items()
    }
    for product, presentation, number, days, count, place in LOTS:
        receive_lot(
            by=by,
            product=product,
            presentation=presentation,
            number=number,
            expires_on=today + timedelta(days=days),
            count=count,
            unit=units[place],
        )
    set_level(by=by, product="dysport", presentation="dysport-500", least=6)


def watch(company: Company) -> None:
    """The loggers' files of the last days, and what was decided about the warm night."""
    for unit in StorageUnit.objects.filter(clinic_id=company.manager.clinic_id):
        text = "Time,Temperature °C\n" + "\n".join(_lines(unit, moment(0, 23)))
        import_temperatures(by=company.manager, unit=unit, name="demo-logger.csv", text=text, zone="UTC")
    for found in TemperatureExcursion.objects.filter(clinic_id=company.manager.clinic_id):
        _decide(company, found)


def alert(company: Company) -> None:
    """An alert with an invented lot: what it touched, and one patient who was told."""
    entered = enter_alert(
        by=company.manager,
        kind=Alert.Kind.RECALL,
        title="Demo only: invented recall of one lot",
        source="Invented for the demo, no real alert",
        text="This lot and this recall do not exist. They show what a real alert would touch.",
        lots=f"{ALERTED},Botox,100 units",
    )
    vial = Vial.objects.filter(lot__number=ALERTED, patient__isnull=False).select_related("patient").first()
    if vial is not None and vial.patient is not None:
        record_contact(
            by=company.desk,
            alert=entered,
            patient=vial.patient,
            how=AlertContact.How.PHONE,
            was_reached=True,
            note="Is well, has no questions.",
        )


def _lines(unit: StorageUnit, last: datetime) -> Iterator[str]:
    for hours in range(DAYS * 24, -1, -1):
        if unit.name == MAIN and 100 < hours < 104:
            continue  # the logger of the main fridge had no battery
        degrees = DAILY[hours % 24 // 4]
        if unit.name == SPARE:
            degrees = WARM.get(hours, degrees)
        if unit.name == FREEZER:
            degrees = f"-{18 + hours % 5 / 10}"
        if unit.name == CUPBOARD:
            degrees = f"{20 + hours % 7 / 2}"
        yield f"{last - timedelta(hours=hours):%Y-%m-%dT%H:%M}Z,{degrees}"


def _decide(company: Company, found: TemperatureExcursion) -> None:
    by = company.manager
    waiting = [
        each.vial_id
        for each in found.exposed.filter(vial__state=Vial.State.QUARANTINED).order_by("vial__place")
    ]
    told = "Demo: the maker’s medical information, by telephone"
    if waiting and found.product == "dysport":
        discard_exposed(by=by, excursion=found, vials=waiting[:1], reason="Stood next to the open door.")
        waiting = waiting[1:]
    if waiting:
        release_exposed(
            by=by, excursion=found, vials=waiting, reason=f"{told}: may be used, the next ones first."
        )
