"""Turning notifications on and off on a device, and forgetting one that takes none any more."""

from __future__ import annotations

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.actions.choosing import wish_for
from masseter.journey.messaging.devices import devices_of, mark_of, sealed_target
from masseter.journey.messaging.models import DEVICE, TOLD, Channel, Device
from masseter.journey.messaging.push.endpoints import NoPushService, check_endpoint
from masseter.journey.people.models import Patient

MOST = 10
TURNED_OFF = "Turned off by the patient."
TAKEN_OVER = "Somebody else turned notifications on in this browser."


@action(Right.OWN_CARE)
def turn_on_device(
    *, by: Actor, patient: Patient, endpoint: str, point: str, secret: str, label: str
) -> Device:
    """Turn notifications on in a browser; they come before other messages from then on.

    `point` and `secret`: the browser's public key and secret, base64 as browsers give them.
    Raises: Refused for an address of no push service, keys that no browser has, or too many devices.
    """
    try:
        check_endpoint(endpoint)
        sealed = sealed_target(endpoint, point, secret)
    except (NoPushService, ValueError) as error:
        raise Refused(
            "Notifications of this browser cannot be used here. Other messages come as before."
        ) from error
    mark = mark_of(endpoint)
    for known in Device.objects.select_for_update().filter(clinic_id=by.clinic_id, mark=mark, ended_at=None):
        _end(known, TURNED_OFF if known.patient_id == patient.pk else TAKEN_OVER)
    if len(devices_of(patient)) >= MOST:
        raise Refused("Notifications are on in many browsers already. Turn one off first.")
    device = Device.objects.create(
        clinic_id=by.clinic_id, patient=patient, label=label[:DEVICE], mark=mark, sealed=sealed
    )
    wish_for(by, patient, Channel.PUSH)
    record(by=by, what="device.on", on=device, data={"label": device.label})
    return device


@action(Right.OWN_CARE)
def turn_off_device(*, by: Actor, device: Device) -> Device:
    """Turn notifications off on one device. What is kept of its address and keys goes.

    Raises: NotHere for a device of somebody else, or one that is off.
    """
    current = Device.objects.select_for_update().get(pk=device.pk)
    if current.ended_at is not None or current.patient_id != by.patient_id:
        raise NotHere("There is no such device.")
    _end(current, TURNED_OFF)
    record(by=by, what="device.off", on=current, data={"label": current.label})
    return current


@action(Right.SEND_MESSAGES)
def forget_device(*, by: Actor, device: Device, reason: str) -> Device:
    """Forget a device of which its push service says that it is gone; told twice, it is written once."""
    current = Device.objects.select_for_update().get(pk=device.pk)
    is_new = current.ended_at is None
    if is_new:
        _end(current, reason)
    record(by=by, what="device.gone", on=current, why=reason, data={"is_new": is_new})
    return current


def erase_devices(patient: Patient, reason: str) -> int:
    """Erase what is kept of a patient's devices; answers how many. Part of another action."""
    devices = devices_of(patient)
    for device in devices:
        _end(device, reason)
    return len(devices)


def _end(device: Device, reason: str) -> None:
    device.sealed, device.ended_at, device.ended_reason = b"", clock.now(), reason[:TOLD]
    device.save(update_fields=["sealed", "ended_at", "ended_reason"])
