"""Files that say one thing to a person and another to a program."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.adversary.ground import ask, refused

HEAD = "case: 1\ntoday: 2026-11-25\njurisdiction: US\ncondition: tmd\n"
LINE = {"case": 1, "today": "2026-11-25", "jurisdiction": "US", "condition": "tmd"}


def judged(folder: Path, facts: str) -> str:
    return str(ask("assess", folder, f"{HEAD}facts:\n{facts}")["verdicts"][0]["verdict"])


def line(**more: object) -> str:
    return json.dumps({**LINE, **more}) + "\n"


def test_field_given_twice(tmp_path: Path) -> None:
    """A warning sign answered twice in one file, first yes, then no, so that the last would win.

    Refused, in YAML and in JSON.
    """
    assert "twice" in refused(
        "assess", tmp_path, f"{HEAD}facts:\n  flag_growth: true\n  flag_growth: false\n"
    )
    text = line(facts={"flag_growth": True}).replace("true}", 'true, "flag_growth": false}')
    assert "twice" in ask("assess", tmp_path, text, end=".jsonl", batch=True)[0]["problems"][0]["sentence"]


@pytest.mark.parametrize("yes", ["yes", "Yes", "true", "True", '"yes"', "!!str yes"])
def test_yes_in_every_spelling(yes: str, tmp_path: Path) -> None:
    """A warning sign answered with yes, which some versions of YAML read as a word and some as true.

    Refers at once, in whichever way it is written.
    """
    assert judged(tmp_path, f"  flag_growth: {yes}\n") == "refer_urgently"
    assert judged(
        tmp_path,
        f"  flag_growth: {yes}\n".upper().replace("FLAG_GROWTH", "flag_growth").replace("STR", "str"),
    ) == ("refer_urgently")


@pytest.mark.parametrize(
    "yes", ["!!bool yes", "!!bool on", "!!bool Y", "!!bool 1", "on", "y", "1", "2026-11-25"]
)
def test_yes_that_could_be_read_as_no(yes: str, tmp_path: Path) -> None:
    """A warning sign answered with on, y, 1 or a yes that is marked as true or false.

    Refused at its field; it never counts as no.
    """
    assert "flag_growth" in refused("assess", tmp_path, f"{HEAD}facts:\n  flag_growth: {yes}\n")


def test_country_that_is_no(tmp_path: Path) -> None:
    """The code NO, for Norway, as the place, which some read as the answer no.

    Refused: there is no such place.
    """
    assert "jurisdiction" in refused("assess", tmp_path, HEAD.replace("US", "NO"))


def test_list_of_lists_without_end(tmp_path: Path) -> None:
    """A small file whose references unfold to a thousand million values.

    Refused before it is unfolded.
    """
    names = "abcdefghi"
    text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in pairwise(names):
        text += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"

    assert "too much" in refused("assess", tmp_path, text)


@pytest.mark.parametrize("text", ["[" * 300 + "]" * 300, "a: &a [*a]\n", "{a: " * 100 + "1" + "}" * 100])
def test_nested_without_end(text: str, tmp_path: Path) -> None:
    """Lists in lists in lists, or a list that holds itself.

    Refused.
    """
    assert "nested" in refused("assess", tmp_path, text)


def test_answers_merged_from_elsewhere(tmp_path: Path) -> None:
    """Answers brought in from another block of the file, where no reader looks for them.

    Refused: there is no such field.
    """
    text = f"x: &x {{flag_growth: false}}\n{HEAD}facts:\n  <<: *x\n"
    assert "no such field" in refused("assess", tmp_path, text)


def test_misspelt_warning_sign(tmp_path: Path) -> None:
    """A warning sign whose name is misspelt, so that the answer is lost.

    Refused: there is no such observation.
    """
    assert "flag_grwoth" in refused("assess", tmp_path, f"{HEAD}facts:\n  flag_grwoth: true\n")


def test_answer_that_is_no_answer(tmp_path: Path) -> None:
    """Blocks, lists of numbers or of nothing where a choice belongs.

    Refused at its field, also in a batch.
    """
    for value in ([{"a": 1}], [1], [True], [["none"]], {"value": {"a": 1}}):
        text = line(facts={"allergies": value})
        assert "allergies" in refused("assess", tmp_path, text)
        (answer,) = ask("assess", tmp_path, text, end=".jsonl", batch=True)
        assert "allergies" in answer["problems"][0]["field"]


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999999999999999999999", "01", "1_0", "0x1"]
)
def test_json_numbers_that_are_none(number: str, tmp_path: Path) -> None:
    """Numbers that JSON does not have, or that no computer holds.

    That line is refused, and the others are answered.
    """
    text = line(facts={"weight_kg": 1}).replace("1}", f"{number}}}") + line()
    bad, good = ask("assess", tmp_path, text, end=".jsonl", batch=True)

    assert bad["format"] == "masseter.bad_input/1"
    assert good["verdicts"]


def test_text_without_end(tmp_path: Path) -> None:
    """An answer of a hundred thousand letters, to hide a sentence in.

    Refused: no page and no paper could show it whole.
    """
    assert "Shorten" in refused("assess", tmp_path, f"{HEAD}facts:\n  toxin_details: {'a' * 100_000}\n")


@pytest.mark.parametrize("sign", ["\\0", "\\e", "\\u202E", "\\u200B", "\\b", "\\uFEFF"])
def test_signs_that_cannot_be_seen(sign: str, tmp_path: Path) -> None:
    """Letters that cannot be seen or that turn the text round, to make a reader see another answer.

    Refused in free text, and no answer to a question.
    """
    for code, value in (("toxin_details", "Botox"), ("flag_growth", "no"), ("allergies", "none")):
        text = f'{HEAD}facts:\n  {code}: "{value}{sign}x"\n'
        assert code in refused("assess", tmp_path, text)


def test_one_person_in_anothers_answer(tmp_path: Path) -> None:
    """A batch in which one person's warning sign, or its absence, reaches the next.

    Each line is answered as it would be alone, in any order.
    """
    people = [
        line(facts={"flag_growth": True}),
        line(facts={"flag_growth": False}),
        line(facts={}),
        line(facts={"flag_growth": None}),
        line(facts={"allergies": ["none"]}),
        line(facts={"flag_growth": True}, condition="bruxism"),
    ]
    alone = [ask("assess", tmp_path, each, end=".jsonl", batch=True)[0] for each in people]

    assert ask("assess", tmp_path, "".join(people), end=".jsonl", batch=True) == alone
    assert ask("assess", tmp_path, "".join(people[::-1]), end=".jsonl", batch=True) == alone[::-1]


def test_bad_line_in_a_batch(tmp_path: Path) -> None:
    """A line that cannot be read, so that the answers after it belong to the wrong people.

    It is answered as bad input in its own place, with its line.
    """
    text = line() + "{\n" + line(condition="bruxism")
    first, bad, last = ask("assess", tmp_path, text, end=".jsonl", batch=True)

    assert (first["verdicts"][0]["condition"], last["verdicts"][0]["condition"]) == ("tmd", "bruxism")
    assert bad["problems"][0]["line"] == 2


@pytest.mark.parametrize(
    "day", ["2026-02-29", "2026-13-01", "25/11/2026", "11-25-2026", "2026-11-25T10:00", "20261125"]
)
def test_days_that_are_none(day: str, tmp_path: Path) -> None:
    """A day that is not in the calendar, or that may be day and month or month and day.

    Refused.
    """
    assert "today" in refused("assess", tmp_path, HEAD.replace("2026-11-25", f'"{day}"'))
