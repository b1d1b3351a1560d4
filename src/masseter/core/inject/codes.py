"""Every code that the check of a treatment gives beside those of the plan, in one sentence each."""

from __future__ import annotations

from types import MappingProxyType

TREATMENT_CODES = MappingProxyType(
    {
        "identity-unconfirmed": "The person was not confirmed by two identifiers.",
        "time-out-incomplete": "Consent, plan, allergies or today's health were not confirmed aloud.",
        "new-since-plan": "A medicine or an illness is new since the plan.",
        "consent-missing": "There is no signed consent.",
        "consent-in-future": "The consent is dated after the treatment.",
        "consent-withdrawn": "The consent was withdrawn.",
        "consent-not-confirmed": "The consent was signed at home and not confirmed at the visit.",
        "consent-other-condition": "The consent is for another condition.",
        "consent-other-diagnosis": "The consent is for another diagnosis or says otherwise of the licence.",
        "consent-other-product": "The consent is for another product.",
        "plan-not-approved": "No prescriber has approved the plan.",
        "plan-changed": "The plan was changed after its approval.",
        "approval-in-future": "The approval is dated after the treatment.",
        "vial-missing": "A point does not name a recorded vial.",
        "vial-twice": "One vial is recorded more than once.",
        "vial-other-product": "A vial holds another product than the plan's.",
        "vial-unknown-size": "The product is not sold in the size recorded for a vial.",
        "vial-units-wrong": "The units of a vial do not agree with its size.",
        "vial-other-size": "A vial is of another size than planned.",
        "lot-missing": "The lot of a vial is not recorded.",
        "lot-on-alert": "The lot of a vial was named in an alert about fakes.",
        "vial-recalled": "A vial is recalled.",
        "vial-quarantined": "A vial is in quarantine.",
        "vial-finished": "A vial is recorded as used up or discarded.",
        "vial-of-other-patient": "A vial was used for another patient.",
        "expiry-missing": "The expiry date of a vial is not recorded.",
        "vial-expired": "A vial's last day of use is past.",
        "reconstitution-missing": "It is not recorded when a powder was reconstituted.",
        "reconstituted-in-future": "A vial is recorded as reconstituted after the treatment.",
        "vial-past-use": "A vial is past its time of use after reconstitution.",
        "diluent-outside-label": "A vial was reconstituted with what its label does not name.",
        "diluent-missing": "The diluent volume of a vial is not recorded.",
        "concentration-differs": "A vial has another concentration than the plan.",
        "vial-overfull": "A vial is recorded with more units than its label.",
        "vial-overdrawn": "More units were given from a vial than it held.",
        "discarded-missing": "The units discarded of a vial are not recorded.",
        "vial-sum-wrong": "Given and discarded units do not add up to what the vial held.",
        "nothing-given": "Nothing is recorded as given.",
        "given-nothing": "A point is recorded as given with no units.",
        "deviation-reason-missing": "A departure from the plan has no reason.",
    }
)
