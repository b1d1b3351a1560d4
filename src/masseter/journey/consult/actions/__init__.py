"""What may be done in a consultation: record, conclude, decide, consent."""

from masseter.journey.consult.actions.concluding import (
    assess,
    choose_diagnosis,
    decide_together,
    give_reason,
)
from masseter.journey.consult.actions.consenting import take_consent, withdraw_consent
from masseter.journey.consult.actions.drawing import draw_pain
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
from masseter.journey.consult.actions.research import take_research_consent, withdraw_research_consent

__all__ = [
    "add_elsewhere_treatment",
    "answer_intake",
    "assess",
    "choose_diagnosis",
    "close_case",
    "decide_together",
    "draw_pain",
    "give_reason",
    "open_case",
    "receive_self_check",
    "record_observations",
    "take_consent",
    "take_passport",
    "take_photograph_consent",
    "take_research_consent",
    "withdraw_consent",
    "withdraw_elsewhere_treatment",
    "withdraw_photograph_consent",
    "withdraw_research_consent",
]
