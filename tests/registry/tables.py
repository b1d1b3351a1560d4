"""Small foreign tables for the tests of taking in, and the mapping that fits them."""

from __future__ import annotations

from pathlib import Path

MAPPING = """
format: 1
name: invented
condition: bruxism
patient: [id]
measure: {key: vas, low: 0, high: 100, step: 1}
visits: {time: day, unit: days, score: vas}
given: {units: units, product: product}
reference_units: {onabotulinumtoxinA: 50, incobotulinumtoxinA: 50}
known: {sex: sex}
"""
HEADER = "id,day,vas,units,product,sex"
GOOD = (
    "a,-3,70,,,F",
    "a,0,,50,onabotulinumtoxinA,F",
    "a,14,40,,,F",
    "a,84,60,60,onabotulinumtoxinA,F",
    "b,0,80,50,incobotulinumtoxinA,M",
    "b,28,35,,,M",
)


def written(folder: Path, *lines: str, mapping: str = MAPPING, header: str = HEADER) -> tuple[Path, Path]:
    """A table and a mapping file."""
    table, chart = folder / "table.csv", folder / "mapping.yaml"
    table.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    chart.write_text(mapping, encoding="utf-8")
    return table, chart
