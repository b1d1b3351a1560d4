"""Plans that differ from one by the book in one thing: the published scheme and the patient's risks."""

from __future__ import annotations

from typing import Any

from masseter.core.plan.ways import DEPTHS
from masseter.knowledge.model import (
    Adjustment,
)
from tests.core.builders import value, yes
from tests.core.plan.builders import (
    patient,
    point,
    points,
    protocol_site,
)
from tests.core.plan.findings.ground import (
    draft,
    moved,
    place,
    scheme,
    source,
    spread,
    with_scheme,
)

Loose = Any  # whichever argument of the check a situation changes

POOL = protocol_site(
    "masseter", "2", "3", sides="both", most_points=3, units_per_point=spread(10, 20, "POOL")
)
FIXED = protocol_site("masseter", "1", units_per_point=spread(10, 20, "RANGE"))
SPOTS = ("MASS-L-1", "MASS-L-2", "MASS-R-1", "MASS-R-2")
UNEVEN = tuple(point(name, units) for name, units in zip(SPOTS, ("10", "10", "11", "12.5"), strict=True))


def with_risk(does: Loose, start: Loose = "low", **fields: Loose) -> Loose:
    """Somebody frail, in whom a risk asks for something."""
    rule = Adjustment(
        **{
            "code": "frail",
            "when": yes("frail"),
            "does": does,
            "sentence": "Because of frailty.",
            "evidence": source("RISK"),
            **fields,
        }
    )
    return {
        "known": place(adjustments=(rule,), protocols={"scheme": scheme(start_with=start)}),
        "person": patient(frail=True),
    }


SITUATIONS: dict[str, Loose] = {
    "no scheme": draft(protocol=""),
    "scheme of another product": draft(product="beta", presentation="beta-100"),
    "scheme of another condition": with_scheme(condition="bruxism"),
    "scheme of another diagnosis": with_scheme(diagnoses=("arthralgia",)),
    "muscle outside the scheme": draft(*points(), moved("OOC-R-2", "140", "90")),
    "point outside the scheme": draft(*points(), point("MASS-L-3", "10")),
    "depth chosen for a point": draft(point(depth=DEPTHS["superficial"]), *points()[1:]),
    "dose at both ends of the range": draft(
        point(units="20"), point("MASS-L-2", "10"), point("MASS-R-1", "20"), point("MASS-R-2", "10")
    ),
    "dose under and above the range": draft(
        point(units="9.9"), point("MASS-L-2", "20.1"), point("MASS-R-1", "15"), point("MASS-R-2", "15")
    ),
    "dose other than the one published": {
        **with_scheme(sites=(protocol_site(units_per_point=spread(10, 10, "RANGE")),)),
        **draft(*points("11")),
    },
    "total at the lower end": with_scheme(total_units=spread(40, 41, "TOTAL")),
    "total at the upper end": with_scheme(total_units=spread(39, 40, "TOTAL")),
    "total under the published": with_scheme(total_units=spread(41, 50, "TOTAL")),
    "total above the published": with_scheme(total_units=spread(30, 39, "TOTAL")),
    "total other than the one published": {
        **with_scheme(total_units=spread(42, 42, "TOTAL")),
        **draft(*points("11")),
    },
    "more points than the pool allows": {
        **with_scheme(sites=(FIXED, POOL)),
        **draft(*points(), point("MASS-L-3", "10"), point("MASS-R-3", "10")),
    },
    "as many points as the pool allows": {
        **with_scheme(sites=(FIXED, POOL)),
        **draft(*points(), point("MASS-L-3", "10")),
    },
    "pool and muscles that the scheme leaves out": with_scheme(
        sites=(protocol_site(), protocol_site("orbicularis_oculi", "2"))
    ),
    "optional and painful muscles may be left out": with_scheme(
        sites=(
            protocol_site("orbicularis_oculi", "2", optional=True),
            protocol_site("orbicularis_oculi", "3", only_if_painful=True),
            protocol_site(),
        )
    ),
    "one side left out": draft(*points()[:2]),
    "sides uneven": draft(*UNEVEN),
    "side that is not affected": {
        **with_scheme(
            sites=(protocol_site("masseter", sides="affected", units_per_point=spread(10, 20, "RANGE")),)
        ),
        "person": patient(spasm_side="left"),
    },
    "point at risk": with_risk("leave_out", points=("2",)),
    "start not lowered to the low end": {**with_risk("low_end"), **draft(*points("10.1"))},
    "start in the middle not lowered to a share": {
        **with_risk("keep_share", start="middle", keep_percent=value(70, "%")),
        **draft(*points("10.6")),
    },
    "start not lowered to a share": {
        **with_risk("keep_share", keep_percent=value(70, "%")),
        **draft(*points("7.1")),
    },
    "start lowered to a share": {
        **with_risk("keep_share", keep_percent=value(70, "%")),
        **draft(*points("7")),
    },
}
