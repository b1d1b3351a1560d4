"""The devices on which a patient turned notifications on, with what is sealed about them."""

from __future__ import annotations

import hashlib
import json
import re

from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.sealed import BrokenSeal, seal, unseal
from masseter.journey.messaging.models import Device
from masseter.journey.messaging.providers.interface import Target
from masseter.journey.messaging.push.encrypt import check_keys
from masseter.journey.messaging.push.vapid import decoded, public_key
from masseter.journey.people.models import Patient

_PURPOSE = "device"
# What a browser calls itself → what a person calls it; the first that fits. Most claim to be several.
_BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def devices_of(patient: Patient) -> list[Device]:
    """The devices of a patient that are on."""
    return list(Device.objects.filter(patient=patient, clinic_id=patient.clinic_id, ended_at=None))


def own_device(by: Actor, device_id: int) -> Device:
    """One of a patient's own devices that is on.

    Raises: NotHere.
    """
    found = Device.objects.filter(clinic_id=by.clinic_id, patient_id=by.patient_id or 0, ended_at=None)
    device = found.filter(pk=device_id).first()
    if device is None:
        raise NotHere("There is no such device.")
    return device


def mark_of(endpoint: str) -> bytes:
    """What a device is known by. The address itself is long and random, so its digest tells nothing."""
    return hashlib.sha256(endpoint.encode()).digest()


def sealed_target(endpoint: str, point: str, secret: str) -> bytes:
    """What is kept of a device, readable with the installation's secret alone.

    Raises: ValueError for keys that no browser has.
    """
    check_keys(decoded(point), decoded(secret))
    told = {"endpoint": endpoint, "point": point, "secret": secret, "ours": public_key()}
    return seal(json.dumps(told), _PURPOSE).encode()


def target_of(device: Device) -> Target | None:
    """Where a device is reached; None where it was turned on with other keys of this installation."""
    try:
        told = json.loads(unseal(bytes(device.sealed).decode(), _PURPOSE))
    except BrokenSeal:
        return None
    if told["ours"] != public_key():
        return None
    return Target(endpoint=told["endpoint"], point=decoded(told["point"]), secret=decoded(told["secret"]))


def label_of(agent: str) -> str:
    """What a browser is called, from how it names itself: 'Chrome, Android'."""
    parts = [_first(_BROWSERS, agent), _first(_SYSTEMS, agent)]
    return ", ".join(filter(None, parts)) or "Browser"


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, agent)), "")
