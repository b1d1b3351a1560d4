"""How long a page takes to read, and how hard it is: words, sentences, syllables of English text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

# Elements that run within a line; every other one starts a new line.
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "sub", "sup", "use", "path"}
)
SILENT = frozenset({"script", "style", "svg", "template", "nav"})
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9’'-]*")
VOWELS = re.compile(r"[aeiouy]+")
# Two vowels in a row that are spoken apart.
APART = re.compile(r"ia(?!l\b|n\b)|io(?!n|us)|iu|eo(?!n\b|u)|ua(?!l\b)|uou|[aeo]ing|iet|ier\b|iest|riag")
SILENT_E = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouydt]ed$|[^aeiouysxzhcg]es$")
ODD = {"people": 2, "area": 3, "idea": 3, "trial": 2, "trials": 2, "usual": 3, "usually": 4, "create": 2}
AGE_OF_GRADE_NOUGHT = 5  # a child in the first year of school is about six


class _Text(HTMLParser):
    """The text of the page's main part, a line for each block; `leave_out` are ids of parts not read."""

    def __init__(self, leave_out: frozenset[str]) -> None:
        super().__init__()
        self.leave_out = leave_out
        self.lines: list[str] = [""]
        self.in_main, self.silent = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        css = dict(attrs).get("class") or ""
        if tag == "main":
            self.in_main = 1
        if self.silent or tag in SILENT or self.leave_out & set(css.split()):
            self.silent += tag not in {"input", "br", "img", "hr", "use", "path"}
        if tag not in INLINE:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.in_main = 0
        if self.silent:
            self.silent -= 1
        if tag not in INLINE:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.in_main and not self.silent:
            self.lines[-1] += data


def lines_of(html: str, leave_out: frozenset[str] = frozenset()) -> list[str]:
    """What stands on the page between `<main>` and its end, block by block."""
    parser = _Text(leave_out)
    parser.feed(html)
    return [" ".join(line.split()) for line in parser.lines if line.strip()]


def words_of(text: str) -> list[str]:
    """The words of a text; a number is one."""
    return WORD.findall(text)


def syllables_of(word: str) -> int:
    """How many syllables an English word has, by its letters; checked against words counted by hand."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    if bare in ODD:
        return ODD[bare]
    return max(len(VOWELS.findall(bare)) + len(APART.findall(bare)) - bool(SILENT_E.search(bare)), 1)


@dataclass(frozen=True, kw_only=True)
class Ease:
    """How hard a text is. `grade` is the school year of the United States."""

    words: int
    sentences: int
    grade: float

    @property
    def age(self) -> float:
        """The age in years at which it can be read."""
        return self.grade + AGE_OF_GRADE_NOUGHT


def ease_of(lines: list[str]) -> Ease:
    """The Flesch-Kincaid grade of running text: 0.39 words a sentence + 11.8 syllables a word − 15.59.

    Source: Kincaid, Fishburne, Rogers and Chissom 1975, Naval Technical Training Command report 8-75.
    Lines without an end mark (headings, labels, buttons) are no sentences and are left out.
    """
    running = [line for line in lines if re.search(r"[.!?]$", line)]
    sentences = [part for line in running for part in re.split(r"(?<=[.!?])\s+", line) if words_of(part)]
    words = [word for part in sentences for word in words_of(part)]
    syllables = sum(syllables_of(word) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return Ease(words=len(words), sentences=len(sentences), grade=round(grade, 1))
