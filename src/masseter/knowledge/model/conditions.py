"""Conditions: diagnoses by criteria, findings, follow-up, licences, guidelines, and what patients read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model.grounds import (
    Code,
    Evidence,
    Jurisdiction,
    Leads,
    Position,
    Range,
    Recommends,
    Severity,
    Status,
    Text,
    Value,
)
from masseter.knowledge.model.rules import Rule


@dataclass(frozen=True, kw_only=True)
class FindingRule:
    """A rule that, when met, adds one finding to a verdict.

    `unknown`: what an unknown answer does: `ask` makes the verdict need information, `ignore`
    leaves it out. Empty `jurisdictions`, `products`, `conditions` or `regions` means all.
    `needs_approval`: the stop gives way only to a specialist's recorded approval (an observation code).
    """

    code: str
    when: Rule
    severity: Severity
    leads_to: Leads
    sentence: str
    plain: str
    evidence: Evidence
    unknown: Literal["ask", "ignore"] = "ask"
    urgency: Literal["", "emergency", "same_day", "urgent", "routine"] = ""
    jurisdictions: tuple[Jurisdiction, ...] = ()
    conditions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    in_self_check: bool = False
    is_red_flag: bool = False
    needs_approval: str = ""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One lettered or named line of published diagnostic criteria."""

    code: str
    label: str
    rule: Rule
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """How well the criteria find a diagnosis and leave out the others: shares from 0 to 1."""

    sensitivity: Decimal
    specificity: Decimal
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """A diagnosis that is made when all its criteria are met.

    `treatable`: botulinum toxin may be considered for it; a diagnosis that is not treatable
    (a look-alike, a joint disorder) is still shown when it is met. `accompanies`: it is not treated
    itself and goes along with one that is, for which toxin may still be offered.
    """

    code: str
    name: str
    plain_name: str
    treatable: bool
    criteria: tuple[Criterion, ...]
    codes: tuple[Code, ...]
    evidence: Evidence
    look_alike: str = ""
    accompanies: bool = False
    accuracy: Accuracy | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUpRule:
    """A published stopping, pausing or continuing rule over derived observations.

    A rule that names `diagnoses` or `products` holds for a treatment that is known to be of these.
    """

    code: str
    when: Rule
    recommends: Recommends
    sentence: str
    plain: str
    evidence: Evidence
    jurisdictions: tuple[Jurisdiction, ...] = ()
    diagnoses: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Whether a use is licensed in a jurisdiction; `product` empty means every product."""

    jurisdiction: Jurisdiction
    status: Status
    text: str
    evidence: Evidence
    product: str = ""
    diagnoses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number said to patients, as 'so many of 100', with what it is about.

    `of_people`: a hundred people are counted; otherwise the text itself begins with what is counted.
    `against`: how many of 100 it was with what the treatment was compared with, named in `against_text`.
    """

    of_100: Decimal
    text: str
    evidence: Evidence
    of_people: bool = True
    against: Decimal | None = None
    against_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the public page of a condition says, in plain words of our own.

    `not_counted`: what nobody has counted well enough for a picture. `ask`: questions to bring along.
    """

    title: str
    lead: str
    what_it_is: tuple[Text, ...]
    why_toxin: tuple[Text, ...]
    for_whom: tuple[Text, ...]
    not_for: tuple[Text, ...]
    what_happens: tuple[Text, ...]
    how_well: tuple[Text, ...]
    how_long: tuple[Text, ...]
    side_effects: tuple[Text, ...]
    cannot: tuple[Text, ...]
    other_options: tuple[Text, ...]
    get_help: tuple[Text, ...]
    figures: tuple[Figure, ...] = ()
    not_counted: tuple[Text, ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guideline:
    """What one guideline or review says of botulinum toxin. It decides nothing; it is shown beside a verdict.

    `position` none: it was read and takes none; unread: it exists and its position was not read. Empty
    `jurisdictions` or `diagnoses` means all. `since` and `until` are dates as far as they are known; one
    with `until` is no longer in force. The grade of the evidence is the certainty that it rests on.
    """

    code: str
    title: str
    conditions: tuple[str, ...]
    position: Position
    strength: str
    since: str
    text: str
    evidence: Evidence
    diagnoses: tuple[str, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One of the six conditions, whole.

    `self_check`: observation codes in the order asked, after the red flags.
    `worth_consultation`: met over the self-check answers when a consultation is worth it.
    `main_measure`: code of the instrument on which response is judged; `response_percent` the
    published fall in percent that makes a responder. `codes` belong to the condition as a whole.
    """

    code: str
    name: str
    plain_name: str
    order: int
    story: Story
    self_check: tuple[str, ...]
    worth_consultation: Rule
    not_worth: Text
    diagnoses: tuple[Diagnosis, ...]
    findings: tuple[FindingRule, ...]
    follow_up: tuple[FollowUpRule, ...]
    licences: tuple[Licence, ...]
    main_measure: str
    instruments: tuple[str, ...]
    response_percent: Value
    interval_days: Value
    review_days: Range
    off_label_consent: Text | None
    diary: tuple[str, ...]
    evidence: Evidence
    codes: tuple[Code, ...] = ()
