"""How the sign-in library is bent to our rules."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Nobody signs up alone; a person is added by the clinic."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
