"""Catalogues as translators keep them (gettext's .po), read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

# The plural rules of the Unicode CLDR, as gettext writes them.
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?"(.*)"', re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class BadCatalogue(ValueError):
    """A catalogue cannot be read; the message names file and line."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One text with its translation: `words` holds one string, or one for each plural form."""

    text: str
    plural: str = ""
    context: str = ""
    words: tuple[str, ...] = ()
    is_fuzzy: bool = False
    places: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text

    @property
    def is_translated(self) -> bool:
        return bool(self.words) and all(self.words) and not self.is_fuzzy


def forms_of(language: str) -> int:
    """How many plural forms a language has."""
    return int(PLURALS[language].removeprefix("nplurals=")[0])


def read_po(path: Path) -> list[Message]:
    """The messages of one file, without its header.

    Raises: BadCatalogue.
    """
    messages = []
    for number, block in _blocks(path.read_text(encoding="utf-8")):
        try:
            message = _message(block)
        except (ValueError, KeyError) as error:
            raise BadCatalogue(f"{path}, from line {number}: {error}") from error
        if message.text:
            messages.append(message)
    return messages


def read_folder(folder: Path) -> list[Message]:
    """The messages of all files of one language, in the order of their names.

    Raises: BadCatalogue, also for a text that stands in two files.
    """
    messages: dict[tuple[str, str], Message] = {}
    for path in sorted(folder.glob("*.po")):
        for message in read_po(path):
            if message.key in messages:
                raise BadCatalogue(f"{path}: {message.text!r} is translated twice")
            messages[message.key] = message
    return list(messages.values())


def write_po(path: Path, language: str, messages: Iterable[Message]) -> None:
    """Write one file; the same messages always give the same bytes."""
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n'
    )
    path.write_text("\n".join([header, *(_written(one) for one in messages)]), encoding="utf-8")


def _blocks(text: str) -> Iterable[tuple[int, list[str]]]:
    block: list[str] = []
    start = 1
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block = block or []
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []


def _message(block: list[str]) -> Message:
    parts: dict[str, str] = {}
    places: list[str] = []
    is_fuzzy, now = False, ""
    for line in block:
        if line.startswith("#"):
            is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
            places += line[2:].split() if line.startswith("#:") else []
            continue
        found = _LINE.fullmatch(line.strip())
        if not found:
            raise ValueError(f"cannot read {line!r}")
        name, index, quoted = found.groups()
        now = f"{name}{index or ''}" if name else now
        parts[now] = parts.get(now, "") + _unquoted(quoted)
    words = [parts[key] for key in sorted(parts) if key.startswith("msgstr")]
    return Message(
        text=parts["msgid"],
        plural=parts.get("msgid_plural", ""),
        context=parts.get("msgctxt", ""),
        words=tuple(words),
        is_fuzzy=is_fuzzy,
        places=tuple(places),
    )


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _SIGNS[found[1]], text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def _written(one: Message) -> str:
    lines = [f"#: {' '.join(one.places)}"] if one.places else []
    lines += ["#, fuzzy"] if one.is_fuzzy else []
    lines += [f"msgctxt {_quoted(one.context)}"] if one.context else []
    lines.append(f"msgid {_quoted(one.text)}")
    if one.plural:
        lines.append(f"msgid_plural {_quoted(one.plural)}")
        lines += [f"msgstr[{index}] {_quoted(words)}" for index, words in enumerate(one.words)]
    else:
        lines.append(f"msgstr {_quoted(one.words[0] if one.words else '')}")
    return "\n".join(lines) + "\n"
