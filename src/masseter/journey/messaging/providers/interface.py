"""What a provider is: it takes a message with a key, and never sends one key twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class RefusedForGood(Exception):
    """The provider will not send this: the address does not exist, or it takes nothing of the kind."""


class AddressGone(RefusedForGood):
    """There is nobody at this address any more; it is to be forgotten."""


class TryLater(Exception):
    """The provider could not be reached or asked to wait. Nothing is known to have been sent."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One browser: its address at a push service, its public key and its secret."""

    endpoint: str
    point: bytes
    secret: bytes


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One message ready to go. `key` is the same in every repeat; `stop_url` is empty for an answer.

    `target` and `link`, the path that a press leads to, are of a notification.
    """

    key: str
    to: str
    sender: str
    subject: str
    body: str
    stop_url: str = ""
    language: str = "en"
    target: Target | None = None
    link: str = ""


class Provider(Protocol):
    """Carries messages of one channel."""

    @property
    def name(self) -> str:
        """What the journal calls it."""

    def hand_over(self, envelope: Envelope) -> str:
        """Take a message; answer what the provider calls it, which may be nothing.

        A key that was taken before is answered as the first time and not sent again.
        Raises: RefusedForGood (AddressGone where the address is to be forgotten), TryLater.
        """

    def close(self) -> None:
        """Let go of a connection that was kept between messages."""
