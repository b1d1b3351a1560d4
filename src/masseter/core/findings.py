"""Findings: the lines of a verdict, their order, and what a clinician may overrule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    def is_stop(self) -> bool:
        """Nothing can be done until this is resolved; no reason overrules it."""
        return self.severity == "stop"

    @property
    def is_open(self) -> bool:
        """The finding stands because something is not known yet."""
        return bool(self.asks)


@dataclass(frozen=True, kw_only=True)
class Override:
    """A clinician's written reason for going on despite one caution about one subject."""

    code: str
    reason: str
    by: str
    subject: str = ""


def order_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Every finding once, the gravest first; the order of the input makes no difference."""
    return tuple(sorted(set(findings), key=_rank))


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

    Raises: CannotOverride for a stop, for another finding's override, or without reason or name.
    """
    if (finding.code, finding.subject) != (override.code, override.subject):
        raise CannotOverride("This reason was written for another finding.")
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
        if finding.severity != "note" and not any(_overrules(reason, finding) for reason in reasons)
    )


def _overrules(override: Override, finding: Finding) -> bool:
    try:
        check_override(finding, override)
    except CannotOverride:
        return False
    return True


def _rank(finding: Finding) -> tuple[int, int, int, str, str, str]:
    urgency = URGENCIES.index(finding.urgency) if finding.urgency in URGENCIES else len(URGENCIES)
    return (
        SEVERITIES.index(finding.severity),
        LEADS.index(finding.leads_to),
        urgency,
        finding.code,
        finding.subject,
        finding.sentence,
    )
