"""The case commands: what they answer, how they end, and that answers hold to their schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from benchmarks.batch import cases
from typer.testing import CliRunner

from masseter.cli.case.reading import read_case
from masseter.cli.case.source import read_json_line
from masseter.cli.main import app
from masseter.cli.reference.schemas import schemas
from masseter.cli.verbs.assess import VERB
from masseter.knowledge.load import load
from tests.cli.case.files import MIGRAINE, written

AFTER = """\
questionnaire: {instrument: headache_days, answers: {days: 10}, baseline: 22}
course:
  baseline: 22
  cycles:
    - {given_on: 2026-06-01, scores: [{day: 28, total: 21}, {day: 84, total: 20}]}
    - {given_on: 2026-08-24, scores: [{day: 28, total: 21}, {day: 84, total: 21}]}
  wants_more: "yes"
symptoms: {day: 3, answers: {}}
"""
VERBS = ("assess", "plan", "check", "reconstitute", "score", "symptom", "follow-up")


def run(*arguments: str, text: str | None = None) -> Any:
    return CliRunner().invoke(app, arguments, input=text)


def answer(verb: str, folder: Path, text: str = MIGRAINE + AFTER, *options: str) -> Any:
    return json.loads(run(verb, str(written(folder, text)), "--json", *options).stdout)


def schema_of(found: Any) -> Any:
    name = found["format"].removeprefix("masseter.").replace("/", "-").replace("_", "-")
    return json.loads(schemas()[f"schemas/{name}.json"])


@pytest.mark.parametrize("verb", VERBS)
def test_file_that_is_not_there_ends_with_two(verb: str, tmp_path: Path) -> None:
    result = run(verb, str(tmp_path / "nowhere.yaml"))

    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_bad_input_ends_with_two_and_names_line_and_field(verb: str, tmp_path: Path) -> None:
    text = MIGRAINE.replace("headache_days: 22", "headache_days: 40")

    result = run(verb, str(written(tmp_path, text)))

    assert result.exit_code == 2
    assert ":8: facts.headache_days:" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("verb", VERBS)
def test_bad_input_is_told_as_data_where_data_is_asked_for(verb: str, tmp_path: Path) -> None:
    found = answer(verb, tmp_path, "case: 1\n")

    jsonschema.validate(found, schema_of(found))
    assert found["format"] == "masseter.bad_input/1"
    assert {each["field"] for each in found["problems"]} == {"today", "jurisdiction"}


@pytest.mark.parametrize("verb", ["check", "plan", "reconstitute", "score", "symptom", "follow-up"])
def test_part_that_a_command_needs_is_asked_for(verb: str, tmp_path: Path) -> None:
    text = MIGRAINE.partition("plan:")[0]

    result = run(verb, str(written(tmp_path, text)))

    assert result.exit_code == 2
    assert "this command needs the field" in result.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_answer_holds_to_its_published_schema(verb: str, tmp_path: Path) -> None:
    found = answer(verb, tmp_path)

    jsonschema.validate(found, schema_of(found))
    assert found["format"].startswith(f"masseter.{verb.replace('-', '_')}/")


@pytest.mark.parametrize("verb", VERBS)
def test_answer_is_shown_as_a_table(verb: str, tmp_path: Path) -> None:
    result = run(verb, str(written(tmp_path, MIGRAINE + AFTER)))

    assert result.exit_code in (0, 1)
    assert result.stdout.strip()


@pytest.mark.parametrize("text", [MIGRAINE, MIGRAINE + AFTER])
def test_case_file_holds_to_its_published_schema(text: str, tmp_path: Path) -> None:
    from ruamel.yaml import YAML

    loaded = YAML(typ="safe").load(text)
    plain = json.loads(json.dumps(loaded, default=str))

    jsonschema.validate(plain, json.loads(schemas()["schemas/case-1.json"]))


def test_open_warning_sign_ends_with_one(tmp_path: Path) -> None:
    assert run("assess", str(written(tmp_path, MIGRAINE))).exit_code == 1


def test_reasons_are_a_tree_of_rules_and_facts(tmp_path: Path) -> None:
    found = answer("assess", tmp_path, MIGRAINE, "--why")

    diagnosis = found["why"][0]["parts"][0]["parts"][0]
    days = diagnosis["parts"][0]["parts"][0]["parts"][0]
    assert (days["observation"], days["answer"]) == ("headache_days", "met")
    assert days["fact"].startswith("22")


def test_reasons_are_printed_as_a_tree(tmp_path: Path) -> None:
    result = run("assess", str(written(tmp_path, MIGRAINE)), "--why")

    assert "✓ Headache days in the last month" in result.stdout


def test_label_scheme_is_proposed_whole(tmp_path: Path) -> None:
    found = answer("plan", tmp_path, MIGRAINE)

    assert len(found["points"]) == 31
    assert found["totals"][-1] == {"of": "whole", "units": "155", "points": 31, "without_dose": 0}
    assert {point["draw_ml"] for point in found["points"]} == {"0.1"}


def test_score_tells_total_change_and_response(tmp_path: Path) -> None:
    found = answer("score", tmp_path)

    assert (found["total"], found["change_points"], found["is_response"]) == ("10.0", "12.0", True)


@pytest.mark.parametrize(
    ("answers", "baseline", "field"),
    [
        ("{nothing: 1}", "22", "questionnaire.answers.nothing"),
        ("{days: 400}", "22", "questionnaire.answers.days"),
        ("{days: true}", "22", "questionnaire.answers.days"),
        ("{days: 10}", "400", "questionnaire.baseline"),
    ],
)
def test_answer_that_cannot_be_is_refused_at_its_item(
    answers: str, baseline: str, field: str, tmp_path: Path
) -> None:
    asked = f"questionnaire: {{instrument: headache_days, answers: {answers}, baseline: {baseline}}}\n"

    result = run("score", str(written(tmp_path, MIGRAINE + asked)))

    assert result.exit_code == 2
    assert f":16: {field}: " in result.stderr


def test_score_without_an_answer_says_why_there_is_none(tmp_path: Path) -> None:
    asked = "questionnaire: {instrument: hit6, answers: {}}\n"

    result = run("score", str(written(tmp_path, MIGRAINE + asked)))

    assert result.exit_code == 0
    assert "no score" in result.stdout


def test_day_before_the_treatment_is_refused(tmp_path: Path) -> None:
    result = run("symptom", str(written(tmp_path, MIGRAINE + "symptoms: {day: -1}\n")))

    assert result.exit_code == 2
    assert "symptoms.day" in result.stderr


def test_trouble_with_breathing_ends_with_one(tmp_path: Path) -> None:
    felt = "symptoms: {day: 3, answers: {breathing_trouble: true}}\n"

    result = run("symptom", str(written(tmp_path, MIGRAINE + felt)))

    assert result.exit_code == 1
    assert "Emergency" in result.stdout


def test_symptoms_that_were_not_answered_reassure_nobody(tmp_path: Path) -> None:
    found = answer("symptom", tmp_path)

    assert found["grade"] == "call"
    assert found["unanswered"]


def test_two_cycles_without_response_are_seen(tmp_path: Path) -> None:
    found = answer("follow-up", tmp_path)

    assert found["derived"]["cycles_without_response"] == "2"
    assert found["due"]["earliest"] == "2026-11-24"


def test_rule_of_one_product_and_diagnosis_is_heard_at_the_review(tmp_path: Path) -> None:
    text = """\
