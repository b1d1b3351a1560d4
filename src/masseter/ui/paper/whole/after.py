"""What happened after a treatment: symptoms told, unwanted effects, marks, reviews, letters, recalls."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.consult.models import Case
from masseter.journey.follow_up.models import PayerLetter, Recall, Review
from masseter.journey.record.models import Asked, Statement
from masseter.journey.recover.models import AdverseEvent, FeltMark, PutAside, SymptomCheck
from masseter.journey.stock.models import AlertContact
from masseter.ui.areas import area_words
from masseter.ui.felt import felt_words
from masseter.ui.paper.whole.blocks import (
    Block,
    Told,
    condition_words,
    day,
    facts,
    heading,
    section,
    table,
    yes_no,
)
from masseter.ui.symptoms import event_words, open_questions, reason_lines, said_yes
from masseter.ui.words import VERDICTS


def symptoms(told: Told) -> dict[str, object]:
    """Each symptom check as it was answered, and what was said to it."""
    parts: list[Block] = []
    for one in told.record.of(SymptomCheck):
        parts += [
            heading(_("%(when)s, day %(day)s") % {"when": told.at(one.at), "day": one.day}),
            facts(
                (_("Answered with yes"), "; ".join(said_yes(one))),
                (_("Left open"), "; ".join(open_questions(one, plain=True))),
                (_("Answer"), one.get_grade_display()),
                (_("Why"), " ".join(each.plain or each.sentence for each in reason_lines(one))),
                (_("Told by"), one.by_name),
                (_("Seen by the clinic"), f"{told.at(one.seen_at)} {one.seen_by_name}".strip()),
                (_("The clinic noted"), one.seen_note),
            ),
        ]
    return section(_("Symptoms that were told"), parts)


def effects(told: Told) -> dict[str, object]:
    """Unwanted effects."""
    rows = [
        (
            day(one.started_on),
            event_words(one, plain=True),
            one.get_severity_display(),
            yes_no(one.is_serious),
            " ".join([one.get_outcome_display(), day(one.resolved_on)]).strip(),
            one.action_taken,
            one.by_name,
        )
        for one in told.record.of(AdverseEvent)
    ]
    head = (
        _("Begun"),
        _("What"),
        _("How bad"),
        _("Serious"),
        _("Is it over?"),
        _("What was done"),
        _("Told by"),
    )
    return section(_("Unwanted effects"), table(head, rows))


def felt(told: Told) -> dict[str, object]:
    """What was felt after a treatment, marked on the face map, and marks that were put aside."""
    marks = told.record.of(FeltMark)
    rows = [
        (
            day(one.marked_on),
            felt_words(one.kind),
            area_words(one.site, one.side, plain=True),
            one.words,
            told.at(one.taken_back_at),
        )
        for one in marks
    ]
    names = {one.pk: area_words(one.site, one.side, plain=True) for one in marks}
    aside = [(told.at(one.at), names.get(one.mark_id, ""), one.by_name) for one in told.record.of(PutAside)]
    head = (_("Day"), _("What you marked"), _("Where"), _("In words"), _("Taken back"))
    looked = table((_("When"), _("Mark"), _("Looked at and put aside by")), aside)
    return section(_("Felt after a treatment"), table(head, rows), looked)


def reviews(told: Told) -> dict[str, object]:
    """Each review visit, and when you were to be called again."""
    parts: list[Block] = []
    for one in told.record.of(Review):
        advised = VERDICTS.get(str(one.recommendation.get("recommendation", "")))
        parts += [
            heading(day(one.held_on)),
            facts(
                (_("Effect"), one.effect),
                (_("Unwanted"), one.adverse),
                (_("Do you want to go on?"), one.get_wish_display()),
                (_("Advice of the rules"), _(advised.words) if advised else ""),
                (_("Decided"), one.get_decision_display()),
                (_("Why"), one.reason),
                (_("Next"), day(one.next_due_on)),
                (_("With"), one.by_name),
            ),
        ]
    recalls = [(day(one.due_on), one.get_state_display(), one.note) for one in told.record.of(Recall)]
    called = table((_("To be called again from"), _("State"), _("Note")), recalls)
    return section(_("Reviews and what comes next"), parts, called)


def asked(told: Told) -> dict[str, object]:
    """What you asked about the record, the answers, and your own statements."""
    parts: list[Block] = []
    for one in told.record.of(Asked):
        parts += [
            heading(f"{one.get_kind_display()}, {told.at(one.created_at)}"),
            facts(
                (_("About"), one.about),
                (_("In your words"), one.words),
                (_("State"), one.get_state_display()),
                (_("Answer"), one.answer),
                (_("What is kept"), one.kept),
                (_("By"), f"{one.answered_by_name} {told.at(one.answered_at)}".strip()),
            ),
        ]
    own = [(told.at(one.added_at), one.about, one.words) for one in told.record.of(Statement)]
    said = table((_("Your statement of"), _("About"), _("In your words")), own)
    return section(_("What you asked about your record"), parts, said)


def letters(told: Told) -> dict[str, object]:
    """Letters to payers, and what the clinic told you about a recalled lot."""
    cases = {case.pk: condition_words(case.condition) for case in told.record.of(Case)}
    sent = [
        (
            told.at(one.issued_at),
            one.payer,
            one.get_kind_display(),
            cases.get(one.case_id, ""),
            one.issued_by_name,
        )
        for one in told.record.of(PayerLetter)
    ]
    warned = [
        (told.at(one.at), one.get_how_display(), yes_no(one.was_reached), one.note, one.by_name)
        for one in told.record.of(AlertContact)
    ]
    return section(
        _("Letters and warnings"),
        table((_("Sent"), _("To"), _("Kind"), _("About"), _("By")), sent),
        table((_("Warning about a lot"), _("How"), _("Reached"), _("Note"), _("By")), warned),
    )
