"""What is known, in words for everybody: stories with their sources, licences, and a self-check's answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.screen.licence import Extent, licensed_uses
from masseter.core.screen.self_check import Fit, SelfCheck, SelfCheckAnswer
from masseter.knowledge.model import Condition, Evidence, Figure, Jurisdiction, Knowledge, Source, Text
from masseter.ui.languages.lists import listed_apart
from masseter.ui.languages.told import told
from masseter.ui.words import OPEN_FLAG_LOOK, OPEN_FLAG_WORDS

_IN_FIGURES = "figures"
# field of the story, id, heading, icon
PARTS = (
    ("what_it_is", "what", _("What it is"), "info-circle"),
    ("why_toxin", "why", _("Why botulinum toxin"), "vaccine"),
    ("for_whom", "who", _("Who it may be for"), "user-check"),
    ("not_for", "not", _("Who it is not for"), "hand-stop"),
    ("what_happens", "steps", _("What happens"), "list-check"),
    ("how_well", "well", _("How well it works"), "chart-line"),
    ("how_long", "long", _("How long it takes and lasts"), "clock"),
    ("side_effects", "effects", _("Side effects"), "alert-triangle"),
    (_IN_FIGURES, "figures", _("In figures"), "users"),
    ("cannot", "cannot", _("What it cannot do"), "ban"),
    ("other_options", "other", _("What else can help"), "arrows-exchange"),
    ("get_help", "help", _("When to get help at once"), "ambulance"),
)
HOW_SURE = {
    "high": _("We are sure: several good studies."),
    "moderate": _("We are fairly sure: good studies, but few."),
    "low": _("We are not sure: small or few studies. The number can change."),
    "very_low": _("We are very unsure: only a few people were counted."),
}
_LEAST_DOT = 1  # below one of a hundred, dots would show nothing
# In the code of a rule: what guidelines say of the whole condition, said to everybody before they decide.
_GUIDELINE = "-guideline"
_UNDECIDED_WORDS = {
    SelfCheckAnswer.SOMETHING_ELSE_FIRST: _("Something else first: the questions that are open"),
    SelfCheckAnswer.WORTH_CONSULTATION: _("Worth a consultation, to find out what you do not know"),
}
_FIT_UNTOLD = {
    Fit.LEFT_OUT: _(
        "We cannot tell yet: questions about your complaint are not answered. Answer them first. "
        "You may also ask for an appointment, and we ask you then."
    ),
    Fit.NOT_KNOWN: _("You do not know some of the answers. A clinician can ask and examine you to find out."),
}
_URGENT = {
    "emergency": _("Do not wait. Call the emergency number now, or have somebody call for you."),
    "same_day": _(
        "See a doctor or an emergency department today. If it gets worse, call the emergency number."
    ),
    "urgent": _("See a doctor within the next days. If it gets worse fast, call the emergency number."),
}


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A sentence or two with what it rests on."""

    text: str
    sources: tuple[Source, ...]
    sure: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section of a story."""

    key: str
    heading: str
    icon: str
    paragraphs: tuple[Paragraph, ...]
    figures: tuple[tuple[Figure, Paragraph, bool, str], ...] = ()


def story_parts(condition: Condition, known: Knowledge) -> list[Part]:
    """The story of a condition, part by part; parts without a word are left out."""
    parts = []
    for field, key, heading, icon in PARTS:
        is_drawn, story = field == _IN_FIGURES, condition.story
        texts: tuple[Text, ...] = story.not_counted if is_drawn else getattr(story, field)
        figures = _figures(condition, known) if is_drawn else ()
        if texts or figures:
            paragraphs = tuple(_paragraph(text.text, text.evidence, known) for text in texts)
            parts.append(
                Part(key=key, heading=str(heading), icon=icon, paragraphs=paragraphs, figures=figures)
            )
    return parts


@dataclass(frozen=True, kw_only=True)
class LicenceNotes:
    """What the law of the place says about a use: the whole in two lines, then every entry on record."""

    extent: str
    licensed: str
    off_label: str
    rows: tuple[tuple[bool, str, Paragraph], ...]  # whether licensed, the word in front, what is said


def licence_notes(condition: Condition, known: Knowledge, jurisdiction: Jurisdiction) -> LicenceNotes:
    """Every licence and every off-label use on record for the place; an off-label use is said to be one."""
    uses = licensed_uses(condition, jurisdiction)
    here = [one for one in condition.licences if one.jurisdiction == jurisdiction]
    # Where all diagnoses are licensed, what is not licensed are other products.
    words = {
        True: gettext("Licensed"),
        False: gettext("Other products") if uses.extent is Extent.ALL else gettext("Off-label"),
    }
    return LicenceNotes(
        extent=str(uses.extent),
        licensed=_listed([told(one.plain_name) for one in uses.licensed]),
        off_label=_listed([told(one.plain_name) for one in uses.off_label]),
        rows=tuple(
            (is_licensed, words[is_licensed], _paragraph(one.text, one.evidence, known))
            for is_licensed in (True, False)
            for one in here
            if (one.status == "licensed") is is_licensed
        ),
    )


def warnings(condition: Condition, known: Knowledge) -> list[Paragraph]:
    """What guidelines say about the treatment in this condition as a whole."""
    rules = [rule for rule in condition.findings if _GUIDELINE in rule.code and rule.plain]
    return [_paragraph(rule.plain, rule.evidence, known) for rule in rules]


def condition_cards(conditions: Iterable[Condition], jurisdiction: Jurisdiction) -> list[dict[str, object]]:
    """The six conditions as cards: name, lead, and how much of it has a licensed product here."""
    return [
        {
            "code": one.code,
            "title": one.story.title,
            "lead": one.story.lead,
            "licensed": str(licensed_uses(one, jurisdiction).extent),
        }
        for one in conditions
    ]


def durations(conditions: Iterable[Condition]) -> list[dict[str, object]]:
    """For each condition, what is known on how long it takes and lasts."""
    return [
        {"condition": one, "words": one.story.how_long[0].text} for one in conditions if one.story.how_long
    ]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer of a self-check as the page shows it."""

    code: str
    title: str
    is_help: bool
    is_undecided: bool
    urgent: str
    reasons: tuple[Paragraph, ...]
    about_complaint: str
    unanswered: tuple[str, ...]
    flags_open: tuple[str, ...]


