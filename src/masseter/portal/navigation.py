"""The patient's menu: what one comes for most, reachable with a thumb."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground.rights import Right

# label, address name, icon, right: a carer finds what is open to carers
ITEMS = (
    (_("Today"), "my_home", "home", Right.SEE_OWN),
    (_("Diary"), "my_diary", "notebook", Right.WRITE_OWN_DIARY),
    (_("How are you?"), "my_symptoms", "heart", Right.OWN_CARE),
    (_("Results"), "my_results", "chart-line", Right.SEE_OWN),
    (_("Aftercare"), "my_aftercare", "clipboard-heart", Right.SEE_OWN),
    (_("What next?"), "my_follow_up", "calendar-due", Right.SEE_OWN),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav`: the menu of a patient or a carer who is signed in; `cares`: somebody is here for another."""
    by = getattr(request, "by", None)
    if by is None or not by.is_patient:
        return {}
    nav = []
    for label, name, icon, right in ITEMS:
        if not by.may(right):
            continue
        url = reverse(name)
        is_home = name == "my_home"
        active = request.path == url if is_home else request.path.startswith(url)
        nav.append({"label": label, "url": url, "icon": icon, "active": active})
    cares = by.may(Right.SEE_OWN) and not by.may(Right.OWN_CARE)
    return {"nav": nav, "cares": cares}
