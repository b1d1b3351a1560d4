"""How a verdict, a severity or an answer looks and reads: tone, icon and word, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from masseter.knowledge.load import load
from masseter.ui.languages.told import told


@dataclass(frozen=True, kw_only=True)
class Look:
    """`tone` is one of stop, caution, note, good, brand, plain; `icon` a name of icons.txt.

    The words are marked for translation here, and translated where they are shown (`{% look %}`).
    """

    tone: str
    icon: str
    words: str


SEVERITIES = {
    "stop": Look(tone="stop", icon="alert-octagon", words=_("Stop")),
    "caution": Look(tone="caution", icon="alert-triangle", words=_("Caution")),
    "note": Look(tone="note", icon="info-circle", words=_("Note")),
}

ANSWERS = {
    "met": Look(tone="good", icon="circle-check", words=_("Met")),
    "not_met": Look(tone="plain", icon="circle-x", words=_("Not met")),
    "unknown": Look(tone="caution", icon="help-circle", words=_("Not known yet")),
}

VERDICTS = {
    # self-check
    "worth_consultation": Look(tone="good", icon="circle-check", words=_("Worth a consultation")),
    "get_help_now": Look(tone="stop", icon="ambulance", words=_("Get help now")),
    # candidacy (`something_else_first` is also an answer of the self-check)
    "candidate": Look(tone="good", icon="circle-check", words=_("Candidate")),
    "needs_information": Look(tone="note", icon="help-circle", words=_("More information needed")),
    "something_else_first": Look(tone="caution", icon="arrows-exchange", words=_("Something else first")),
    "not_a_candidate": Look(tone="stop", icon="hand-stop", words=_("Not a candidate")),
    "refer_urgently": Look(tone="stop", icon="ambulance", words=_("Refer urgently")),
    # symptom check
    "expected": Look(tone="good", icon="circle-check", words=_("Expected at this time")),
    "call": Look(tone="caution", icon="phone-call", words=_("Call the clinic")),
    "emergency": Look(tone="stop", icon="ambulance", words=_("Emergency")),
    # follow-up
    "repeat": Look(tone="good", icon="refresh", words=_("Repeat the treatment")),
    "adjust": Look(tone="note", icon="adjustments", words=_("Adjust the treatment")),
    "pause": Look(tone="caution", icon="player-pause", words=_("Pause the treatment")),
    "stop": Look(tone="stop", icon="hand-stop", words=_("Stop the treatment")),
    "refer": Look(tone="caution", icon="send", words=_("Refer")),
}

# A self-check with a warning sign still open must not look like good news.
OPEN_FLAG_LOOK = "needs_information"
OPEN_FLAG_WORDS = {
    "worth_consultation": _("Worth a consultation, and a warning sign to find out about"),
    "something_else_first": _("Something else first, and a warning sign to find out about"),
}

STEP_STATES = {
    "done": Look(tone="good", icon="check", words=_("done")),
    "now": Look(tone="brand", icon="target", words=_("now")),
    "next": Look(tone="plain", icon="circle", words=_("to come")),
    "blocked": Look(tone="stop", icon="lock", words=_("blocked")),
}

MESSAGES = {
    "debug": Look(tone="note", icon="info-circle", words=_("Note")),
    "info": Look(tone="note", icon="info-circle", words=_("Note")),
    "success": Look(tone="good", icon="circle-check", words=_("Done")),
    "warning": Look(tone="caution", icon="alert-triangle", words=_("Caution")),
    "error": Look(tone="stop", icon="alert-octagon", words=_("Error")),
}


def product_words(key: str) -> str:
    """The brand of a product."""
    product = load().products.get(key)
    return product.brand if product else key


def unit_words(key: str) -> str:
    """What is printed after a dose of a product, in the language of the page or paper."""
    product = load().products.get(key)
    return told(product.unit_label) if product else gettext("units")
