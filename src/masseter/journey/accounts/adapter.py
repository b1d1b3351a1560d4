"""How the sign-in library is bent to our rules."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from masseter.journey.ground.sealed import seal, unseal

_PURPOSE = "second-factor"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Nobody signs up alone; a person is added by the clinic."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is not typed
    """The secret of a one-time code app lies sealed in the database."""

    def encrypt(self, text: str) -> str:
        return seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, _PURPOSE)
