"""Published schemes that are shown and never proposed."""

from __future__ import annotations

import pytest

from masseter.knowledge.load import load
from masseter.knowledge.model import PublishedScheme

KNOWN = load()


@pytest.mark.parametrize("scheme", KNOWN.published, ids=lambda scheme: scheme.code)
def test_scheme_that_is_not_offered_says_why(scheme: PublishedScheme) -> None:
    assert scheme.why_not
    assert scheme.code not in KNOWN.protocols


def test_toxin_without_a_licence_here_is_shown_and_never_a_protocol() -> None:
    chinese = {scheme.code for scheme in KNOWN.published if "lanbotulinumtoxinA" in scheme.toxin}

    assert chinese == {"neuralgia-zhang", "neuralgia-wu"}
    assert all(protocol.product in KNOWN.products for protocol in KNOWN.protocols.values())


def test_treatable_diagnosis_without_a_protocol_is_said_to_have_none() -> None:
    schemed = {code for protocol in KNOWN.protocols.values() for code in protocol.diagnoses}
    treated = {
        diagnosis.code
        for told in KNOWN.conditions.values()
        for diagnosis in told.diagnoses
        if diagnosis.treatable
    }

    assert treated - schemed == {"synkinesis"}
    assert "synkinesis-none" in {scheme.code for scheme in KNOWN.published}
