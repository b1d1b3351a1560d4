"""What was typed into a form when the session had ended: kept, encrypted, until the person is back."""

from __future__ import annotations

import base64
import hashlib
import json
import time

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, QueryDict

KEY = "held_form"
KEPT_SECONDS = 3600
LARGEST = 200_000


def _box() -> Fernet:
    digest = hashlib.sha256(b"held-form" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def hold(request: HttpRequest) -> None:
    """Keep the posted fields in the session. Only the person who opened the form gets them back."""
    fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    text = json.dumps({"path": request.get_full_path(), "fields": fields, "at": time.time()})
    if len(text) <= LARGEST:
        request.session[KEY] = _box().encrypt(text.encode()).decode()


def give_back(request: HttpRequest, owner: str) -> QueryDict | None:
    """The fields kept for this page and this person, once; None where there are none."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    try:
        found = json.loads(_box().decrypt(kept.encode(), ttl=KEPT_SECONDS))
    except InvalidToken:
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
