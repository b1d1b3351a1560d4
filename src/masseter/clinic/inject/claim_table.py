"""The claim of a treatment as rows of a table: its lines, then its vials."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.clinic.inject.claim import ClaimWords
from masseter.journey.inject.models import Treatment

HEAD = (
    "kind",
    "patient number",
    "treatment",
    "day",
    "product",
    "code",
    "modifier",
    "billing units",
    "units",
    "vial",
    "label units",
    "given units",
    "discarded units",
    "remark",
)


def claim_rows(told: ClaimWords, treatment: Treatment) -> Iterator[list[str]]:
    """The heads, then one row a line of the claim and one a vial."""
    yield list(HEAD)
    start = [treatment.case.patient.number, str(treatment.pk), told.day, told.product]
    for line in told.lines:
        money = [line.code, line.modifier, line.billing_units, line.units]
        yield ["line", *start, *money, "", "", "", "", line.words]
    if told.no_code:
        yield ["line", *start, "unknown", "", "", "", "", "", "", "", told.no_code]
    for share in told.shares:
        vial = [share.name, share.label, share.given, share.discarded, share.remark]
        yield ["vial", *start, "", "", "", "", *vial]
