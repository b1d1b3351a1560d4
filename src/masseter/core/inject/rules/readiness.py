"""Whether the right person, with consent, gets the plan that was approved.

Source: L1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from masseter.core.consult.consent import is_off_label
from masseter.core.findings import Finding
from masseter.core.inject.case import TreatmentCase
from masseter.core.inject.types import Consent
from masseter.core.plan.case import rule_finding
from masseter.core.plan.fingerprint import plan_fingerprint

IDENTIFIERS_NEEDED = 2
TODAY = "infection, pregnancy, new medicines and illnesses"


def check_time_out(case: TreatmentCase) -> Iterator[Finding]:
    """Two different identifiers, the three things said aloud, and what was asked on the day."""
    timeout = case.timeout
    kinds = {" ".join(re.split(r"[\W_]+", kind.casefold())).strip() for kind in timeout.identifiers} - {""}
    if len(kinds) < IDENTIFIERS_NEEDED:
        sentence = "Confirm who this is by two identifiers, for example name and birth date."
        yield rule_finding("identity-unconfirmed", "stop", sentence)
    for is_confirmed, words in (
        (timeout.consent_confirmed, "consent"),
        (timeout.plan_confirmed, "product, sites and sides"),
        (timeout.allergies_confirmed, "allergies"),
    ):
        if not is_confirmed:
            sentence = f"The time-out is not complete: confirm {words}."
            yield rule_finding("time-out-incomplete", "stop", sentence, subject=words)
    if not timeout.today.is_whole(case.as_given.facts):
        sentence = f"The time-out is not complete: ask today about {TODAY}."
        yield rule_finding("time-out-incomplete", "stop", sentence, subject=TODAY)
    if timeout.today.news:
        sentence = (
            "A medicine or an illness is new since the plan. Where it speaks against toxin, enter it in the "
            "history; else write down which it is, and why the treatment goes on."
        )
        yield rule_finding("new-since-plan", "caution", sentence)


def check_consent(case: TreatmentCase) -> Iterator[Finding]:
    """A consent that is signed, not withdrawn, and speaks of this condition, diagnosis and product."""
    consent, plan = case.consent, case.approved.plan
    if consent is None or consent.signed_on is None:
        yield rule_finding("consent-missing", "stop", "There is no signed consent.")
        return
    if consent.signed_on > case.today:
        yield rule_finding("consent-in-future", "stop", "The consent is dated after today.")
    elif consent.signed_at is not None and _minute(consent.signed_at) > case.began:
        yield rule_finding("consent-in-future", "stop", "The consent was signed after the treatment began.")
    if consent.withdrawn_on is not None:
        sentence = f"The consent was withdrawn on {consent.withdrawn_on}."
        yield rule_finding("consent-withdrawn", "stop", sentence)
    if consent.waits_for_visit:
        sentence = "The consent was signed at home: confirm with the person that nothing has changed since."
        yield rule_finding("consent-not-confirmed", "stop", sentence)
    if consent.condition != plan.condition:
        yield rule_finding("consent-other-condition", "stop", "The consent is for another condition.")
    if consent.product not in ("", plan.product):
        yield rule_finding("consent-other-product", "stop", "The consent is for another product.")
    elif consent.condition == plan.condition:
        yield from _use_consented(consent, case)


def _use_consented(consent: Consent, case: TreatmentCase) -> Iterator[Finding]:
    """The text that was signed speaks of this diagnosis, and says truly whether the use is licensed."""
    plan, use = case.approved.plan, case.as_given
    if consent.diagnosis not in ("", plan.diagnosis):
        sentence = (
            "The consent was signed for another diagnosis than the plan's; read and sign it again for this."
        )
        yield rule_finding("consent-other-diagnosis", "stop", sentence)
        return
    is_licensed = not is_off_label(
        use.condition, jurisdiction=use.jurisdiction, diagnosis=plan.diagnosis, product=plan.product
    )
    if consent.says_licensed != is_licensed:
        told, true = ("licensed", "off-label") if consent.says_licensed else ("off-label", "licensed")
        sentence = (
            f"The consent says that this use is {told}; for the plan's diagnosis and product it is {true}. "
            "Read and sign it again."
        )
        yield rule_finding("consent-other-diagnosis", "stop", sentence)


def check_approval(case: TreatmentCase) -> Iterator[Finding]:
    """A prescriber's approval of exactly this plan."""
    approval = case.approved.approval
    if approval is None or not approval.by.strip():
        yield rule_finding("plan-not-approved", "stop", "No prescriber has approved the plan.")
        return
    if approval.fingerprint != plan_fingerprint(case.approved.plan):
        sentence = "The plan was changed after it was approved; it needs a new approval."
        yield rule_finding("plan-changed", "stop", sentence)
    if approval.on > case.today:
        yield rule_finding("approval-in-future", "stop", "The approval is dated after today.")


def _minute(moment: datetime) -> datetime:
    # A start is typed to the minute, a signature kept to the second.
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
