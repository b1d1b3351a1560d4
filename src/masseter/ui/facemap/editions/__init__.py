"""The released drawings of the face map: a folder each, and what a record needs to show on its own.

A folder holds the art and `map.json`: the views with their sizes, and the outline of every site. The newest
one says the same as today's knowledge; the older ones never change, since records were made with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

from masseter.knowledge.model import FaceMapView, Knowledge, Region, Site, View


class UnknownEdition(LookupError):
    """No drawing was released with this version."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One released drawing: its views, and the outlines of each site by code."""

    version: str
    views: tuple[FaceMapView, ...]
    regions: Mapping[str, tuple[Region, ...]]

    def sites(self, sites: Iterable[Site]) -> tuple[Site, ...]:
        """These sites with the outlines that they had in this edition."""
        return tuple(replace(site, regions=self.regions.get(site.code, ())) for site in sites)

    def view(self, name: View) -> FaceMapView | None:
        """The view with this name, where the edition has it."""
        return next((view for view in self.views if view.view == name), None)


@cache
def versions() -> tuple[str, ...]:
    """Every released version, the oldest first."""
    folder = resources.files(__package__)
    found = [each.name for each in folder.iterdir() if each.name.isdigit()]
    return tuple(sorted(found, key=int))


def newest() -> str:
    """The version of today's drawing."""
    return versions()[-1]


@cache
def edition_of(version: str) -> Edition:
    """The drawing of a version. Raises: UnknownEdition."""
    held = json.loads(text_of(version, "map.json"))
    return Edition(
        version=version,
        views=tuple(
            FaceMapView(**{**view, "mm_per_unit": Decimal(view["mm_per_unit"])}) for view in held["views"]
        ),
        regions={
            code: tuple(Region(**region) for region in regions) for code, regions in held["regions"].items()
        },
    )


def text_of(version: str, name: str) -> str:
    """One file of an edition. Raises: UnknownEdition."""
    if version not in versions():
        known = ", ".join(versions())
        raise UnknownEdition(f"The face map has no version {version!r}; the released ones are {known}.")
    return resources.files(__package__).joinpath(version, name).read_text(encoding="utf-8")


def described(knowledge: Knowledge) -> str:
    """What `map.json` of today's knowledge says."""
    views = [{**asdict(view), "mm_per_unit": str(view.mm_per_unit)} for view in knowledge.face_map.views]
    regions = {
        code: [asdict(region) for region in site.regions] for code, site in sorted(knowledge.sites.items())
    }
    return json.dumps({"views": views, "regions": regions}, indent=1, ensure_ascii=False) + "\n"


def write(knowledge: Knowledge) -> Path:
    """Release today's outlines beside the art that lies in the folder of their version."""
    path = Path(__file__).parent / knowledge.face_map.version / "map.json"
    path.write_text(described(knowledge), encoding="utf-8")
    return path
