"""Drawn faces for the demo's photographs: nobody's, and plainly so."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from masseter.cli.demo.cast import Character
from masseter.core.consult.photographs import photograph_consent_version
from masseter.journey.consult.actions import take_photograph_consent
from masseter.journey.consult.models import Case
from masseter.journey.consult.photograph_consents import photograph_consent_in_force
from masseter.journey.ground.actor import Actor
from masseter.journey.results.photographs.actions import keep_photograph

SIZE = (900, 1200)
GROUND, SKIN, SHADE, INK, LIP, HAIR = "#dfe7e8", "#d9a98c", "#c48f72", "#33414a", "#b4645f", "#5a463c"
WORDS = "Drawn for the demo: nobody's face"


# Where a face tells something: the muscle that closes the jaw.
CONDITION = "bruxism"
POSES = ("rest", "clench", "smile")


def is_photographed(character: Character) -> bool:
    """Whether the demo has photographs of a character; never of a published case."""
    return character.part.condition == CONDITION and not character.is_published


def photograph(by: Actor, case: Case, *, jaw: float) -> None:
    """Drawn photographs of three poses, under a consent that is taken first where there is none."""
    if photograph_consent_in_force(case.patient) is None:
        take_photograph_consent(
            by=by,
            patient=case.patient,
            signer_name=str(case.patient),
            text_version=photograph_consent_version(),
        )
    for pose in POSES:
        keep_photograph(by=by, case=case, pose=pose, content=draw_face(pose, jaw=jaw))


def draw_face(pose: str, *, jaw: float = 0.0) -> bytes:
    """A face as JPEG. `jaw` from 0 to 1 widens it at the angles, as a strong masseter does."""
    picture = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(picture)
    wide = round(40 * jaw) + (22 if pose == "clench" else 0)
    pen.rounded_rectangle((370, 800, 530, 1200), 60, fill=SHADE)
    pen.ellipse((190, 120, 710, 720), fill=HAIR)
    pen.ellipse((225, 180, 675, 760), fill=SKIN)
    pen.rounded_rectangle((232 - wide, 460, 668 + wide, 900), 190, fill=SKIN)
    pen.ellipse((300, 760, 600, 985), fill=SKIN)
    _eyes(pen, 40 if pose == "brow_raise" else 0)
    pen.line([(450, 520), (425, 660), (462, 668)], fill=SHADE, width=8, joint="curve")
    _mouth(pen, pose)
    pen.text((SIZE[0] // 2, 1150), WORDS, fill=INK, anchor="mm", font_size=34)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()


def _eyes(pen: ImageDraw.ImageDraw, lift: int) -> None:
    for left in (285, 505):
        pen.ellipse((left, 490 - lift // 4, left + 110, 550), fill="white", outline=INK, width=4)
        pen.ellipse((left + 35, 496, left + 77, 544), fill=INK)
        pen.arc((left - 15, 425 - lift, left + 125, 515 - lift), 200, 340, fill=HAIR, width=16)
    if lift:
        for height in (300, 335, 370):
            pen.arc((320, height, 580, height + 40), 200, 340, fill=SHADE, width=6)


def _mouth(pen: ImageDraw.ImageDraw, pose: str) -> None:
    if pose == "smile":
        pen.chord((340, 700, 560, 850), 0, 180, fill="white", outline=LIP, width=12)
        pen.line([(340, 775), (560, 775)], fill=LIP, width=10)
        return
    half = 70 if pose == "clench" else 80
    pen.line([(450 - half, 790), (450 + half, 790)], fill=LIP, width=16 if pose == "clench" else 22)
    if pose == "clench":
        pen.arc((262, 660, 302, 830), 270, 90, fill=SHADE, width=7)
        pen.arc((598, 660, 638, 830), 90, 270, fill=SHADE, width=7)
