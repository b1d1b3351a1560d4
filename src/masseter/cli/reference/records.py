"""Supply and records: alerts, checks on arrival, duties, how long records are kept, where to report."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, amount, places, proof, table
from masseter.knowledge.model import Knowledge, ReportScheme


def supply(known: Knowledge) -> str:
    """Lots named in alerts, what to look at on a pack, and what its code says."""
    text = "# Supply\n\nA lot of this list arrives in quarantine, and asks for a reason when it is used. "
    text += "A lot that is not on it is not proven genuine by that.\n\n"
    lots = [[each.number, each.expiry, each.told, proof(each.evidence)] for each in known.alert_lots]
    text += table(["Lot", "Expiry printed", "Named by", "Source"], lots)
    text += "## On arrival, and again before drawing up\n\n"
    checks = [
        [each.text, each.then, places(each.jurisdictions), proof(each.evidence)]
        for each in known.receipt_checks
    ]
    text += table(["Look", "Then", "Where", "Source"], checks)
    text += "## The code on a pack\n\n"
    code = [
        [each.ai, each.meaning, each.written, "yes" if each.is_read else "no", proof(each.evidence)]
        for each in known.barcode_fields
    ]
    return GENERATED + text + table(["Field", "Meaning", "Written", "Read here", "Source"], code)


def records(known: Knowledge) -> str:
    """Duties, retention, reports and the least that a record holds."""
    text = "# Records and duties\n\n"
    duties = [
        [each.body, each.text, places(each.jurisdictions), proof(each.evidence)] for each in known.duties
    ]
    text += table(["Who asks", "For what", "Where", "Source"], duties)
    text += "## How long records are kept\n\nWhere sources disagree the longest period is the safe one.\n\n"
    kept = [
        [each.place, amount(each.adult_years) or "not a fixed number", each.child, proof(each.evidence)]
        for each in known.retention
    ]
    text += table(["Place", "Adults", "Children", "Source"], kept)
    text += "## The least that the record of a treatment holds\n\n"
    blocks = [[each.title, "; ".join(each.fields), proof(each.evidence)] for each in known.record_blocks]
    text += table(["Block", "Fields", "Source"], blocks)
    return GENERATED + text + "".join(_scheme(each) for each in known.report_schemes)


def _scheme(told: ReportScheme) -> str:
    text = f"## Reporting: {told.name} ({told.jurisdiction})\n\nTo {told.address}. {proof(told.evidence)}\n\n"
    rows = [[each.text, proof(each.evidence)] for each in (told.minimum, *told.fields)]
    return text + table(["What the report asks for", "Source"], rows)