def answered(check: SelfCheck, condition: Condition, known: Knowledge) -> Answered:
    """A self-check in words: the reasons with their sources, and the questions left open."""
    open_flags = set(check.red_flags_open)
    said = [one for one in check.findings if one.plain and not open_flags.intersection(one.asks)]
    reasons = {one.plain: _paragraph_of(one.plain, one.sources, one.sure, known) for one in said}
    is_help = check.answer is SelfCheckAnswer.GET_HELP_NOW
    return Answered(
        code=OPEN_FLAG_LOOK if not is_help and (open_flags or check.is_undecided) else str(check.answer),
        title="" if is_help else _title(check),
        is_help=is_help,
        is_undecided=check.is_undecided,
        urgent=str(_URGENT.get(check.urgency, _URGENT["same_day"])) if is_help else "",
        reasons=tuple(reasons.values()),
        about_complaint="" if is_help else _about_complaint(check.fit, condition),
        unanswered=_questions([code for code in check.unanswered if code not in open_flags], known),
        flags_open=_questions(check.red_flags_open, known),
    )


def _about_complaint(fit: Fit, condition: Condition) -> str:
    if fit is Fit.FITS:
        sentence = gettext("What you describe can go with %(condition)s. A clinician can find out more.")
        return sentence % {"condition": told(condition.plain_name)}
    return told(condition.not_worth.text) if fit is Fit.DOES_NOT_FIT else str(_FIT_UNTOLD[fit])


def _questions(codes: Sequence[str], known: Knowledge) -> tuple[str, ...]:
    types = [known.observations[code] for code in codes]
    return tuple(told(one.question or one.label) for one in types)


def _title(check: SelfCheck) -> str:
    """Words of their own for an answer that is no verdict yet; '' where the usual ones hold."""
    if check.red_flags_open:
        return gettext(OPEN_FLAG_WORDS[check.answer])
    return str(_UNDECIDED_WORDS[check.answer]) if check.is_undecided else ""


def _figures(condition: Condition, known: Knowledge) -> tuple[tuple[Figure, Paragraph, bool, str], ...]:
    return tuple(
        (
            figure,
            _paragraph(figure.text, figure.evidence, known),
            figure.of_100 >= _LEAST_DOT,
            str(HOW_SURE.get(figure.evidence.grade, _("How sure this is was not judged."))),
        )
        for figure in condition.story.figures
    )


def _paragraph(text: str, evidence: Evidence, known: Knowledge) -> Paragraph:
    return _paragraph_of(text, evidence.sources, evidence.sure, known)


def _paragraph_of(text: str, keys: Iterable[str], sure: str, known: Knowledge) -> Paragraph:
    sources = tuple(known.sources[key] for key in keys if key in known.sources)
    return Paragraph(text=text, sources=sources, sure=sure)


def _listed(words: Sequence[str]) -> str:
    """'one', 'one and two', 'one; two; and three' (names may hold commas)."""
    if len(words) <= 1:
        return "".join(words)
    named = {"others": listed_apart(words[:-1]), "last": words[-1]}
    return gettext("%(others)s and %(last)s") % named
