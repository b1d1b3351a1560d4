"""The intake in small steps: each is saved as one goes, so that another device goes on from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from masseter.core.answers import Answer, evaluate
from masseter.core.consult.standing import Standing
from masseter.knowledge.model import ObservationType
from masseter.ui.languages.told import told

MOST_QUESTIONS = 6  # on one step: about a phone's screen or two


@dataclass(frozen=True, kw_only=True)
class IntakeStep:
    """One step: some questions of one group, and how many of them are still open."""

    number: int
    title: str
    place: int
    places: int
    types: tuple[ObservationType, ...]
    still_open: int

    @property
    def name(self) -> str:
        """The group in the reader's language, with the part of it where there are several."""
        if self.places == 1:
            return told(self.title)
        parts = {"title": told(self.title), "place": self.place, "of": self.places}
        return _("%(title)s (%(place)s of %(of)s)") % parts

    @property
    def is_done(self) -> bool:
        return self.still_open == 0


def steps_of(types: Sequence[ObservationType], standings: Mapping[str, Standing]) -> list[IntakeStep]:
    """The questions in steps, in the order asked."""
    groups: dict[str, list[ObservationType]] = {}
    for type_ in types:
        groups.setdefault(type_.group, []).append(type_)
    steps: list[IntakeStep] = []
    for title, members in groups.items():
        parts = [members[at : at + MOST_QUESTIONS] for at in range(0, len(members), MOST_QUESTIONS)]
        for place, part in enumerate(parts, start=1):
            steps.append(
                IntakeStep(
                    number=len(steps) + 1,
                    title=title,
                    place=place,
                    places=len(parts),
                    types=tuple(part),
                    still_open=sum(1 for type_ in part if _is_open(type_, standings)),
                )
            )
    return steps


def _is_open(type_: ObservationType, standings: Mapping[str, Standing]) -> bool:
    """Nobody answered it, it is no note in own words, and no answer before it rules it out."""
    if type_.code in standings or type_.kind == "text":
        return False
    if type_.only_if is None:
        return True
    newest = {code: one.waits or one.stands for code, one in standings.items()}
    known = {code: fact for code, fact in newest.items() if fact is not None}
    return evaluate(type_.only_if, known).answer is not Answer.NOT_MET


def first_open(steps: Sequence[IntakeStep]) -> IntakeStep | None:
    """Where to go on: the first step with an open question, else the first of all."""
    return next((one for one in steps if not one.is_done), steps[0] if steps else None)
