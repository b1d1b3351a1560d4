"""Tables that several commands print: findings, reasons, questions."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from masseter.cli.answers.shape import FindingOut, ReasonOut

_LOOKS = {"stop": "bold red", "caution": "yellow", "note": "", "emergency": "bold red", "call": "yellow"}
_SURE = {"verified": "", "from_memory": " (from memory)", "design": " (our choice)"}


def show_findings(findings: Iterable[FindingOut], console: Console) -> None:
    """Every finding with its sources, the gravest first."""
    table = Table("", "Finding", "Sources", box=None, pad_edge=False, show_edge=False)
    for found in findings:
        about = f" [{found.subject}]" if found.subject else ""
        words = Text(f"{found.sentence}{about}")
        words.append(f"\n{found.code}", style="dim")
        if found.asks:
            words.append(f"\nask: {', '.join(found.asks)}", style="cyan")
        table.add_row(
            Text(found.severity, style=_LOOKS[found.severity]),
            words,
            Text(f"{', '.join(found.sources)}{_SURE[found.sure]}", style="dim"),
        )
    console.print(table if table.row_count else "No finding.")


def show_reasons(reasons: Iterable[ReasonOut], console: Console) -> None:
    """Every reason with its sources."""
    table = Table("", "Reason", "Sources", box=None, pad_edge=False, show_edge=False)
    for reason in reasons:
        words = Text(reason.sentence)
        words.append(f"\n{reason.code}", style="dim")
        sources = Text(f"{', '.join(reason.sources)}{_SURE[reason.sure]}", style="dim")
        table.add_row(Text(reason.says, style=_LOOKS.get(reason.says, "")), words, sources)
    console.print(table if table.row_count else "No reason.")


def heading(words: str, console: Console, style: str = "bold") -> None:
    """A line that stands out."""
    console.print(Text(words, style=style))
