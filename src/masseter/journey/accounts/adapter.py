"""How the sign-in library is bent to our rules."""

from __future__ import annotations

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from masseter.journey.ground.sealed import seal, unseal

_PURPOSE = "second-factor"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Nobody signs up alone; a person is added by the clinic."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Too many tries went wrong, one after another. Wait, up to five minutes, "
        "then try again. Each further wrong try makes the wait longer.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is not typed
    """The secret of a one-time code app lies sealed in the database."""

    def encrypt(self, text: str) -> str:
        return seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, _PURPOSE)
