"""The poses of the face and the photographs of each, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from masseter.journey.consult.models import Case
from masseter.journey.results.models import Photograph

ASKED = {
    Photograph.Pose.REST: "Look into the camera. Lips closed, teeth apart, face at ease.",
    Photograph.Pose.CLENCH: "Look into the camera. Lips closed, back teeth firmly together.",
    Photograph.Pose.SMILE: "Look into the camera. A broad smile that shows the teeth.",
    Photograph.Pose.BROW_RAISE: "Look into the camera. Both eyebrows as high as they go.",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One photograph as it is listed and shown."""

    photograph: Photograph
    day: date
    when: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Pose:
    """One pose with its photographs, the oldest first."""

    code: str
    name: str
    asked: str
    lines: tuple[Line, ...]

    @property
    def newest(self) -> Line | None:
        return self.lines[-1] if self.lines else None


def when_words(photograph: Photograph) -> str:
    """Where in the course of treatment a photograph stands."""
    if photograph.days_after is None:
        return "before the first treatment"
    if photograph.days_after == 0:
        return f"after treatment {photograph.cycle}, the same day"
    days = "1 day" if photograph.days_after == 1 else f"{photograph.days_after} days"
    return f"{days} after treatment {photograph.cycle}"


def line_of(photograph: Photograph, zone: str) -> Line:
    """One photograph in words."""
    day, when = photograph.taken_at.astimezone(ZoneInfo(zone)).date(), when_words(photograph)
    alt = f"Face, {photograph.get_pose_display().lower()}, {when}, {day:%-d %B %Y}"
    return Line(photograph=photograph, day=day, when=when, alt=alt)


def poses_of(photographs: Sequence[Photograph], case: Case) -> list[Pose]:
    """All four poses, each with what there is of it."""
    lines = [line_of(one, case.clinic.zone) for one in photographs]
    return [
        Pose(
            code=pose.value,
            name=str(pose.label),
            asked=ASKED[pose],
            lines=tuple(line for line in lines if line.photograph.pose == pose.value),
        )
        for pose in Photograph.Pose
    ]
