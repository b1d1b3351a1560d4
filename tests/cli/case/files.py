"""Case files for the tests of the commands."""

from __future__ import annotations

from pathlib import Path

MIGRAINE = """\
case: 1
today: 2026-11-25
jurisdiction: US
condition: chronic_migraine
patient: {birth_date: 1984-05-01}
earlier: []
facts:
  headache_days: 22
  migraine_days: 12
plan:
  product: botox
  protocol: migraine_label_155_botox
  diagnosis: chronic_migraine
  presentation: botox-200
  diluent_ml: 4
"""


def written(folder: Path, text: str, name: str = "case.yaml") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
