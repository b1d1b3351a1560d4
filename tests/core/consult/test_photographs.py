"""The consent to photographs says what it has to, and its version tells one text from another."""

from __future__ import annotations

import pytest

from masseter.core.consult import photographs
from masseter.core.consult.consent import Section


def test_text_says_purpose_keeping_and_the_right_to_withdraw() -> None:
    told = " ".join(text for section in photographs.SECTIONS for text in section.paragraphs)

    assert "my own care only" in told
    assert "as long as the law asks" in told
    assert "withdraw this consent at any time, without giving a reason" in told
    assert "My treatment does not depend on it" in told


def test_version_changes_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    before = photographs.photograph_consent_version()

    monkeypatch.setattr(photographs, "SECTIONS", (Section(title="Other", paragraphs=("Words.",)),))

    assert photographs.photograph_consent_version() != before
    assert len(before) == 16
