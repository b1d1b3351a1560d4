"""What the demo shows and nothing else does: its sign-ins and its messages."""

from __future__ import annotations

from django import template
from django.conf import settings

from masseter.journey.accounts.demo import ALL_STAFF, DEMO_PATIENTS, PASSWORD, code_now

register = template.Library()
NEWEST = 1


@register.simple_tag
def demo_sign_ins() -> dict[str, object]:
    """The demo's people with the codes of this moment; empty outside the demo."""
    if not settings.IS_DEMO:
        return {}
    staff = [
        {"role": person.role, "email": person.email, "code": code_now(person.secret)} for person in ALL_STAFF
    ]
    return {"password": PASSWORD, "staff": staff, "patients": DEMO_PATIENTS}


@register.simple_tag
def demo_mail() -> list[str]:
    """The newest messages that the demo would have sent; empty outside the demo."""
    if not settings.IS_DEMO or not settings.MAIL_FOLDER.exists():
        return []
    newest = sorted(settings.MAIL_FOLDER.glob("*.log"), key=lambda path: path.stat().st_mtime)[-NEWEST:]
    return [_body(path.read_text()) for path in reversed(newest)]


def _body(letter: str) -> str:
    """A message without its headers."""
    return letter.partition("\n\n")[2].strip("-\n ")
