"""What was typed into a form when the session had ended: kept, encrypted, until the person is back."""

from __future__ import annotations

import json

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict

from masseter.journey.ground.actor import Actor
from masseter.journey.ground.sealed import BrokenSeal, seal, unseal

KEY = "held_form"
KEPT_SECONDS = 3600
LARGEST = 200_000


def owner_of(by: Actor) -> str:
    """Who opened a form, in which clinic: signed, so that only a page of ours can have said it."""
    return _signer().sign(f"{by.user_id}.{by.clinic_id}")


def is_ours(request: HttpRequest) -> bool:
    """Whether the posted form is one that we drew for somebody, unchanged in whom it names."""
    try:
        _signer().unsign(request.POST.get("form_owner", ""))
    except BadSignature:
        return False
    return True


def hold(request: HttpRequest) -> None:
    """Keep the posted fields in the session. Only the person who opened the form gets them back.

    What was never a form of ours is not kept: strangers fill no sessions.
    """
    if not is_ours(request):
        return
    fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    text = json.dumps({"path": request.get_full_path(), "fields": fields})
    if len(text) <= LARGEST:
        request.session[KEY] = seal(text, KEY)


def _signer() -> Signer:
    return Signer(salt="masseter.form-owner")


def give_back(request: HttpRequest, by: Actor) -> QueryDict | None:
    """The fields kept for this page and this person, once; None where there are none."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    try:
        found = json.loads(unseal(kept, KEY, within_seconds=KEPT_SECONDS))
    except BrokenSeal:
        del request.session[KEY]
        return None
    if found["path"] != request.get_full_path():
        return None
    del request.session[KEY]
    if found["fields"].get("form_owner") != [owner_of(by)]:
        return None
    data = QueryDict(mutable=True)
    for name, values in found["fields"].items():
        data.setlist(name, values)
    return data
