"""What the clinic is shown of a consent at home: where a release stands, what was read and asked."""

from __future__ import annotations

from masseter.core.consult.at_home import ReleaseState, risk_parts
from masseter.journey.consult.models import Case
from masseter.journey.consult.releases import newest_release, parts_read, questions_of, standing_of, text_of
from masseter.journey.ground.actor import Actor
from masseter.ui.pages import Context

STATES = {
    ReleaseState.OPEN: ("can be signed at home", "note"),
    ReleaseState.SIGNED: ("signed at home", "good"),
    ReleaseState.TAKEN_BACK: ("taken back", "plain"),
    ReleaseState.CASE_CLOSED: ("lapsed: the case is closed", "plain"),
    ReleaseState.TEXT_CHANGED: ("lapsed: the text or the diagnosis has changed", "caution"),
    ReleaseState.PLAN_CHANGED: ("lapsed: the plan was changed", "caution"),
    ReleaseState.OVER: ("lapsed: its time is over", "caution"),
}


def home_lines(by: Actor, case: Case) -> Context:
    """The running release of a case with its state and the parts read, and every question."""
    release, questions = newest_release(case), questions_of(case)
    if release is None:
        return {"release": None, "questions_asked": questions}
    text = text_of(by, release)
    read = parts_read(release)
    words, tone = STATES[standing_of(by, release, text)]
    return {
        "release": release,
        "release_words": words,
        "release_tone": tone,
        "parts": [(title, title in read) for title in (risk_parts(text) if text is not None else ())],
        "questions_asked": questions,
    }
