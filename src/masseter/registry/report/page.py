"""A report as one web page that stands alone: no script, no request to anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from masseter.registry.report.document import Block, Grid, Picture, Report, Section, Words

STYLE = (Path(__file__).parent / "page.css").read_text()


def page(report: Report) -> str:
    """The whole page."""
    title = escape(report.title)
    links = "".join(f'<li><a href="#{_key(one)}">{escape(one.title)}</a></li>' for one in report.sections)
    marks = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in report.marks)
    sections = "".join(_section(one) for one in report.sections)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>\n"
        f"<header><h1>{title}</h1><p>{escape(report.lead)}</p></header>\n"
        f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n'
        f'<main>{sections}<section id="marks"><h2>What it was made from</h2><dl>{marks}</dl></section>'
        "</main>\n"
        "</body>\n</html>\n"
    )


def _key(section: Section) -> str:
    return "-".join(section.title.lower().split())


def _section(section: Section) -> str:
    blocks = "".join(_block(one) for one in section.blocks)
    return f'<section id="{_key(section)}"><h2>{escape(section.title)}</h2>{blocks}</section>\n'


def _block(block: Block) -> str:
    if isinstance(block, Words):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Picture):
        title, told = escape(block.chart.title), escape(block.chart.description)
        return f"<figure>{block.chart.svg}<figcaption><b>{title}.</b> {told}</figcaption></figure>"
    return "".join(_grid(block))


def _grid(block: Grid) -> Iterator[str]:
    # A table that is wider than a phone scrolls in its own frame, also by keyboard.
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{escape(block.title)}">'
    yield f"<table><caption>{escape(block.title)}</caption><thead><tr>"
    yield "".join(
        f'<th scope="col">{escape(name)}</th>' if name else '<td class="corner"></td>'
        for name in block.columns
    )
    yield "</tr></thead><tbody>"
    for first, *rest in block.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
