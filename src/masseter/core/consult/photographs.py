"""The text of the consent to photographs of the face, which stands beside the consent to treatment."""

from __future__ import annotations

from masseter.core.consult.consent import Section, version_of

SECTIONS = (
    Section(
        title="What the pictures are for",
        paragraphs=(
            "Pictures of my face at rest, clenching, smiling and with raised eyebrows, before and after "
            "treatment, so that the clinic and I can compare them.",
            "They are used for my own care only. They are not shown to other patients, not published and not "
            "used for teaching or advertising.",
        ),
    ),
    Section(
        title="How they are kept",
        paragraphs=(
            "They are kept encrypted and without the place where they were taken. Only clinicians of this "
            "clinic who have the right to can open them, and each time somebody does is written down.",
            "They belong to my record and are kept as long as the law asks of a record.",
        ),
    ),
    Section(
        title="My rights",
        paragraphs=(
            "I may say no. My treatment does not depend on it.",
            "I may withdraw this consent at any time, without giving a reason. From then on no picture is "
            "taken, and those taken under this consent are shown to nobody in the clinic any more.",
        ),
    ),
)


def photograph_consent_version() -> str:
    """A hash over the whole text: what was signed can be told from what is read today."""
    return version_of(SECTIONS)
