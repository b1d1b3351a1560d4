"""What was typed into a form when the session had ended: kept, encrypted, until the person is back."""

from __future__ import annotations

import json

from django.http import HttpRequest, QueryDict

from masseter.journey.ground.sealed import BrokenSeal, seal, unseal

KEY = "held_form"
KEPT_SECONDS = 3600
LARGEST = 200_000


def hold(request: HttpRequest) -> None:
    """Keep the posted fields in the session. Only the person who opened the form gets them back."""
    fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    text = json.dumps({"path": request.get_full_path(), "fields": fields})
    if len(text) <= LARGEST:
        request.session[KEY] = seal(text, KEY)


def give_back(request: HttpRequest, owner: str) -> QueryDict | None:
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
    if found["fields"].get("form_owner") != [owner]:
        return None
    data = QueryDict(mutable=True)
    for name, values in found["fields"].items():
        data.setlist(name, values)
    return data
