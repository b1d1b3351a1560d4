"""The shape of what waits: a list with a heading, and lines that link to where it is done."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One line: for whom or what, what waits, a mark at the end, and the address."""

    name: str
    words: str
    url: str
    mark: str = ""
    tone: str = "plain"


@dataclass(frozen=True, kw_only=True)
class WorkList:
    """One list of the home page."""

    title: str
    icon: str
    items: list[WorkItem]
    all_url: str = ""

    @property
    def shown(self) -> list[WorkItem]:
        """What the page shows of a long list."""
        return self.items[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(len(self.items) - MOST_SHOWN, 0)
