from __future__ import annotations

import pytest

from masseter.core.findings import (
    CannotOverride,
    Finding,
    Override,
    check_override,
    gravest_lead,
    order_findings,
    still_blocking,
    worst,
)

STOP = Finding(code="b-stop", severity="stop", sentence="Stop.", leads_to="not_a_candidate")
URGENT = Finding(
    code="c-flag", severity="stop", sentence="Flag.", leads_to="refer_urgently", urgency="same_day"
)
EMERGENCY = Finding(
    code="d-flag", severity="stop", sentence="Flag.", leads_to="refer_urgently", urgency="emergency"
)
CAUTION = Finding(code="a-caution", severity="caution", sentence="Careful.", subject="MASS-L-1")
NOTE = Finding(code="a-note", severity="note", sentence="Note.", asks=("pain",))


def override(finding: Finding, *, reason: str = "Benefit outweighs.", by: str = "Dr Ruiz") -> Override:
    return Override(code=finding.code, subject=finding.subject, reason=reason, by=by)


def test_override_of_a_stop_is_refused() -> None:
    with pytest.raises(CannotOverride, match="cannot be overruled"):
        check_override(STOP, override(STOP))


@pytest.mark.parametrize(("reason", "by"), [("  ", "Dr Ruiz"), ("Benefit.", " ")])
def test_override_without_reason_or_name_is_refused(reason: str, by: str) -> None:
    with pytest.raises(CannotOverride):
        check_override(CAUTION, override(CAUTION, reason=reason, by=by))


def test_override_written_for_another_point_is_refused() -> None:
    elsewhere = Override(code=CAUTION.code, subject="MASS-L-2", reason="Benefit.", by="Dr Ruiz")

    with pytest.raises(CannotOverride, match="another finding"):
        check_override(CAUTION, elsewhere)


def test_still_blocking_keeps_stops_whatever_is_written() -> None:
    blocking = still_blocking([NOTE, CAUTION, STOP], [override(STOP), override(CAUTION)])

    assert blocking == (STOP,)


def test_still_blocking_keeps_a_caution_without_reason_and_passes_notes() -> None:
    assert still_blocking([NOTE, CAUTION]) == (CAUTION,)


def test_order_findings_puts_the_gravest_and_most_urgent_first_and_each_once() -> None:
    ordered = order_findings([NOTE, CAUTION, STOP, URGENT, EMERGENCY, NOTE])

    assert ordered == (EMERGENCY, URGENT, STOP, CAUTION, NOTE)


def test_order_findings_puts_an_unknown_urgency_last() -> None:
    odd = Finding(code="a", severity="stop", sentence="x", leads_to="refer_urgently", urgency="sometime")

    assert order_findings([odd, EMERGENCY]) == (EMERGENCY, odd)


def test_worst_and_gravest_lead_of_nothing() -> None:
    assert worst([]) is None
    assert gravest_lead([]) == "candidate"


def test_worst_and_gravest_lead() -> None:
    assert worst([NOTE, CAUTION]) == "caution"
    assert gravest_lead([NOTE, STOP, URGENT]) == "refer_urgently"


def test_a_finding_says_whether_it_stops_and_is_open() -> None:
    assert (STOP.is_stop, STOP.is_open) == (True, False)
    assert (NOTE.is_stop, NOTE.is_open) == (False, True)
