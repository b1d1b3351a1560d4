"""The consent to the registry says what it has to."""

from __future__ import annotations

from masseter.core.consult import research


def test_text_says_what_goes_out_what_does_not_and_the_right_to_withdraw() -> None:
    told = " ".join(text for section in research.SECTIONS for text in section.paragraphs)

    assert "an age band of ten years" in told
    assert "What does not: name, date of birth" in told
    assert "cannot be ruled out that somebody" in told
    assert "withdraw this consent at any time, without giving a reason" in told
    assert "cannot be called back" in told
    assert "My treatment does not depend on it" in told
    assert len(research.research_consent_version()) == 16
