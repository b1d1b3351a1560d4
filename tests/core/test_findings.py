from __future__ import annotations

from dataclasses import replace

import pytest

from masseter.core.findings import (
    CannotOverride,
    Finding,
    Override,
    check_override,
    gravest_lead,
    one_reason,
    order_findings,
    spread_reasons,
    still_blocking,
    worst,
    written_for,
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


def test_override_written_before_the_finding_changed_is_refused() -> None:
    older = replace(override(CAUTION), sentence="Careful with 6 units.")

    with pytest.raises(CannotOverride, match="has changed"):
        check_override(CAUTION, older)
    assert still_blocking([CAUTION], [older]) == (CAUTION,)


def test_the_last_reason_written_for_the_very_finding_counts() -> None:
    now = replace(override(CAUTION, reason="Now."), sentence=CAUTION.sentence)
    other = replace(override(CAUTION, reason="Other."), sentence="Careful with 6 units.")

    assert written_for(CAUTION, [now, other]) == now
    assert written_for(CAUTION, [other]) is None


def test_typed_reasons_reach_only_the_cautions_that_they_were_typed_for() -> None:
    newer = replace(CAUTION, subject="MASS-R-1")
    typed = {**one_reason([CAUTION, NOTE], "Strong muscle."), newer.key: "  "}

    reasons = spread_reasons([CAUTION, newer, NOTE, STOP], typed, "Dr Ruiz")

    assert [(each.subject, each.sentence) for each in reasons] == [("MASS-L-1", "Careful.")]
    assert still_blocking([CAUTION, newer], reasons) == (newer,)


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
