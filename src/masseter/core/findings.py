"""Findings: the lines of a verdict, their order, and what a clinician may overrule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from masseter.knowledge.model import Leads, Severity, Sureness

SEVERITIES: tuple[Severity, ...] = ("stop", "caution", "note")
LEADS: tuple[Leads, ...] = (
    "refer_urgently",
    "not_a_candidate",
    "something_else_first",
    "needs_information",
    "candidate",
)
URGENCIES: tuple[str, ...] = ("emergency", "same_day", "urgent", "routine", "")
Rank = tuple[int, int, int, str, str, str]
KEY_MARK = "~"  # stands in no code
KEY_LENGTH = 16


class CannotOverride(ValueError):
    """An override that is not allowed, with the sentence that says why."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of a verdict, with its sources.

    `sentence` speaks to the clinician, `plain` to the patient. `asks` names the observations that
    would settle an open finding. `subject` is the point, site or thing that the finding is about,
    so that a page can show it there.
    """

    code: str
    severity: Severity
    sentence: str
    plain: str = ""
    sources: tuple[str, ...] = ()
    sure: Sureness = "design"
    leads_to: Leads = "candidate"
    urgency: str = ""
    asks: tuple[str, ...] = ()
    subject: str = ""

    @property
    def key(self) -> str:
        """The name of this very finding: another subject or another sentence has another key."""
        told = "\n".join((self.code, self.subject, self.sentence))
        return f"{self.code}{KEY_MARK}{sha256(told.encode()).hexdigest()[:KEY_LENGTH]}"

    @property
    def is_stop(self) -> bool:
        """Nothing can be done until this is resolved; no reason overrules it."""
        return self.severity == "stop"

    @property
    def is_open(self) -> bool:
        """The finding stands because something is not known yet."""
        return bool(self.asks)


@dataclass(frozen=True, kw_only=True)
class Override:
    """A clinician's written reason for going on despite one caution about one subject.

    `sentence` is the finding's as it stood when the reason was written: a reason for 6 units says
    nothing about 60. None where reason and findings are given in one go, as in a case file.
    """

    code: str
    reason: str
    by: str
    subject: str = ""
    sentence: str | None = None


def order_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Every finding once, the gravest first; the order of the input makes no difference."""
    return tuple(sorted(set(findings), key=rank))


def rank(finding: Finding) -> Rank:
    """The place of a finding in a verdict: the smaller, the graver; then by name."""
    urgency = URGENCIES.index(finding.urgency) if finding.urgency in URGENCIES else len(URGENCIES)
    return (
        SEVERITIES.index(finding.severity),
        LEADS.index(finding.leads_to),
        urgency,
        finding.code,
        finding.subject,
        finding.sentence,
    )


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings, or None when there is no finding."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in present), None)


def gravest_lead(findings: Iterable[Finding]) -> Leads:
    """The verdict that the findings lead to when the gravest decides; `candidate` without findings."""
    present = {finding.leads_to for finding in findings}
    return next((lead for lead in LEADS if lead in present), "candidate")


def check_override(finding: Finding, override: Override) -> None:
    """Accept a reason for going on despite a finding.

    Raises: CannotOverride for a stop, for another finding's override or one that was written before the
    finding changed, or without reason or name.
    """
    if (finding.code, finding.subject) != (override.code, override.subject):
        raise CannotOverride("This reason was written for another finding.")
    if override.sentence is not None and override.sentence != finding.sentence:
        raise CannotOverride("The finding has changed since this reason was written. Look at it again.")
    if finding.is_stop:
        raise CannotOverride("This finding stops the treatment and cannot be overruled.")
    if not override.reason.strip():
        raise CannotOverride("Write the reason for going on despite this caution.")
    if not override.by.strip():
        raise CannotOverride("A reason needs the name of the person who gives it.")


def still_blocking(findings: Iterable[Finding], overrides: Iterable[Override] = ()) -> tuple[Finding, ...]:
    """The findings that keep one from going on: every stop, and every caution without a reason."""
    reasons = tuple(overrides)
    return tuple(
        finding
        for finding in order_findings(findings)
        if finding.severity != "note" and written_for(finding, reasons) is None
    )


def written_for(finding: Finding, overrides: Iterable[Override]) -> Override | None:
    """The last written of the reasons that let one go on despite a finding, if there is one."""
    return next((each for each in reversed(tuple(overrides)) if _overrules(each, finding)), None)


def spread_reasons(findings: Iterable[Finding], typed: Mapping[str, str], by: str) -> tuple[Override, ...]:
    """Typed reasons by the key of the caution that each was written for."""
    return tuple(
        Override(
            code=each.code,
            subject=each.subject,
            sentence=each.sentence,
            reason=typed[each.key].strip(),
            by=by,
        )
        for each in findings
        if each.severity == "caution" and typed.get(each.key, "").strip()
    )


def one_reason(findings: Iterable[Finding], reason: str) -> dict[str, str]:
    """The same reason for each of these cautions, by its key."""
    return {each.key: reason for each in findings if each.severity == "caution"}


def _overrules(override: Override, finding: Finding) -> bool:
    try:
        check_override(finding, override)
    except CannotOverride:
        return False
    return True
