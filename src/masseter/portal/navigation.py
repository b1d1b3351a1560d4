"""The patient's menu: what one comes for most, reachable with a thumb."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# label, address name, icon
ITEMS = (
    (_("Today"), "my_home", "home"),
    (_("Diary"), "my_diary", "notebook"),
    (_("How are you?"), "my_symptoms", "heart"),
    (_("Results"), "my_results", "chart-line"),
    (_("Aftercare"), "my_aftercare", "clipboard-heart"),
    (_("What next?"), "my_follow_up", "calendar-due"),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav`: the menu of a patient who is signed in; nothing for anybody else."""
    by = getattr(request, "by", None)
    if by is None or not by.is_patient:
        return {}
    nav = []
    for label, name, icon in ITEMS:
        url = reverse(name)
        is_home = name == "my_home"
        active = request.path == url if is_home else request.path.startswith(url)
        nav.append({"label": label, "url": url, "icon": icon, "active": active})
    return {"nav": nav}
