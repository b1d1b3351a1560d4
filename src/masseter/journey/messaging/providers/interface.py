"""What a provider is: it takes a message with a key, and never sends one key twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class RefusedForGood(Exception):
    """The provider will not send this: the address does not exist, or it takes nothing of the kind."""


class TryLater(Exception):
    """The provider could not be reached or asked to wait. Nothing is known to have been sent."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One message ready to go. `key` is the same in every repeat; `stop_url` is empty for an answer."""

    key: str
    to: str
    sender: str
    subject: str
    body: str
    stop_url: str = ""
    language: str = "en"


class Provider(Protocol):
    """Carries messages of one channel."""

    @property
    def name(self) -> str:
        """What the journal calls it."""

    def hand_over(self, envelope: Envelope) -> str:
        """Take a message; answer what the provider calls it, which may be nothing.

        A key that was taken before is answered as the first time and not sent again.
        Raises: RefusedForGood, TryLater.
        """

    def close(self) -> None:
        """Let go of a connection that was kept between messages."""
