"""The stock in the browser: the manager takes vials in, as much as the stories need."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.script import Stage


def receive(stage: Stage, size: str, *, count: int = 3) -> str:
    """Take a lot of this size into stock; answers its number."""
    walk, script = stage.manager, stage.script
    expires = (script.begins + timedelta(days=500)).date()
    number = f"LOT-{script.case.id.upper()}"
    walk.go("lot_receive")
    walk.select("Product and vial size", size)
    walk.fill("Lot number", number)
    walk.fill("Expiry", expires.isoformat())
    walk.fill("Number of vials", count)
    walk.tick("I have compared lot")
    walk.press("Take into stock")
    walk.sees(number)
    return number
