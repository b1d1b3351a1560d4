"""What an alert does to a lot that it names: the same, whether the lot or the alert came first."""

from __future__ import annotations

from masseter.journey.audit.trail import record
from masseter.journey.ground.actor import Actor
from masseter.journey.stock.alerted import LotHit
from masseter.journey.stock.models import Alert, Lot

_EVENTS = {Lot.State.QUARANTINED: "stock.lot_quarantined", Lot.State.RECALLED: "stock.lot_recalled"}


def block_lot(by: Actor, hit: LotHit) -> Lot:
    """Take a lot out of use: recalled where a recall names just this pack, else in quarantine."""
    lot = Lot.objects.select_for_update().get(clinic_id=by.clinic_id, pk=hit.lot.pk)
    is_recall = hit.alert.kind == Alert.Kind.RECALL and not hit.match.may_be_fake
    wanted = Lot.State.RECALLED if is_recall or lot.state == Lot.State.RECALLED else Lot.State.QUARANTINED
    lot.reason = f"{lot.reason} {hit.sentence}".strip() if lot.state != Lot.State.AVAILABLE else hit.sentence
    lot.state = wanted
    lot.version += 1
    lot.save()
    record(by=by, what=_EVENTS[wanted], on=lot, why=hit.sentence, data={"alert": hit.alert.pk})
    return lot
