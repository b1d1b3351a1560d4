"""Who the patient is: contact, conditions, appointments and requests."""

from __future__ import annotations

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from masseter.journey.calendar.models import Appointment, Waiting
from masseter.journey.consult.models import Case, ElsewhereTreatment, Observation
from masseter.journey.consult.rows import from_json
from masseter.journey.people.models import Proxy
from masseter.journey.screen.models import Referral
from masseter.knowledge.load import load
from masseter.ui.languages.numbers import apart
from masseter.ui.observations import answer_words, asked_words
from masseter.ui.paper.whole.blocks import (
    Told,
    condition_words,
    day,
    facts,
    heading,
    number,
    section,
    table,
    text,
    yes_no,
)
from masseter.ui.words import VERDICTS, product_words, unit_words


def person(told: Told) -> dict[str, object]:
    """Name, contact data and what helps at a visit."""
    patient = told.record.patient
    return section(
        _("Who you are"),
        facts(
            (_("Name"), str(patient)),
            (_("Record number"), patient.number),
            (_("Date of birth"), day(patient.birth_date)),
            (_("Sex"), patient.get_sex_display()),
            (_("Address"), ", ".join(patient.address.splitlines())),
            (_("Telephone"), patient.phone),
            (_("E-mail"), patient.email),
            (_("Language"), language_words(patient.language)),
            (_("Needs an interpreter"), yes_no(patient.needs_interpreter)),
            (_("What helps at a visit"), patient.access_needs),
            (_("Weight"), f"{number(patient.weight_kg)} kg" if patient.weight_kg is not None else ""),
            (_("On record since"), told.at(patient.created_at)),
        ),
    )


def language_words(code: str) -> str:
    """The name of a language in the reader's own."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def carers(told: Told) -> dict[str, object]:
    """Who may see the record beside the clinic, and who might once."""
    rows = [
        (
            one.name,
            one.relation,
            one.email,
            _("sees and writes the diary") if one.may_write else _("sees"),
            day(one.until),
            told.at(one.accepted_at),
            told.at(one.ended_at),
            " ".join([one.invited_by_name, one.consent]).strip(),
        )
        for one in told.record.of(Proxy)
    ]
    head = (
        _("Carer"),
        _("Who this is"),
        _("E-mail"),
        _("Is allowed to"),
        _("Until"),
        _("Code shown"),
        _("Ended"),
        _("Invited by"),
    )
    return section(_("Carers"), table(head, rows))


def conditions(told: Told) -> dict[str, object]:
    """What is treated, since when."""
    rows = [
        (
            condition_words(case.condition),
            case.get_state_display(),
            told.at(case.opened_at),
            told.at(case.closed_at),
            case.closed_reason,
        )
        for case in told.record.of(Case)
    ]
    head = (_("Condition"), _("State"), _("Begun"), _("Closed"), _("Why it was closed"))
    return section(_("Conditions"), table(head, rows))


def visits(told: Told) -> dict[str, object]:
    """Requests for an appointment, and the appointments."""
    asked = [part for one in told.record.of(Referral) for part in _referral(told, one)]
    rows = [
        (
            told.at(one.starts_at),
            _("%(number)s min") % {"number": one.minutes},
            one.get_kind_display(),
            str(one.with_user or ""),
            one.get_state_display(),
            one.note or one.reason,
        )
        for one in told.record.of(Appointment)
    ]
    waits = [
        (
            told.at(one.created_at),
            one.get_kind_display(),
            ", ".join(str(each) for each in [*one.days, *one.parts]),
            one.words,
            one.get_state_display(),
            one.reason,
        )
        for one in told.record.of(Waiting)
    ]
    head = (_("When"), _("How long"), _("What for"), _("With"), _("State"), _("Note"))
    waiting = (_("Waits since"), _("What for"), _("Times that suit"), _("In words"), _("State"), _("Reason"))
    return section(_("Visits"), table(head, rows), table(waiting, waits), asked)


def _referral(told: Told, one: Referral) -> list[dict[str, object]]:
    types = load().observations
    outcome = VERDICTS.get(one.outcome)
    answers = [
        (asked_words(types[code]), answer_words(types[code], from_json(types[code], value)))
        for code, value in one.answers.items()
        if code in types
    ]
    return [
        heading(_("Request for an appointment of %(day)s") % {"day": told.at(one.created_at)}),
        facts(
            (_("Name"), one.name),
            (_("E-mail"), one.email),
            (_("Telephone"), one.phone),
            (_("About"), condition_words(one.condition or one.checked_condition)),
            (_("Message"), one.message),
            (_("Times that suit"), one.preferred_times),
            (_("Result of the self-check"), _(outcome.words) if outcome else one.outcome),
            (_("State"), one.get_state_display()),
            (_("Answered"), f"{told.at(one.answered_at)} {one.answered_by_name}".strip()),
            (_("Reason"), one.reason),
        ),
        *table((_("Question of the self-check"), _("Answer")), answers),
    ]


def answers(told: Told) -> dict[str, object]:
    """What was asked, answered and found, the oldest first."""
    types = load().observations
    conditions_of = {case.pk: condition_words(case.condition) for case in told.record.of(Case)}
    rows = []
    for row in told.record.of(Observation):
        type_ = types.get(row.code)
        value = answer_words(type_, from_json(type_, row.value)) if type_ else str(row.value)
        note = row.note
        about = conditions_of.get(row.case_id or 0, "")
        rows.append(
            (
                day(row.observed_on),
                asked_words(type_) if type_ else row.code,
                value,
                about,
                row.get_reported_by_display(),
                row.recorded_by_name,
                note,
            )
        )
    head = (
        _("Day"),
        _("Question or finding"),
        _("Answer"),
        _("About"),
        _("From"),
        _("Written by"),
        _("Note"),
    )
    return section(
        _("Your answers, history and examination"),
        [text(_("Nothing is overwritten: of two answers to one question the later one counts."))]
        if rows
        else [],
        table(head, rows),
    )


def elsewhere(told: Told) -> dict[str, object]:
    """Botulinum toxin that was given in other places."""
    rows = [
        (
            day(one.given_on) + (f" ({_('about')})" if one.is_date_approximate else ""),
            product_words(one.product) if one.product else "",
            apart(f"{number(one.units)} {unit_words(one.product)}") if one.units is not None else "",
            one.where,
            one.reason,
            one.recorded_by_name,
            one.withdrawn_reason,
        )
        for one in told.record.of(ElsewhereTreatment)
    ]
    head = (
        _("Day"),
        _("Product"),
        _("Units"),
        _("Where"),
        _("For"),
        _("Written by"),
        _("Taken back because"),
    )
    return section(_("Botulinum toxin given elsewhere"), table(head, rows))
