"""Forms of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm

from masseter.journey.accounts.models import User
from masseter.journey.accounts.queries import actor_for


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # the library is not typed
    """A code by e-mail is for patients: staff need their password and second factor.

    For a staff address the answer is the same as for an unknown one, so that nothing is revealed.
    """

    def clean(self) -> dict[str, Any]:  # Any: the library's own signature
        data: dict[str, Any] = super().clean() or {}
        user = getattr(self, "_user", None)
        if isinstance(user, User):
            actor = actor_for(user)
            if actor is None or not actor.is_patient:
                self._user = None
        return data
