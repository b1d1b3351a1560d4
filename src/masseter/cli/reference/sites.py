"""Sites: depth, landmark, and what goes wrong there."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, amount, proof, table
from masseter.knowledge.model import Knowledge


def sites(known: Knowledge) -> str:
    """Every muscle and area with its landmark, technique and structures at risk."""
    text = f"# Sites\n\nFace map version {known.face_map.version}. {proof(known.face_map.evidence)}\n\n"
    for site in known.sites.values():
        text += f"## {site.name} ({site.abbreviation})\n\n{site.plain_name}. {site.route}.\n\n"
        for title, told in (
            ("Landmark", site.landmark),
            ("Depth", site.depth),
            ("Needle", site.needle),
            ("Guidance", site.guidance),
        ):
            text += f"- {title}: {told.text} {proof(told.evidence)}\n"
        if site.border is not None:
            least = site.border.least_mm
            text += f"- Inside its border by: {amount(least)}. {proof(least.evidence)}\n"
        for kept in site.keep_from:
            text += f"- From the {kept.structure} by: {amount(kept.least_mm)} ({kept.harm}). "
            text += f"{proof(kept.least_mm.evidence)}\n"
        if site.point_ml is not None:
            text += f"- Most at one point: {amount(site.point_ml)}. {proof(site.point_ml.evidence)}\n"
        text += "\n"
        rows = [[risk.structure, risk.harm, risk.avoid, proof(risk.evidence)] for risk in site.risks]
        text += table(["At risk", "What goes wrong", "How it is avoided", "Source"], rows) if rows else ""
    return GENERATED + text + _structures(known)


def _structures(known: Knowledge) -> str:
    """The layer of structures at risk."""
    head = ["Structure", "Course", "What goes wrong", "How it is avoided", "Shown from", "Source"]
    rows = [
        [one.name, one.course, one.harm, one.avoid, amount(one.near_mm), proof(one.evidence)]
        for one in known.structures.values()
    ]
    return f"## Structures at risk\n\n{table(head, rows)}"
