"""Which texts wait for a translation: every marked text of the templates and the Python code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split

from masseter.ui.languages.po import Message

ROOT = Path(__file__).resolve().parents[2]
# Staff pages are English, and so are the program's own words.
_ROOMS = ("config", "core", "journey", "portal", "ui")
# Of the clinic's side patients read the names of the pages alone: in the list of who looked at what.
_NAMED_PAGES = ("clinic", "portal")
# Papers that the clinic hands to patients in their language.
_HANDED_OUT = ("clinic/inject/aftercare.py", "clinic/stock/alert_letters.py")
# Whose refusals a patient may read: `Refused("...")` is told by `ui.pages` in the reader's language.
_REFUSALS = ("Refused", "NotHere", "NotPermitted", "Taken")
_REFUSING = (
    "journey/calendar/taken.py",
    "journey/calendar/waiting_actions.py",
    "journey/consult/actions/consenting.py",
    "journey/consult/actions/drawing.py",
    "journey/consult/actions/standing.py",
    "journey/ground/",
    "journey/messaging/actions/choosing.py",
    "journey/people/actions/contact.py",
    "journey/people/actions/proxies.py",
    "journey/people/proxies.py",
    "journey/record/actions.py",
    "journey/recover/",
    "journey/results/actions.py",
    "journey/results/diary_actions.py",
    "journey/results/goal_actions.py",
    "journey/results/queries.py",
    "journey/results/wear_off_actions.py",
    "journey/screen/actions.py",
    "portal/",
)
# How many strings a function takes, and whether the first is a context.
_CALLS = {
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (2, True),
    "pgettext_lazy": (2, True),
}


class NotPlain(ValueError):
    """A marked text is put together at run time, so that nobody could translate it."""


def marked_texts() -> list[Message]:
    """Every marked text with its places, in the order of first use.

    Raises: NotPlain.
    """
    found: dict[tuple[str, str], Message] = {}
    for path in _sources():
        place = path.relative_to(ROOT).as_posix()
        read = template_texts if path.suffix in (".html", ".txt") else python_texts
        for one in read(path.read_text(encoding="utf-8"), place):
            known = found.get(one.key, one)
            places = tuple(dict.fromkeys([*known.places, place]))
            found[one.key] = replace(known, plural=known.plural or one.plural, places=places)
    return list(found.values())


def _sources() -> Iterator[Path]:
    for room in (*_ROOMS, "clinic"):
        for path in sorted((ROOT / room).rglob("*")):
            is_template = path.suffix in (".html", ".txt") and "templates" in path.parts and room != "clinic"
            if is_template or (path.suffix == ".py" and "migrations" not in path.parts):
                yield path


def python_texts(source: str, place: str) -> Iterator[Message]:
    """The texts that Python code passes to gettext.

    Raises: NotPlain.
    """
    tree = ast.parse(source)
    if place.startswith(_NAMED_PAGES):
        yield from _page_names(tree)
    if place.startswith("clinic") and place not in _HANDED_OUT:
        return
    names = _imported(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        name = names.get(called, called)
        if called == "said":
            yield from _said(node)
        if called in _REFUSALS and place.startswith(_REFUSING):
            yield from (
                Message(text=str(one.value)) for one in node.args[:1] if isinstance(one, ast.Constant)
            )
        if name not in _CALLS:
            continue
        if name == "gettext" and isinstance(
            node.args[0], ast.Name | ast.Attribute | ast.Subscript | ast.Call
        ):
            continue  # looked up where it is shown, marked where it is kept
        count, has_context = _CALLS[name]
        texts = [one.value for one in node.args[:count] if isinstance(one, ast.Constant)]
        if len(texts) < count or not all(isinstance(one, str) for one in texts):
            raise NotPlain(f"{place}:{node.lineno}: {ast.unparse(node)[:80]}")
        words = [str(one) for one in texts]
        if has_context:
            yield Message(context=words[0], text=words[1])
        else:
            yield Message(text=words[0], plural=words[1] if count == 2 else "")


def _said(node: ast.Call) -> Iterator[Message]:
    """`said("At most %(most)s.", most=3)`: told by `in_words`; a name is marked where it is kept."""
    if isinstance(node.args[0], ast.Constant):
        yield Message(text=str(node.args[0].value))


def _page_names(tree: ast.Module) -> Iterator[Message]:
    """`page_name = "My diary"`: told by `ui.events` in the reader's language."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            named = (one.id for one in node.targets if isinstance(one, ast.Name))
            if "page_name" in named and node.value.value:
                yield Message(text=str(node.value.value))


def _imported(tree: ast.Module) -> dict[str, str]:
    """The names under which a module uses the functions of gettext."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    found = (one for node in imports if node.module == "django.utils.translation" for one in node.names)
    return {one.asname or one.name: one.name for one in found}


def template_texts(source: str, place: str) -> Iterator[Message]:
    """The texts of `{% translate %}` and `{% blocktranslate %}`, as Django looks them up.

    Raises: NotPlain.
    """
    tokens = iter(Lexer(source).tokenize())
    is_comment = False
    for token in tokens:
        if token.token_type is not TokenType.BLOCK:
            continue
        bits = list(smart_split(token.contents))
        is_comment = bits[0] == "comment" or (is_comment and bits[0] != "endcomment")
        if is_comment:
            continue
        if bits[0] in ("translate", "trans"):
            if bits[1][0] in "\"'":  # a variable is marked where its words are kept
                yield _of_tag(bits)
        elif bits[0] in ("blocktranslate", "blocktrans"):
            yield _of_block(bits, tokens, place)


def _of_tag(bits: list[str]) -> Message:
    # Django looks for the text with its per cent signs doubled, and makes them single afterwards.
    text = bits[1][1:-1].replace("%", "%%")
    return Message(text=text, context=_context(bits))


def _of_block(bits: list[str], tokens: Iterator[Token], place: str) -> Message:
    parts: list[str] = []
    singular = ""
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            parts.append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            if not re.fullmatch(r"\w+", token.contents):
                raise NotPlain(f"{place}: name {{{{ {token.contents} }}}} in the tag of the block")
            parts.append(f"%({token.contents})s")
        elif token.contents == "plural":
            singular, parts = _joined(parts, bits), []
        elif token.token_type is TokenType.BLOCK:
            break
    text = _joined(parts, bits)
    if singular:
        return Message(text=singular, plural=text, context=_context(bits))
    return Message(text=text, context=_context(bits))


def _joined(parts: list[str], bits: list[str]) -> str:
    text = "".join(parts)
    if "trimmed" in bits:
        text = " ".join(line.strip() for line in text.strip().splitlines() if line.strip())
    return text


def _context(bits: list[str]) -> str:
    return bits[bits.index("context") + 1][1:-1] if "context" in bits else ""
