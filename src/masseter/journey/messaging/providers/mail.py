"""Mail: a stable Message-ID, one connection for many messages, and refusals told apart from hiccups."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from masseter.journey.messaging.providers.interface import Envelope, RefusedForGood, TryLater

_FOR_GOOD = 500  # SMTP answers from here on are final (RFC 5321, 4.2.1)


class MailProvider:
    """Hands mail to the configured server, which takes no key; decision 033 says what once means."""

    name = "mail"

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def hand_over(self, envelope: Envelope) -> str:
        message_id = message_id_of(envelope.key)
        try:
            # One address and nothing more: a second one in it would get the letter too.
            validate_email(envelope.to)
            letter = self._letter(envelope, message_id)
            if self._connection is None:
                self._connection = get_connection()
                self._connection.open()
            self._connection.send_messages([letter])
        except SMTPRecipientsRefused as error:
            self.close()
            code, words = next(iter(error.recipients.values()))
            raise _judged(code, words) from error
        except (SMTPDataError, SMTPSenderRefused) as error:
            self.close()
            raise _judged(error.smtp_code, error.smtp_error) from error
        except (SMTPException, OSError) as error:
            self.close()
            raise TryLater(_said(error)) from error
        except (ValidationError, ValueError) as error:
            # An address or a name that no header can hold.
            raise RefusedForGood("This is no e-mail address, or a header cannot hold it.") from error
        return message_id

    def close(self) -> None:
        if self._connection is None:
            return
        connection, self._connection = self._connection, None
        try:
            connection.close()
        except (SMTPException, OSError):
            # It is gone already, which is what was wanted.
            return

    def _letter(self, envelope: Envelope, message_id: str) -> EmailMessage:
        headers = {
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": envelope.language,
        }
        if envelope.stop_url:
            headers["List-Unsubscribe"] = f"<{envelope.stop_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return EmailMessage(
            envelope.subject,
            envelope.body,
            formataddr((envelope.sender, address)),
            [envelope.to],
            headers=headers,
            connection=self._connection,
        )


def message_id_of(key: str) -> str:
    """The Message-ID of a key: the same in every repeat, so that a mailbox can drop the second."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{key}@{host}>"


def _judged(code: int, words: bytes | str) -> Exception:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    said = f"{code} {' '.join(text.split())}"
    return RefusedForGood(said) if code >= _FOR_GOOD else TryLater(said)


def _said(error: Exception) -> str:
    """What went wrong, without what was to be sent."""
    if isinstance(error, SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return f"{type(error).__name__}: {error}"
