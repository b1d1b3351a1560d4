"""The text of the consent to the registry, which stands beside the consent to treatment."""

from __future__ import annotations

from masseter.core.consult.consent import Section, version_of

SECTIONS = (
    Section(
        title="What it is for",
        paragraphs=(
            "Courses of many patients and clinics are put together, so that it can be learned which doses "
            "help, for how long, and what unwanted effects they have.",
            "It is research. I have no advantage from it myself, and nobody is paid for my data.",
        ),
    ),
    Section(
        title="What goes out, and what does not",
        paragraphs=(
            "What goes out: the condition, sex, an age band of ten years, products, doses and muscles, the "
            "scores that tell how I am, and unwanted effects; each with the days since my first treatment.",
            "What does not: name, date of birth, address, telephone number, record number, calendar dates, "
            "anything written in free words, and photographs.",
            "In place of my name stands a code, another one in each release. What only few patients share is "
            "left out. Even so it cannot be ruled out that somebody who knows a lot about me recognises me.",
        ),
    ),
    Section(
        title="My rights",
        paragraphs=(
            "I may say no. My treatment does not depend on it.",
            "I may withdraw this consent at any time, without giving a reason. From then on no new release "
            "holds anything of me. A release that was made before cannot be called back.",
        ),
    ),
)


def research_consent_version() -> str:
    """A hash over the whole text: what was signed can be told from what is read today."""
    return version_of(SECTIONS)
