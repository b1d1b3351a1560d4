"""House numbers: rounding, windows, what stays behind in a syringe."""

from __future__ import annotations

from dataclasses import fields

from masseter.cli.reference.words import GENERATED, amount, number, proof, table
from masseter.knowledge.model import CalibrationLimits, DiaryRules, Knowledge, Practice, Value


def practice(known: Knowledge) -> str:
    """Every number that belongs to no single product, and the loss of each kind of syringe."""
    told = known.practice
    text = "# House numbers\n\n" + _numbers(told)
    if told.face_rounding is not None:
        face = told.face_rounding
        text += "## Rounding of small facial doses\n\n"
        text += f"At most {number(face.units)} unit off in {', '.join(face.regions)}, for "
        text += f"{', '.join(known.products[key].brand for key in face.products)}. {proof(face.evidence)}\n\n"
    text += (
        "## Looks after a treatment\n\n"
        "The effect is judged on the days of the scheme or the condition where these name some; what comes "
        "next is decided once the longest interval is over.\n\n"
    )
    looks = [[each.title, amount(each.days), each.looks_at, proof(each.evidence)] for each in told.reviews]
    text += table(["Look", "When", "At what", "Source"], looks)
    text += "## What a powder is dissolved in\n\n"
    diluents = [
        [f"{each.name} (`{each.code}`)", "yes" if each.on_label else "no", each.text, proof(each.evidence)]
        for each in told.diluents
    ]
    text += table(["Diluent", "On the labels", "What holds", "Source"], diluents)
    text += "## Syringes\n\n"
    text += "".join(f"- {each.text} {proof(each.evidence)}\n" for each in told.syringes) + "\n"
    text += "## What stays behind in a syringe\n\n"
    losses = [
        [each.assembly, amount(each.loss_ml), proof(each.loss_ml.evidence)] for each in told.dead_spaces
    ]
    text += table(["Syringe and needle", "Loss", "Source"], losses)
    if told.calibration is not None:
        text += "## When a fitted time course may be shown\n\n" + _numbers(told.calibration)
    if told.diary is not None:
        text += "## How gently the diary asks\n\n" + _numbers(told.diary)
    return GENERATED + text


def _numbers(told: Practice | CalibrationLimits | DiaryRules) -> str:
    """The single numbers of a block."""
    rows = [
        [f"`{each.name}`", amount(value), proof(value.evidence)]
        for each in fields(told)
        if isinstance(value := getattr(told, each.name), Value)
    ]
    return table(["Number", "Value", "Source"], rows)
