"""The report of data sets in one go: a page and a paper, the same bytes for the same inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from masseter.registry.code import code_hash
from masseter.registry.dataset import Manifest, new_folder
from masseter.registry.fit_file import read_fit
from masseter.registry.problems import whole
from masseter.registry.report.document import Report
from masseter.registry.report.measures import measure
from masseter.registry.report.page import page
from masseter.registry.report.paper import paper
from masseter.registry.report.rules import rules_for
from masseter.registry.report.writing import sections
from masseter.registry.sources import Sources, open_datasets

PAGE, PAPER = "report.html", "report.pdf"


def make_report(out: Path, folders: Sequence[Path], fit: Path | None) -> Report:
    """Write the report of data sets, with the fit of the very same data where one is named.

    Raises CannotTake as `open_datasets` and `read_fit` do, where the fit is of other data, and where
    something is there already.
    """
    sources = open_datasets(folders)
    told = None if fit is None else read_fit(fit)
    if told is not None and told["data_hash"] != sources.digest:
        raise whole(f"'{fit.name if fit else ''}' is the fit of other data")
    report = _report(sources, told)
    with new_folder(out) as work:
        (work / PAGE).write_text(page(report), encoding="utf-8")
        (work / PAPER).write_bytes(paper(report))
    return report


def _report(sources: Sources, fit: dict[str, Any] | None) -> Report:  # Any: as JSON holds it
    rules = rules_for(sources.condition, sources.measure)
    many = len(sources.manifests)
    invented = any(one.made.get("by") == "simulate" or one.made.get("is_demo") for one in sources.manifests)
    lead = (
        f"{sources.patients:,} patients from {many} data set{'s' if many > 1 else ''}, judged by "
        f"{rules.measure.lower()}." + (" Nobody in it is real." if invented else "")
    )
    return Report(
        title=f"Registry report: {rules.condition}",
        lead=lead,
        marks=tuple(_marks(sources, fit)),
        sections=tuple(sections(measure(sources, rules), rules, fit)),
    )


def _marks(sources: Sources, fit: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    ordered = sorted(sources.manifests, key=lambda one: (one.name, sorted(one.files.values())))
    for place, manifest in enumerate(ordered, 1):
        yield f"Data set {place}" if len(ordered) > 1 else "Data set", _made(manifest)
    yield "Hash of the data", sources.digest
    yield "Hash of the code", code_hash()
    if fit is not None:
        yield "Fit made by code", str(fit["code_hash"])


def _made(manifest: Manifest) -> str:
    made = manifest.made
    words = [manifest.name, f"{manifest.patients:,} patients", f"made by {made.get('by', 'import')}"]
    if "cut" in made:
        words.append(f"data until {made['cut']}")
    return ", ".join(words)
