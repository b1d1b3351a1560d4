"""A report as a tagged PDF."""

from __future__ import annotations

from masseter.registry.report.document import Block, Picture, Report, Words
from masseter.ui.paper.typst import render


def paper(report: Report) -> bytes:
    """The whole paper."""
    blocks = [one for section in report.sections for one in section.blocks]
    pictures = {one.name: one.chart.plain_svg for one in blocks if isinstance(one, Picture)}
    data = {
        "title": report.title,
        "lead": report.lead,
        "foot": report.title,
        "marks": [list(pair) for pair in report.marks],
        "sections": [
            {"title": one.title, "blocks": [_told(block) for block in one.blocks]} for one in report.sections
        ],
    }
    return render("registry", data, pictures)


def _told(block: Block) -> dict[str, object]:
    if isinstance(block, Words):
        return {"kind": "words", "text": block.text}
    if isinstance(block, Picture):
        chart = block.chart
        return {"kind": "picture", "name": block.name, "title": chart.title, "words": chart.description}
    # A head without a word is no head for those who cannot see the table.
    columns = [name or "What" for name in block.columns]
    return {
        "kind": "grid",
        "title": block.title,
        "columns": columns,
        "rows": [list(row) for row in block.rows],
    }
