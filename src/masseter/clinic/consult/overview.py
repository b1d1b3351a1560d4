"""What is done and what is open in the consultation of a case, each with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from masseter.clinic.consult.questions import examination_types
from masseter.core.consult.standing import Standing
from masseter.core.facts import Observation
from masseter.core.results.course import DatedScore
from masseter.journey.consult.models import Assessment, Case, Consent, Decision
from masseter.journey.consult.queries import (
    facts_of,
    latest_decision,
    standings_of,
)
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.results.before import before_treatment
from masseter.journey.results.queries import course_of, main_instrument
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.ui.observations import intake_types
from masseter.ui.words import VERDICTS


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the consultation: its state in words, and whether it is done, open or asks for a look."""

    name: str
    url: str
    words: str
    tone: str

    @property
    def is_done(self) -> bool:
        return self.tone == "good"


def consult_parts(by: Actor, case: Case, saved: Assessment | None, consent: Consent | None) -> list[Part]:
    """The parts of the consultation in the order in which they are usually done.

    `saved` is the newest verdict that was kept, `consent` the one that holds.
    """
    standing = standings_of(case.patient, case)
    today = clock.today(by.zone)
    facts = facts_of(case, today=today, standing=standing)
    course = course_of(case, main_instrument(case), today=today)
    return [
        _questions("Intake", "intake", case, standing, intake_types(case.condition)),
        _elsewhere(case, facts),
        _questions("Examination", "examination", case, standing, examination_types(case.condition, facts)),
        _diagnosis(case, saved),
        _candidacy(case, saved),
        _baseline(case, course.baseline),
        *([] if course.cycles else _diary(case, today)),
        _decision(case, latest_decision(case)),
        _consent(case, consent),
    ]


def _questions(
    name: str, page: str, case: Case, standing: dict[str, Standing], types: list[ObservationType]
) -> Part:
    known = [one for type_ in types if (one := standing.get(type_.code)) is not None]
    waiting = [one for one in known if one.waits is not None]
    url = reverse(page, args=[case.pk])
    if waiting:
        words, tone = (
            f"{len(waiting)} answer{'' if len(waiting) == 1 else 's'} of the patient to confirm",
            "caution",
        )
    elif known:
        words, tone = f"{len(known)} of {len(types)} answered", "good" if len(known) == len(types) else "note"
    else:
        words, tone = "not started", "plain"
    return Part(name=name, url=url, words=words, tone=tone)


def _elsewhere(case: Case, facts: dict[str, Observation]) -> Part:
    url = reverse("elsewhere", args=[case.patient_id])
    last = facts.get("days_since_last_toxin")
    if last is None:
        return Part(name="Earlier toxin treatments", url=url, words="not asked yet", tone="plain")
    has_any = isinstance(last.value, int)
    words = f"last one {last.value} days ago" if has_any else "none so far"
    return Part(name="Earlier toxin treatments", url=url, words=words, tone="good")


def _diagnosis(case: Case, saved: Assessment | None) -> Part:
    code = saved.diagnosis if saved is not None else ""
    names = {one.code: one.name for one in load().conditions[case.condition].diagnoses}
    url = reverse("diagnosis", args=[case.pk])
    tone = "good" if code else "plain"
    return Part(name="Diagnosis", url=url, words=names.get(code, code) or "not chosen yet", tone=tone)


def _candidacy(case: Case, saved: Assessment | None) -> Part:
    url = reverse("candidacy", args=[case.pk])
    if saved is None:
        return Part(name="Candidacy", url=url, words="not assessed yet", tone="plain")
    look = VERDICTS[saved.verdict]
    return Part(name="Candidacy", url=url, words=look.words, tone=look.tone)


def _baseline(case: Case, score: DatedScore | None) -> Part:
    condition = load().conditions[case.condition]
    instrument = load().instruments[condition.main_measure]
    url = reverse("score_add", args=[case.pk, instrument.code])
    if score is None:
        return Part(
            name="Baseline score", url=url, words=f"{instrument.short_name} not taken yet", tone="plain"
        )
    words = f"{instrument.short_name} {score.total.normalize():f} {instrument.unit}".strip()
    return Part(name="Baseline score", url=url, words=words, tone="good")


def _diary(case: Case, today: date) -> list[Part]:
    """The diary before a treatment, where the condition keeps one."""
    before = before_treatment(case, today=today)
    if before is None:
        return []
    url, begun = (
        reverse("diary_add", args=[case.pk]),
        ", begun by the patient" if case.begun_by_patient else "",
    )
    words = f"{before.days} of {before.span} days{begun}" if before.is_begun else f"not begun{begun}"
    tone = "good" if before.is_whole else "note" if before.is_begun else "plain"
    return [Part(name="Diary before treatment", url=url, words=words, tone=tone)]


def _decision(case: Case, decision: Decision | None) -> Part:
    url = reverse("decision", args=[case.pk])
    if decision is None:
        return Part(name="Shared decision", url=url, words="not written down yet", tone="plain")
    tone = "good" if decision.decided == Decision.Decided.GO_AHEAD else "caution"
    return Part(name="Shared decision", url=url, words=decision.get_decided_display(), tone=tone)


def _consent(case: Case, consent: Consent | None) -> Part:
    if consent is None:
        url = reverse("consent_take", args=[case.pk])
        return Part(name="Consent", url=url, words="not signed", tone="plain")
    if consent.waits_for_visit:
        url, words = reverse("consent_confirm", args=[consent.pk]), "signed at home, to confirm at the visit"
        return Part(name="Consent", url=url, words=words, tone="caution")
    words = f"signed by {consent.signer_name}"
    return Part(name="Consent", url=reverse("consent", args=[consent.pk]), words=words, tone="good")
