"""How often one address may ask: enough for a family, too little for a flood."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext

from masseter.journey.ground.refusals import Refused

MOST_AN_HOUR = 5
_HOUR = 3600


def count_request(address: str) -> None:
    """Count one request of an address. The address itself is not kept, only a keyed digest for an hour.

    Raises: Refused after too many in one hour.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
    key = f"asked:{digest}"
    if cache.add(key, 1, _HOUR):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # the hour ended between the two lines
        cache.set(key, 1, _HOUR)
        return
    if count > MOST_AN_HOUR:
        raise Refused(gettext("There were many requests from your connection. Wait an hour, or call us."))
