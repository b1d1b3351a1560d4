"""Reading alerts: which lots of the stock they name, and whether a lot is on an open one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from masseter.core.alerts import LotMatch, compare_lot
from masseter.core.plan.lookup import find_presentation
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.stock.models import Alert, AlertContact, AlertedLot, Lot
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class LotHit:
    """A lot of the stock that an alert names, and how pack and expiry compare."""

    lot: Lot
    alert: Alert
    named: AlertedLot
    match: LotMatch

    @property
    def sentence(self) -> str:
        """Why the lot may not be used."""
        where = f"Lot {self.lot.number} is on the alert “{self.alert.title}” ({self.alert.source})."
        other = [
            words
            for told, words in (
                (self.match.expiry, f"another expiry ({self.named.expiry})"),
                (self.match.pack, f"another pack ({self.named.pack})"),
            )
            if told == "other"
        ]
        if not other:
            return where
        return f"{where} The alert prints {' and '.join(other)}: same lot, so it may be a fake."


def alerts_of(by: Actor) -> list[Alert]:
    """The clinic's alerts, the open ones first, with how many lots each names."""
    alerts = Alert.objects.filter(clinic_id=by.clinic_id).annotate(named=Count("lots"))
    return sorted(alerts, key=lambda each: not each.is_open)


def alert_of(by: Actor, alert_id: int) -> Alert:
    """Raises: NotHere."""
    alert = Alert.objects.filter(clinic_id=by.clinic_id, pk=alert_id).first()
    if alert is None:
        raise NotHere("There is no such alert.")
    return alert


def lots_named(by: Actor, alert: Alert) -> list[AlertedLot]:
    """The lines of an alert's list."""
    return list(AlertedLot.objects.filter(clinic_id=by.clinic_id, alert=alert))


def hits_of(by: Actor, alert: Alert) -> list[LotHit]:
    """The lots of the stock, used up or not, that an alert names by their normalised number."""
    named = lots_named(by, alert)
    numbers = {each.normalised for each in named}
    lots = Lot.objects.filter(clinic_id=by.clinic_id, normalised__in=numbers)
    return _hits(lots, named, {alert.pk: alert})


def open_hits(by: Actor, lot: Lot) -> list[LotHit]:
    """The open alerts that name a lot."""
    named = AlertedLot.objects.filter(
        clinic_id=by.clinic_id, alert__closed_at=None, normalised=lot.normalised
    ).select_related("alert")
    rows = list(named)
    return _hits([lot], rows, {each.alert_id: each.alert for each in rows})


def refuse_alerted(by: Actor, lot: Lot) -> None:
    """Raises: Refused for a lot that an open alert names."""
    hits = open_hits(by, lot)
    if hits:
        raise Refused(f"{hits[0].sentence} It may not be used while the alert is open.")


def contacts_of(by: Actor, alert: Alert) -> list[AlertContact]:
    """Every try to tell a patient of an alert, the oldest first."""
    tries = AlertContact.objects.filter(clinic_id=by.clinic_id, alert=alert)
    return list(tries.select_related("patient"))


def open_alerts(by: Actor) -> list[Alert]:
    """The alerts that nobody has closed."""
    return list(Alert.objects.filter(Q(closed_at=None), clinic_id=by.clinic_id))


def _hits(lots: Iterable[Lot], named: Iterable[AlertedLot], alerts: dict[int, Alert]) -> list[LotHit]:
    """Each lot once for an alert: by the line that agrees best with it."""
    rows: dict[str, list[AlertedLot]] = {}
    for each in named:
        rows.setdefault(each.normalised, []).append(each)
    hits = []
    for lot in lots:
        own = [each for each in rows.get(lot.normalised, ()) if each.product in ("", lot.product)]
        for alert_id in dict.fromkeys(each.alert_id for each in own):
            lines = [(each, _match(each, lot)) for each in own if each.alert_id == alert_id]
            line, match = min(lines, key=lambda pair: pair[1].may_be_fake)
            hits.append(LotHit(lot=lot, alert=alerts[alert_id], named=line, match=match))
    return hits


def _match(named: AlertedLot, lot: Lot) -> LotMatch:
    size = find_presentation(load().products[lot.product], lot.presentation)
    return compare_lot(
        pack=named.pack,
        expiry=named.expiry,
        label_units=f"{size.label_units.normalize():f}",
        gtin=lot.gtin,
        expires_on=lot.expires_on,
    )
