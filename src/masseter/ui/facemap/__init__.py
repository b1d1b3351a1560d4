"""The face map: drawings of the head and the inside of the mouth with sites and injection points, as SVG.

The server draws it, so it works without a script, in print and in a PDF. The same drawing is
read-only in records and sheets, and the surface of the editor in a plan.
"""

from masseter.ui.facemap.editions import UnknownEdition
from masseter.ui.facemap.marker import MapMarker, point_id
from masseter.ui.facemap.pain import PainShape
from masseter.ui.facemap.render import Drawing, render, render_all
from masseter.ui.facemap.rows import PointRow, picked_ids, read_rows
from masseter.ui.facemap.within import lies_in_region

__all__ = [
    "Drawing",
    "MapMarker",
    "PainShape",
    "PointRow",
    "UnknownEdition",
    "lies_in_region",
    "picked_ids",
    "point_id",
    "read_rows",
    "render",
    "render_all",
]
