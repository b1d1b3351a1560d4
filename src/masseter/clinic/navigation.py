"""The clinic's menu: what a person's rights open, in the order of a day."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from masseter.journey.ground.rights import Right

# label, address name, icon, right
ITEMS = (
    ("Today", "clinic_home", "home", Right.SEE_HOME),
    ("Patients", "people", "users", Right.SEE_PEOPLE),
    ("Calendar", "calendar", "calendar", Right.KEEP_CALENDAR),
    ("Requests", "referrals", "inbox", Right.KEEP_REFERRALS),
    ("Own schemes", "own_schemes", "bookmark", Right.KEEP_SCHEMES),
    ("About records", "asked_list", "message", Right.ANSWER_ABOUT_RECORDS),
    ("Recalls", "recalls", "bell", Right.SEE_RECALLS),
    ("Messages", "messages", "mail", Right.KEEP_PEOPLE),
    ("Message settings", "message_settings", "adjustments", Right.KEEP_MESSAGES),
    ("Stock", "stock", "vaccine-bottle", Right.SEE_STOCK),
    ("Billing", "billing", "file-description", Right.SEE_BILLING),
    ("Staff", "staff", "id", Right.KEEP_STAFF),
    ("Letterhead", "letterhead", "file-text", Right.KEEP_LETTERHEAD),
    ("Retention", "retention", "archive", Right.KEEP_RETENTION),
    ("Audit trail", "audit_trail", "history", Right.SEE_AUDIT),
    ("Knowledge", "knowledge", "book", Right.SEE_HOME),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav`: the menu of the person signed in; empty for patients and visitors."""
    by = getattr(request, "by", None)
    if by is None or by.is_patient:
        return {"nav": []}
    nav = []
    for label, name, icon, right in ITEMS:
        if not by.may(right):
            continue
        url = reverse(name)
        is_home = name == "clinic_home"
        active = request.path == url if is_home else request.path.startswith(url)
        nav.append({"label": label, "url": url, "icon": icon, "active": active})
    return {"nav": nav}
