"""spasm-group-49: hemifacial spasm, four fixed orbital points; HFS-30 from 48.88 to 7.71 and back to 35.06."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.stories import play
from tests.stories.cases import published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer

# What the name of the disease says, and no more: the abstract tells of a group.
TOLD: dict[str, Answer] = {"twitch_place": "one_side"}
# Not in the abstract: what a clinician would find out of the one synthetic patient who plays the group.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "is_adult": True,
    "sex": "female",
    "pregnancy": ("none",),
    "twitch_unwanted": True,
    "twitch_urge": False,
    "twitch_in_sleep": "yes",
    "old_facial_palsy": False,
    "limits_life": True,
    "spasm_side": "left",
    "spasm_pattern": "one_sided_tonic_clonic",
    "other_babinski_sign": True,
    "spasm_muscles": ("orbicularis_oculi",),
    "smc_grade": "2",
    "mri_posterior_fossa": "vascular_loop",
    "decompression_discussed": True,
    "distress_score": 1,
}


def test_published_spasm_group_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("spasm-group-49")
    script = Script(
        case=case,
        given_names="Hedda",
        family_name="Groupoffortynine",
        born=date(1967, 11, 8),
        sex="Female",
        begins=datetime(2026, 3, 24, 9, tzinfo=UTC),
        told=TOLD,
        assumed=ASSUMED,
        diagnosis="Hemifacial spasm",
        scheme="Hemifacial spasm, four fixed orbital points",
        side="Left",
    )
    on = stage(script)
    check = play.come(on)
    consultation = play.consult(on, "Read without the eye closing.")
    planned = play.plan(on, "Botox, 50 units")
    print(check, consultation, planned)
