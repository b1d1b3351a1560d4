"""The answers of the commands as Markdown for a clinician."""

from __future__ import annotations

from collections.abc import Iterable

from masseter.cli.answers.block import Answer
from masseter.cli.answers.shape import (
    AssessOut,
    CheckOut,
    FindingOut,
    FollowUpOut,
    PlanOut,
    ReasonOut,
    ReconstituteOut,
    ScoreOut,
    SymptomOut,
)
from masseter.cli.reference.words import table
from masseter.cli.verbs.plan import changes_in_words
from masseter.core.consult.diagnose import place_of
from masseter.core.quantities import plain
from masseter.knowledge.model import Knowledge

_FIRST = 5  # questions that are printed of a longer list
_GRADES = {"expected": "Expected", "call": "Call the clinic", "emergency": "Emergency: call for help now"}
_NOT_VERIFIED = {"verified": "", "from_memory": " (from memory)", "design": " (our choice)"}


def answer_text(verb: str, answer: Answer, known: Knowledge) -> str:
    """What a command answers."""
    head = f"**`masseter {verb}`:** "
    match answer:
        case AssessOut():
            return head + _assess(answer, known)
        case PlanOut():
            return head + _plan(answer, known)
        case CheckOut():
            words = "nothing blocks." if answer.may_go_on else "not yet."
            return f"{head}{answer.checked}, {words}\n\n{_findings(answer.findings, known)}"
        case ReconstituteOut():
            return head + _reconstitute(answer, known)
        case ScoreOut():
            return head + _score(answer, known)
        case SymptomOut():
            return (
                head + f"{_GRADES[answer.grade]}.\n\n{_reasons(answer.reasons)}" + _unanswered(answer, known)
            )
        case FollowUpOut():
            return head + _follow_up(answer, known)
    raise TypeError(f"There are no words for {type(answer).__name__}.")


def _assess(answer: AssessOut, known: Knowledge) -> str:
    (verdict,) = answer.verdicts
    text = f"{verdict.verdict.replace('_', ' ')}.\n\n"
    places = {each.code: place_of(each) for each in known.conditions[verdict.condition].diagnoses}
    made = [
        f"- {each.name}: {each.answer.replace('_', ' ')}"
        + (f" ({places[each.code]})" if places[each.code] else "")
        for each in verdict.diagnoses
        if each.answer != "not_met"
    ]
    text += "\n".join(made) + "\n\n" if made else "No diagnosis is met.\n\n"
    text += _findings(verdict.findings, known)
    return text + _questions(verdict.questions, known)


def _plan(answer: PlanOut, known: Knowledge) -> str:
    unit = known.products[answer.product].unit_label
    whole = answer.totals[-1]
    text = f"{whole.points} points, {plain(whole.units)} {unit} in all.\n\n"
    rows = [
        [_place(each.of, known), plain(each.units), str(each.points), str(each.without_dose or "")]
        for each in answer.totals[:-1]
        if " " in each.of
    ]
    text += table(["Muscle or area", unit, "Points", "Without dose"], rows)
    changes = [f"- {line}\n" for line in changes_in_words(answer, known)]
    return text + "".join(changes) + ("\n" if changes else "") + _findings(answer.findings, known)


def _place(of: str, known: Knowledge) -> str:
    site, _, side = of.rpartition(" ")
    return f"{known.sites[site].name}, {side}"


def _reconstitute(answer: ReconstituteOut, known: Knowledge) -> str:
    chosen, unit = answer.chosen, known.products[answer.product].unit_label
    opened = ", ".join(f"{each.count} × {each.presentation}" for each in chosen.opened)
    mixed = ", ".join(f"{each.presentation} with {plain(each.diluent_ml)} mL" for each in chosen.mixings)
    text = f"open {opened} ({mixed}): {plain(chosen.units_per_tenth_ml)} {unit} in 0.1 mL; "
    text += f"{plain(chosen.discarded)} {unit} are discarded.\n\n"
    if answer.billing is not None:
        bill = answer.billing
        text += f"{bill.code}: {bill.administered} given, {bill.discarded} discarded {bill.modifier}.\n\n"
    return text + "".join(f"- {sentence}\n" for sentence in chosen.against)


def _score(answer: ScoreOut, known: Knowledge) -> str:
    instrument = known.instruments[answer.instrument]
    if answer.total is None:
        return f"no score. {answer.reason}\n\n"
    text = f"{plain(answer.total)} {instrument.unit}{f', {answer.band}' if answer.band else ''}.\n\n"
    text += _findings(answer.alarms, known) if answer.alarms else ""
    if answer.change_points is not None:
        share = "" if answer.change_percent is None else f", {plain(answer.change_percent)} percent"
        response = "a response" if answer.is_response else "no response"
        text += f"Better by {plain(answer.change_points)} points{share}: {response}.\n\n"
    return text


def _unanswered(answer: SymptomOut, known: Knowledge) -> str:
    if not answer.unanswered:
        return ""
    return f"{len(answer.unanswered)} questions were not answered, so that nothing is reassured.\n\n"


def _follow_up(answer: FollowUpOut, known: Knowledge) -> str:
    text = f"{answer.recommends}.\n\n{_reasons(answer.reasons)}"
    if answer.due is not None:
        text += f"The next treatment not before {answer.due.earliest}.\n\n"
    return text + _questions(answer.questions, known)


def _questions(codes: tuple[str, ...], known: Knowledge) -> str:
    if not codes:
        return ""
    first = "".join(
        f"{number}. {known.observations[code].label}\n" for number, code in enumerate(codes[:_FIRST], 1)
    )
    more = f"\n{len(codes) - _FIRST} more follow.\n" if len(codes) > _FIRST else ""
    return f"Ask next, what could change most first:\n\n{first}{more}\n"


def _findings(findings: Iterable[FindingOut], known: Knowledge) -> str:
    rows = [
        [each.severity, _sentence(each, known), f"`{each.code}`", _sources(each.sources, each.sure)]
        for each in findings
    ]
    return table(["", "Finding", "Code", "Sources"], rows) if rows else "No finding.\n\n"


def _sentence(finding: FindingOut, known: Knowledge) -> str:
    """The sentence, with the products that it is about where it does not name them."""
    keys = finding.subject.split()
    brands = ", ".join(known.products[key].brand for key in keys if key in known.products)
    return f"{finding.sentence} ({brands})" if brands and brands not in finding.sentence else finding.sentence


def _reasons(reasons: Iterable[ReasonOut]) -> str:
    rows = [
        [each.says, each.sentence, f"`{each.code}`", _sources(each.sources, each.sure)] for each in reasons
    ]
    return table(["", "Reason", "Code", "Sources"], rows) if rows else "No rule decides.\n\n"


def _sources(keys: tuple[str, ...], sure: str) -> str:
    return ", ".join(f"[{key}](sources.md#{key.lower()})" for key in keys) + _NOT_VERIFIED[sure]
