"""The reference pages that are written from what runs, so that they cannot go stale unseen."""

from __future__ import annotations

from pathlib import Path

from masseter.cli.reference import (
    adjustments,
    adversary,
    billing,
    commands,
    conditions,
    findings,
    guidelines,
    limits,
    practice,
    products,
    program,
    records,
    scales,
    schemas,
    sites,
    states,
    worked,
)
from masseter.knowledge.load import load


def pages() -> dict[str, str]:
    """File name → text of every generated page."""
    known = load()
    return {
        "roles.md": program.roles(),
        "actions.md": program.actions(),
        "settings.md": program.settings_page(),
        "commands.md": commands.commands(),
        "states.md": states.states(),
        "conditions.md": conditions.conditions(known),
        "guidelines.md": guidelines.guidelines(known),
        "protocols.md": products.protocols(known),
        "products.md": products.products(known),
        "practice.md": practice.practice(known),
        "supply.md": records.supply(known),
        "records.md": records.records(known),
        "billing.md": billing.billing(known),
        "adjustments.md": adjustments.adjustments(known),
        "sites.md": sites.sites(known),
        "scales.md": scales.scales(known),
        "effects.md": scales.effects(known),
        "response.md": scales.response(known),
        "findings.md": findings.findings(known),
        "observations.md": findings.observations(known),
        "sources.md": findings.sources(known),
        **schemas.schemas(),
        **worked.worked_cases(known),
        **limits.limits(known),
        **adversary.adversary(),
    }


def write_all(folder: Path) -> list[Path]:
    """Write every generated page below `folder`/reference. Answers the files written."""
    target = folder / "reference"
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        written.append(path)
    return written
