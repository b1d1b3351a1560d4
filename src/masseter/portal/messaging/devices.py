"""Turning notifications on and off, browser by browser."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from masseter.journey.ground.refusals import Refused
from masseter.journey.messaging.actions.devices import turn_off_device, turn_on_device
from masseter.journey.messaging.devices import devices_of, label_of, own_device
from masseter.journey.messaging.push.endpoints import LONGEST
from masseter.journey.messaging.push.vapid import public_key
from masseter.portal.home.views import OwnPage
from masseter.ui.lines import worker_script
from masseter.ui.pages import Context, FormPage

KEY = 200  # characters of a key


class DeviceForm(forms.Form):
    """What a browser gives when it is subscribed, or the number of a device to turn off."""

    endpoint = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    point = forms.CharField(required=False, max_length=KEY, widget=forms.HiddenInput)
    secret = forms.CharField(required=False, max_length=KEY, widget=forms.HiddenInput)
    off = forms.IntegerField(
        label=lazy("Device to turn off"),
        required=False,
        min_value=1,
        max_value=2**62,
        widget=forms.HiddenInput,
    )


class MyDevicesView(OwnPage, FormPage):
    """Notifications of this browser, and the other browsers where they are on."""

    template = "portal/messaging/devices.html"
    page_name = "Notifications"
    form_class = DeviceForm
    keeps_typed = False  # nothing is typed, and the address of a device is a secret

    def context(self) -> Context:
        devices = devices_of(self.patient)
        return {
            "devices": devices,
            "notify": {
                "key": public_key(),
                "worker": reverse("my_messages_worker"),
                "devices": {bytes(one.mark).hex(): one.pk for one in devices},
                "words": _words(),
            },
        }

    def act(self, form: forms.Form) -> str:
        told: dict[str, Any] = form.cleaned_data  # Any: text, and a number
        if told["off"]:
            turn_off_device(by=self.by, device=own_device(self.by, told["off"]))
            messages.success(self.request, _("Notifications are off there."))
        elif told["endpoint"]:
            turn_on_device(
                by=self.by,
                patient=self.patient,
                endpoint=told["endpoint"],
                point=told["point"],
                secret=told["secret"],
                label=label_of(self.request.headers.get("User-Agent", "")),
            )
            messages.success(
                self.request, _("Notifications are on in this browser. They come first from now on.")
            )
        else:
            raise Refused("This browser has not been asked yet. It takes JavaScript to turn them on.")
        return reverse("my_devices")


def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows what comes; the same for everybody."""
    return worker_script("notify-worker.js")


def _words() -> dict[str, str]:
    return {
        "ask": _("They are off in this browser. It asks you once whether it may show them."),
        "on": _("They are on in this browser."),
        "waits": _("Please wait. Your browser may ask you something."),
        "refused": _(
            "This browser does not allow notifications of this page. You can change that in the settings of "
            "the browser. Other messages come as before."
        ),
        "none": _("This browser cannot show notifications. Other messages come as before."),
        "apple": _(
            "On an iPhone or iPad, put this page on your home screen first: press Share, then “Add to Home "
            "Screen”. Open it from there and come back to this page."
        ),
        "failed": _("It did not work. Try again later. Other messages come as before."),
    }
