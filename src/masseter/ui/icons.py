"""Icons put inline, so that they follow the text's colour and need no request of their own."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SPRITE = Path(__file__).parent / "icons.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>')


# Drawings that point along the line of reading: mirrored where it runs from right to left.
POINTING = frozenset(
    {"arrow-right", "chevron-right", "login", "logout", "send", "trending-up", "trending-down"}
)


class UnknownIcon(LookupError):
    """No icon of this name is in the sprite; add it to frontend/icons.txt and build."""


@lru_cache(maxsize=1)
def drawings() -> dict[str, str]:
    """The paths of every icon of the sprite, by name."""
    return dict(SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))


def icon_svg(name: str, css: str = "", label: str = "") -> SafeString:
    """One icon as inline SVG; hidden from screen readers unless it has a label.

    Raises: UnknownIcon.
    """
    if name not in drawings():
        raise UnknownIcon(name)
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{} {}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        'stroke-linejoin="round" focusable="false" {}>{}</svg>',
        " icon-flips" if name in POINTING else "",
        css,
        spoken,
        mark_safe(drawings()[name]),
    )
