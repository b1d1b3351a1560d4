"""Every code that the checks of plan and treatment give, with what it says in one sentence.

Codes of limits are `over-limit-` and the limit's own code; those of precautions are the rule's code.
"""

from __future__ import annotations

from types import MappingProxyType

PLAN_CODES = MappingProxyType(
    {
        "product-missing": "No product has been chosen yet.",
        "no-points": "The plan has no injection point.",
        "dose-missing": "A point has no dose yet; doses are never carried over from another product.",
        "dose-zero": "A point has zero units.",
        "dose-too-fine": "A dose is finer than the smallest step in which the product's units are given.",
        "two-products": "More than one toxin product in one treatment or on one day.",
        "duplicate-point": "The same point is in the plan more than once.",
        "point-misnamed": "A point's name does not agree with its site, side and number.",
        "side-impossible": "A point lies on a side that its site does not have.",
        "same-spot": "Two points lie on one and the same spot of the map.",
        "upper-lid-middle": "A point lies in the middle of the upper lid, where the lid's lifter is.",
        "lower-lid-medial": "A point lies in the medial lower lid, over the inferior oblique.",
        "no-protocol": "The plan follows no published protocol.",
        "product-not-of-protocol": "The protocol was published with another product; doses do not carry.",
        "protocol-of-other-condition": "The protocol was published for another condition.",
        "protocol-of-other-diagnosis": "The protocol was published for another diagnosis.",
        "site-not-in-protocol": "A site is not part of the protocol.",
        "point-not-in-protocol": "A point is not part of the protocol.",
        "site-left-out": "A required site of the protocol is left out.",
        "dose-outside-protocol": "A point's dose is outside the published range.",
        "total-outside-protocol": "The plan's total is outside the published range.",
        "uneven-sides": "A muscle gets different doses on the two sides.",
        "counted-in-windows": "The units counted in the window of days and in that of calendar months.",
        "weight-missing": "A ceiling goes by body weight, which is not known.",
        "over-limit-in-months": "A ceiling is kept in its window of days, not in calendar months.",
        "interval-too-short": "A toxin was given inside the shortest interval.",
        "interval-under-months": "The interval in days is kept, that in calendar months is not yet over.",
        "interval-kept": "The last toxin on record lies outside both windows.",
        "earlier-in-future": "A treatment on record has a date that is still to come.",
        "earlier-product-unknown": "A recent toxin treatment was with a product that is not known.",
        "earlier-product-unlicensed": "A toxin on record is licensed in none of US, EU and UK.",
        "earlier-units-unknown": "A recent toxin treatment was with units that are not known.",
        "other-toxin-recent": "Another toxin was given in recent months; its units are never added.",
        "same-day-product-unknown": "A toxin of unknown product is on record for the same day.",
        "allergy": "The person is allergic to a component of the product.",
        "allergy-named": "An allergy on record is not to a listed component of the product.",
        "allergies-unknown": "Allergies have not been asked, or the answer is not known.",
        "product-unlicensed": "The product is not licensed in the jurisdiction.",
        "product-cosmetic": "The product is licensed for cosmetic use only.",
        "use-licensed": "This use of the product is licensed.",
        "use-off-label": "This use is outside the licence, and the reason is written down.",
        "use-research": "This use belongs in research.",
        "off-label-reason-missing": "This use is outside the licence, and no reason is written down.",
        "dilution-missing": "The vial size or the diluent volume is missing.",
        "dilution-outside-label": "The dilution is not one of the label's.",
        "solution-diluted": "A ready solution is to be diluted.",
        "vial-size-wrong": "The units of a vial do not agree with the chosen vial size.",
        "nothing-drawn": "A dose is too small for the syringe, so that nothing would be drawn.",
        "rounding-confirm": "The syringe's marks change a dose by more than the accepted share.",
        "rounding-large": "The syringe's marks change a dose by so much that another way is needed.",
        "vials-short": "The vials in stock do not hold the plan and the loss in the syringes.",
        "vial-for-loss": "A vial is opened only for the loss in the syringes.",
        "override-refused": "A reason was written for a finding that cannot be overruled.",
    }
)
