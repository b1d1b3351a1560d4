"""Walking through pages as a person does: by headings, labels and names of buttons, never by markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from masseter.core.screen.self_check import questions_for
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType

Answer = bool | int | str | date | tuple[str, ...]
WHOLE_SCALE = (Decimal(0), Decimal(10))
YES_NO = {True: "Yes", False: "No"}


class Walk:
    """One person at one window."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Going

    def go(self, name: str, *args: object, **query: object) -> None:
        """Open a page by its address name; it has to be there."""
        address = reverse(name, args=args) + (f"?{urlencode(query)}" if query else "")
        response = self.page.goto(address)
        assert response is not None
        assert response.status == 200, f"{address}: {response.status}"

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Follow a link by its words."""
        self.leave_by((within or self.page).get_by_role("link", name=name, exact=True).first)

    def press(self, name: str) -> None:
        """Press a button, and expect that nothing was refused."""
        self.press_only(name)
        assert not self.page.title().startswith("Error"), f"{name}: {self.errors()}"

    def press_only(self, name: str) -> None:
        """Press a button."""
        self.leave_by(self.page.get_by_role("button", name=name, exact=True).first)

    def leave_by(self, link: Locator) -> None:
        """Click what leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            link.click()

    # Answering

    def answer(self, answers: Mapping[str, Answer], *, plain: bool = False) -> None:
        """Answer questions by their words: a clinician's label, or the patient's question where `plain`."""
        types = load().observations
        for code, value in answers.items():
            self._answer(
                types[code], value, types[code].question if plain else types[code].label, plain=plain
            )

    def fill(self, label: str, value: object) -> None:
        """Fill in a field by its label."""
        self.page.get_by_label(starting(label)).first.fill(str(value))

    def choose(self, group: str, option: str) -> None:
        """Choose one of a group of radio buttons."""
        self._group(group).get_by_role("radio", name=option, exact=True).check()

    def select(self, label: str, option: str) -> None:
        """Choose from a drop-down list."""
        self.page.get_by_role("combobox", name=starting(label)).first.select_option(label=option)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.page.get_by_role("checkbox", name=starting(label)).first.check()

    def _answer(self, type_: ObservationType, value: Answer, words: str, *, plain: bool) -> None:
        names = {one.code: (plain and one.plain) or one.label for one in type_.choices}
        if isinstance(value, bool):
            self.choose(words, YES_NO[value])
        elif isinstance(value, tuple):
            for code in value:
                self._group(words).get_by_role("checkbox", name=names[code], exact=True).check()
        elif type_.kind == "choice":
            self._choose_one(words, names[str(value)])
        elif type_.kind == "integer" and (type_.low, type_.high) == WHOLE_SCALE:
            self.choose(words, str(value))
        else:
            self.page.get_by_role("textbox", name=exactly(words)).or_(
                self.page.get_by_label(exactly(words))
            ).first.fill(str(value))

    def _choose_one(self, words: str, option: str) -> None:
        beside = self.page.get_by_role("combobox", name=exactly(words))
        if beside.count():
            beside.first.select_option(label=option)
        else:
            self.choose(words, option)

    def _group(self, words: str) -> Locator:
        return self.page.get_by_role("group", name=exactly(words)).first

    # Reading

    def text(self) -> str:
        """What the page says, without its frame."""
        return self.page.get_by_role("main").inner_text()

    def sees(self, words: str) -> None:
        """The page says these words."""
        expect(self.page.get_by_role("main")).to_contain_text(re.compile(re.escape(words), re.IGNORECASE))

    def sees_not(self, words: str) -> None:
        """The page does not say these words."""
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def errors(self) -> str:
        """What the page says of what went wrong."""
        found = self.page.get_by_role("alert")
        return " / ".join(found.all_inner_texts()) or self.text()[:2000]

    def sentences(self, severity: str) -> list[str]:
        """The findings of one severity, by the word in front of each: Stop, Caution, Note."""
        lines = [line.strip() for line in self.text().splitlines() if line.strip()]
        return [
            _sentence(line, after)
            for line, after in zip(lines, [*lines[1:], ""], strict=True)
            if line.startswith(f"{severity}:")
        ]

    def number_in_address(self) -> int:
        """The last number in the address: the record that the page is about."""
        return int(re.findall(r"/(\d+)/", self.page.url)[-1])


def _sentence(line: str, after: str) -> str:
    """What stands behind the word; of several of one kind, how many and the first."""
    said = line.partition(":")[2].strip()
    return f"{said}: {after}" if said.endswith(" times") else said


def exactly(words: str) -> re.Pattern[str]:
    """A label of these words, whether or not it says that the field may stay empty."""
    return re.compile(rf"^\s*{re.escape(words)}\s*(\(.*\))?\s*$")


def starting(words: str) -> re.Pattern[str]:
    """A label that begins with these words."""
    return re.compile(rf"^\s*{re.escape(words)}")


def finding_code(field: Locator) -> str:
    """The code of the finding that a reason's field is for; its name ends with the sentence's mark."""
    name = str(field.get_attribute("name"))
    return name.removeprefix("reason-").partition("~")[0]


def asked(place: str, answers: Mapping[str, Answer], condition: str) -> dict[str, Answer]:
    """Those of the answers that a place asks for: self_check, intake (of the patient), examination."""
    types = load().observations
    self_check = {one.code for one in questions_for(load().conditions[condition], load())}
    here: dict[str, Answer] = {}
    for code, value in answers.items():
        type_ = types[code]
        if type_.conditions and condition not in type_.conditions:
            continue
        in_intake = "intake" in type_.asked_in
        fits = {
            "self_check": code in self_check,
            "intake": in_intake,
            "home": in_intake and bool(type_.question),
            "examination": "examination" in type_.asked_in and not in_intake,
        }
        if fits[place]:
            here[code] = value
    return here


def labels(codes: Iterable[str]) -> list[str]:
    """The clinician's words for questions."""
    types = load().observations
    return [types[code].label for code in codes]


def day_words(day: date) -> str:
    """A day as the pages say it."""
    return f"{day.day} {day:%B %Y}"
