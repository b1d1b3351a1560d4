"""How a verdict, a severity or an answer looks and reads: tone, icon and word, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class Look:
    """`tone` is one of stop, caution, note, good, brand, plain; `icon` a name of icons.txt."""

    tone: str
    icon: str
    words: str


SEVERITIES = {
    "stop": Look(tone="stop", icon="alert-octagon", words="Stop"),
    "caution": Look(tone="caution", icon="alert-triangle", words="Caution"),
    "note": Look(tone="note", icon="info-circle", words="Note"),
}

ANSWERS = {
    "met": Look(tone="good", icon="circle-check", words="Met"),
    "not_met": Look(tone="plain", icon="circle-x", words="Not met"),
    "unknown": Look(tone="caution", icon="help-circle", words="Not known yet"),
}

VERDICTS = {
    # self-check
    "worth_consultation": Look(tone="good", icon="circle-check", words="Worth a consultation"),
    "get_help_now": Look(tone="stop", icon="ambulance", words="Get help now"),
    # candidacy (`something_else_first` is also an answer of the self-check)
    "candidate": Look(tone="good", icon="circle-check", words="Candidate"),
    "needs_information": Look(tone="note", icon="help-circle", words="More information needed"),
    "something_else_first": Look(tone="caution", icon="arrows-exchange", words="Something else first"),
    "not_a_candidate": Look(tone="stop", icon="hand-stop", words="Not a candidate"),
    "refer_urgently": Look(tone="stop", icon="ambulance", words="Refer urgently"),
    # symptom check
    "expected": Look(tone="good", icon="circle-check", words="Expected at this time"),
    "call": Look(tone="caution", icon="phone-call", words="Call the clinic"),
    "emergency": Look(tone="stop", icon="ambulance", words="Emergency"),
    # follow-up
    "repeat": Look(tone="good", icon="refresh", words="Repeat the treatment"),
    "adjust": Look(tone="note", icon="adjustments", words="Adjust the treatment"),
    "pause": Look(tone="caution", icon="player-pause", words="Pause the treatment"),
    "stop": Look(tone="stop", icon="hand-stop", words="Stop the treatment"),
    "refer": Look(tone="caution", icon="send", words="Refer"),
}

# A self-check with a warning sign still open must not look like good news.
OPEN_FLAG_LOOK = "needs_information"
OPEN_FLAG_WORDS = {
    "worth_consultation": "Worth a consultation, and a warning sign to find out about",
    "something_else_first": "Something else first, and a warning sign to find out about",
}

STEP_STATES = {
    "done": Look(tone="good", icon="check", words="done"),
    "now": Look(tone="brand", icon="target", words="now"),
    "next": Look(tone="plain", icon="circle", words="to come"),
    "blocked": Look(tone="stop", icon="lock", words="blocked"),
}

MESSAGES = {
    "debug": Look(tone="note", icon="info-circle", words="Note"),
    "info": Look(tone="note", icon="info-circle", words="Note"),
    "success": Look(tone="good", icon="circle-check", words="Done"),
    "warning": Look(tone="caution", icon="alert-triangle", words="Caution"),
    "error": Look(tone="stop", icon="alert-octagon", words="Error"),
}


def product_words(key: str) -> str:
    """The brand of a product."""
    product = load().products.get(key)
    return product.brand if product else key


def unit_words(key: str) -> str:
    """What is printed after a dose of a product."""
    product = load().products.get(key)
    return product.unit_label if product else "units"
