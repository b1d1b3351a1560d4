"""What was typed into forms when the session had ended: kept, encrypted, until the person is back."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground.actor import Actor
from masseter.journey.ground.sealed import BrokenSeal, seal, unseal

KEY = "held_forms"
KEPT_SECONDS = 3600
LARGEST = 200_000
MOST = 6
TOO_LARGE = _(
    "What you typed is too long to be kept while you sign in, and nothing of it was saved. "
    "Go back in your browser now, copy it, and then sign in."
)
TOO_MANY = _(
    "So many forms were open that this one could not be kept, and nothing of it was saved. "
    "Go back in your browser now, copy what you typed, and then sign in."
)


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
    """Keep the posted fields in the session, each form of each page for itself.

    Only the person who opened the form gets them back. What was never a form of ours is not kept:
    strangers fill no sessions. Nor is what a page sends by itself while one types. What can't be kept
    is said at once, while the browser still has it.
    """
    if not (_keeps_typed(request) and is_ours(request)):
        return
    fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    text = json.dumps({"path": request.get_full_path(), "fields": fields})
    if len(text) > LARGEST:
        messages.warning(request, TOO_LARGE)
        return
    kept = [(sealed, found) for sealed, found in _kept(request) if not _is_same(found, request)]
    if len(kept) >= MOST:
        messages.warning(request, TOO_MANY)
        return
    request.session[KEY] = [sealed for sealed, _ in kept] + [seal(text, KEY)]


def give_back(request: HttpRequest, by: Actor) -> QueryDict | None:
    """The fields kept for this page and this person, once, the newest first; None where there are none."""
    if KEY not in request.session:
        return None
    kept = _kept(request)
    here = [found for _, found in kept if found["path"] == request.get_full_path()]
    own = [found for found in here if found["fields"].get("form_owner") == [owner_of(by)]]
    given = own[-1] if own else None
    # What somebody else typed on this page is nothing for the one who is here now.
    gone = [found for found in here if found not in own] + ([given] if given else [])
    request.session[KEY] = [sealed for sealed, found in kept if found not in gone]
    if given is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in given["fields"].items():
        data.setlist(name, values)
    return data


Found = dict[str, Any]  # Any: a path, and fields with their lists of values


def _kept(request: HttpRequest) -> list[tuple[str, Found]]:
    """What is kept and may still be given back, the oldest first."""
    kept = []
    for sealed in request.session.get(KEY, []):
        try:
            kept.append((sealed, json.loads(unseal(sealed, KEY, within_seconds=KEPT_SECONDS))))
        except BrokenSeal:
            continue
    return kept


def _is_same(found: Found, request: HttpRequest) -> bool:
    """Whether this is an earlier sending of the form that is sent now."""
    key = found["fields"].get("form_key")
    return bool(found["path"] == request.get_full_path() and key == request.POST.getlist("form_key"))


def _keeps_typed(request: HttpRequest) -> bool:
    view = getattr(request.resolver_match.func, "view_class", None) if request.resolver_match else None
    return bool(getattr(view, "keeps_typed", False))


def _signer() -> Signer:
    return Signer(salt="masseter.form-owner")
