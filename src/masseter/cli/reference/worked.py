"""The worked cases as pages: who, what is known, what the program answers, where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masseter.cli.reference.answers import answer_text
from masseter.cli.reference.known import known_rows
from masseter.cli.reference.words import GENERATED, table
from masseter.cli.worked.asking import ask
from masseter.cli.worked.reading import WorkedCase, read_all
from masseter.knowledge.model import Condition, Knowledge

_KINDS = {
    "yes": "a clear yes",
    "no": "a clear no",
    "borderline": "on the line",
    "ask_first": "ask first",
    "refer_now": "refer now",
    "second_cycle": "the second cycle",
    "more": "more",
}


def worked_cases(known: Knowledge) -> dict[str, str]:
    """File name → text: an index and a page for each condition; nothing where no cases are at hand."""
    ordered = sorted(known.conditions.values(), key=lambda condition: condition.order)
    cases = {condition.code: list(read_all(condition.code)) for condition in ordered}
    if not any(cases.values()):
        return {}
    pages = {
        page_of(condition): _page(condition, cases[condition.code], known)
        for condition in ordered
        if cases[condition.code]
    }
    return {"worked-cases.md": _index(ordered, cases), **pages}


def page_of(condition: Condition) -> str:
    """The file name of a condition's worked cases."""
    return f"worked-cases-{condition.code.replace('_', '-')}.md"


def linked(text: str) -> str:
    """Source keys in brackets as links to the register."""
    return re.sub(r"\[([A-Za-z0-9, ]+)\]", lambda found: _links(found[1]), text)


def _links(keys: str) -> str:
    return ", ".join(
        f"[{key}](sources.md#{key.lower()})" for key in (each.strip() for each in keys.split(","))
    )


def _index(ordered: list[Condition], cases: dict[str, list[WorkedCase]]) -> str:
    text = (
        "# Worked cases\n\nInvented people, each with what is known, what the program answers and why. "
        "Every answer here is computed when the pages are written, and compared by a test with what the "
        "case says it has to be. The files lie in `tests/spec`; each holds a whole case file that "
        "`masseter assess` and the other commands read.\n\n"
    )
    for condition in ordered:
        page = page_of(condition)
        rows = [
            [f"[{each.told.title}]({page}#{_anchor(each)})", _KINDS[each.told.shows]]
            for each in cases[condition.code]
        ]
        text += f"## {condition.name}\n\n" + table(["Case", "What it shows"], rows)
    return GENERATED + text


def _page(condition: Condition, cases: list[WorkedCase], known: Knowledge) -> str:
    text = f"# Worked cases: {condition.name}\n\nWhat was asked and answered with no is named in one row.\n\n"
    return GENERATED + text + "".join(part for each in cases for part in _case(each, known))


def _case(worked: WorkedCase, known: Knowledge) -> Iterator[str]:
    yield f'<a id="{_anchor(worked)}"></a>\n\n## {worked.told.title}\n\n'
    yield f"*{_KINDS[worked.told.shows].capitalize()}.* {linked(worked.told.tells.strip())}\n\n"
    yield table(["Known", ""], known_rows(worked.case, known))
    for asked in worked.told.answers:
        yield answer_text(asked.verb, ask(asked.verb, worked.case), known)


def _anchor(worked: WorkedCase) -> str:
    return worked.name.split("/")[1]
