"""What may be done in a consultation: record, conclude, decide, consent."""

from masseter.journey.consult.actions.asking import answer_question, ask_about_consent
from masseter.journey.consult.actions.at_home import read_part, sign_at_home
from masseter.journey.consult.actions.beginning import begin_diary
from masseter.journey.consult.actions.concluding import (
    assess,
    choose_diagnosis,
    decide_together,
    give_reason,
)
from masseter.journey.consult.actions.consenting import take_consent, withdraw_consent
from masseter.journey.consult.actions.drawing import draw_pain
from masseter.journey.consult.actions.medicines import tell_medicines
from masseter.journey.consult.actions.passport import take_passport
from masseter.journey.consult.actions.photographs import (
    take_photograph_consent,
    withdraw_photograph_consent,
)
from masseter.journey.consult.actions.receiving import receive_self_check
from masseter.journey.consult.actions.recording import (
    add_elsewhere_treatment,
    answer_intake,
    close_case,
    open_case,
    record_observations,
    withdraw_elsewhere_treatment,
)
from masseter.journey.consult.actions.releasing import confirm_consent, end_release, release_consent
from masseter.journey.consult.actions.research import take_research_consent, withdraw_research_consent

__all__ = [
    "add_elsewhere_treatment",
    "answer_intake",
    "answer_question",
    "ask_about_consent",
    "assess",
    "begin_diary",
    "choose_diagnosis",
    "close_case",
    "confirm_consent",
    "decide_together",
    "draw_pain",
    "end_release",
    "give_reason",
    "open_case",
    "read_part",
    "receive_self_check",
    "record_observations",
    "release_consent",
    "sign_at_home",
    "take_consent",
    "take_passport",
    "take_photograph_consent",
    "take_research_consent",
    "tell_medicines",
    "withdraw_consent",
    "withdraw_elsewhere_treatment",
    "withdraw_photograph_consent",
    "withdraw_research_consent",
]