case: 1
today: 2026-11-25
jurisdiction: UK
condition: facial_spasm
plan: {product: botox, protocol: hfs_start_botox, diagnosis: hemifacial_spasm}
course:
  baseline: 60
  cycles: [{given_on: 2026-09-14, scores: [{day: 14, total: 24}, {day: 49, total: 55}]}]
"""

    reasons = {each["code"] for each in answer("follow-up", tmp_path, text)["reasons"]}
    of_another = answer("follow-up", tmp_path, text.replace("product: botox", "product: xeomin"))

    assert "spasm-short-effect" in reasons
    assert "spasm-short-effect" not in {each["code"] for each in of_another["reasons"]}


def test_protocol_of_a_cycle_that_is_not_known_is_refused_at_its_place(tmp_path: Path) -> None:
    text = """\
case: 1
today: 2026-11-25
jurisdiction: UK
condition: trigeminal_neuralgia
course:
  baseline: 60
  cycles: [{given_on: 2026-09-14, protocol: tn_nothing}]
"""

    result = CliRunner().invoke(app, ["follow-up", str(written(tmp_path, text))])

    assert result.exit_code == 2
    assert "course.cycles[0].protocol" in result.stderr


def test_cheapest_vials_are_chosen_and_the_others_say_why_not(tmp_path: Path) -> None:
    stock = (
        "stock: [{presentation: botox-100, count: 3, price: 600}, {presentation: botox-200, price: 1300}]\n"
    )

    found = answer("reconstitute", tmp_path, MIGRAINE + stock)

    assert found["chosen"]["opened"] == [{"presentation": "botox-100", "count": 2}]
    assert found["chosen"]["cost"] == "1200"
    assert found["billing"] == {
        "code": "J0585",
        "units_each": "1",
        "administered": 155,
        "discarded": 45,
        "modifier": "JW",
    }
    assert found["alternatives"]


def test_stock_that_does_not_hold_the_plan_ends_with_one(tmp_path: Path) -> None:
    text = MIGRAINE + "stock: [{presentation: botox-100, count: 1}]\n"

    assert run("reconstitute", str(written(tmp_path, text))).exit_code == 1


def test_many_cases_are_answered_line_by_line(tmp_path: Path) -> None:
    case = {"case": 1, "today": "2026-11-25", "jurisdiction": "UK", "condition": "tmd"}
    lines = [json.dumps(case), "{", json.dumps({**case, "condition": "nothing"})]

    result = run("assess", str(written(tmp_path, "\n".join(lines), "cases.jsonl")), "--batch")

    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["format"] for each in found] == [
        "masseter.assess/1",
        "masseter.bad_input/1",
        "masseter.bad_input/1",
    ]
    assert [each["problems"][0]["line"] for each in found[1:]] == [2, 3]
    assert result.exit_code == 2


MANY: tuple[dict[str, object], ...] = (
    {"condition": "tmd", "facts": {"flag_heart": False}},
    {"condition": "tmd", "facts": {"flag_heart": 1}},  # equals True in Python, and is no answer
    {"condition": "tmd", "facts": {"flag_heart": True, "illnesses": ["none"]}},
    {"condition": "tmd", "facts": {"flag_heart": {"value": False, "on": "2025-01-01"}}},
    {"facts": {"pain_months": 7, "allergies": ["cow_milk"]}, "plan": {"product": "dysport"}},
    {"facts": {"headache_days": 40, "nothing": True}, "plan": {"product": "aqua"}},
    {"condition": "bruxism", "patient": {"birth_date": "2030-01-01"}, "facts": {"flag_heart": False}},
    {
        "condition": "bruxism",
        "patient": {"birth_date": "1950-02-28"},
        "earlier": [{"given_on": "2026-10-01"}],
    },
)


@pytest.mark.parametrize("more", MANY)
def test_one_of_many_is_answered_as_if_it_were_alone(more: dict[str, object], tmp_path: Path) -> None:
    line = json.dumps({"case": 1, "today": "2026-11-25", "jurisdiction": "UK", **more})
    file = written(
        tmp_path, "\n".join([json.dumps({**json.loads(line), "facts": {}}), line, line]), "c.jsonl"
    )

    many = [json.loads(told) for told in run("assess", str(file), "--batch").stdout.splitlines()]

    alone = answer("assess", tmp_path, line)
    for told in (*many[1:], alone):  # the place of a fault is another in a file of its own
        for fault in told.get("problems", ()):
            fault.update(line=0, file="")
    assert many[1] == many[2] == alone


def test_consultations_of_a_day_are_answered_letter_for_letter(tmp_path: Path) -> None:
    lines = list(cases(40))

    many = run("assess", str(written(tmp_path, "\n".join(lines), "cases.jsonl")), "--batch").stdout

    knowledge = load()
    alone = [VERB.ask(read_case(read_json_line(line.encode(), "f", 1), knowledge)) for line in lines]
    assert many.splitlines() == [each.model_dump_json() for each in alone]


def test_answer_that_is_too_old_is_asked_again(tmp_path: Path) -> None:
    told = {"flag_heart": {"value": False, "on": "2026-09-01"}}
    case = {"case": 1, "today": "2026-11-25", "jurisdiction": "UK", "condition": "tmd", "facts": told}

    [verdict] = answer("assess", tmp_path, json.dumps(case))["verdicts"]

    assert "Last answered on 2026-09-01" in next(
        found["sentence"] for found in verdict["findings"] if found["asks"] == ["flag_heart"]
    )


def test_case_is_read_from_the_input(tmp_path: Path) -> None:
    assert run("assess", "-", "--json", text=MIGRAINE).exit_code == 1


def test_new_case_of_an_unknown_condition_ends_with_two() -> None:
    result = run("case", "new", "nothing")

    assert result.exit_code == 2
    assert "tmd" in result.stderr


def test_new_case_can_be_assessed(tmp_path: Path) -> None:
    text = run("case", "new", "tmd").stdout

    assert run("assess", str(written(tmp_path, text))).exit_code == 1


def test_line_that_is_no_text_is_named_and_the_others_are_answered(tmp_path: Path) -> None:
    case = b'{"case": 1, "today": "2026-11-25", "jurisdiction": "UK", "condition": "tmd"}'
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b"\n".join([case, b'{"case": "\xff"}', b"", case]))

    result = run("assess", str(file), "--batch")

    first, bad, last = (json.loads(line) for line in result.stdout.splitlines())
    assert first == last
    assert [(each["line"], each["sentence"]) for each in bad["problems"]] == [(2, "this is not UTF-8")]
    assert result.exit_code == 2
