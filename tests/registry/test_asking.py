"""Cells that mean nothing, a word, a thousand or a time: none is taken for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from masseter.registry.problems import CannotTake
from masseter.registry.taking import Look, look_at
from tests.registry.tables import written
from tests.registry.test_trials import ARMS, BOTH, DUMMY, HEAD, TOXIN, VISITS, WIDE, courses, refusals

T0, T1 = (0, 7), (28, 3)
NAMED = "visits: {time: visit, days: {1: 0, 2: 28}, score: pain}\n"


def look(folder: Path, mapping: str, header: str, *lines: str) -> Look:
    return look_at(*written(folder, *lines, mapping=HEAD + mapping, header=header))


def reports(found: Look) -> list[str]:
    return [str(each) for each in found.checked.reports]


def test_a_code_for_nothing_is_no_time(tmp_path: Path) -> None:
    mapping = VISITS + f"given: {{units: dose, {BOTH}}}\nmissing: [-99, 999]"

    found = look(
        tmp_path,
        mapping,
        "id,week,pain,dose",
        "a,0,7,60",
        "a,4,3,",
        "a,999,5,",
        "a,,5,",
        "b,0,7,60",
        "b,-99,,60",
    )

    assert courses(found) == {"a": ([T0, T1], [TOXIN])}
    assert refusals(found) == [
        "line 4, week: a score without a day",
        "line 5, week: a score without a day",
        "line 6: the whole patient: without line 7, a treatment may be lacking",
        "line 7, week: a treatment without a day",
    ]


def test_a_code_for_nothing_is_no_date_of_a_column_either(tmp_path: Path) -> None:
    columns = "visit_columns: [{column: t0, day: 0}, {column: t1, time: d1, unit: days}]\nmissing: [999]"

    found = look(tmp_path, columns + ARMS, "id,arm,t0,t1,d1", "a,1,7,3,28", "b,1,7,3,999")

    assert courses(found) == {"a": ([T0, T1], [TOXIN]), "b": ([T0], [TOXIN])}
    assert refusals(found) == ["line 3, d1: a score without a day"]


@pytest.mark.parametrize(
    ("comma", "cell", "said"),
    [
        ("true", "1.000", "'1.000' is no plain number: a thousand or a decimal?"),
        ("true", "-12.500.000", "a thousand or a decimal?"),
        ("true", "1.000,5", "is no plain number"),
        ("true", "0.5", 0.5),
        ("true", "0.125", 0.125),
        ("true", "7,125", 7.125),
        ("false", '"1,000"', "take out the commas of thousands"),
        ("false", '"1,000.5"', "take out the commas of thousands"),
        ("false", '"7,5"', "for decimal commas say 'decimal_comma: true'"),
        ("false", '"0,125"', "for decimal commas say 'decimal_comma: true'"),
        ("false", "7.125", 7.125),
        ("false", "1e999", "'1e999' is no plain number"),
        ("false", "-1e999", "'-1e999' is no plain number"),
    ],
)
def test_a_thousand_is_not_taken_for_a_decimal(
    tmp_path: Path, comma: str, cell: str, said: str | float
) -> None:
    mark = ";" if comma == "true" else ","
    row = mark.join(("a", "0", "7", cell))
    mapping = VISITS + f"given: {{units: dose, {BOTH}}}\ndecimal_comma: {comma}"

    found = look(tmp_path, mapping, mark.join(("id", "week", "pain", "dose")), row)

    if isinstance(said, str):
        assert said in refusals(found)[0]
    else:
        assert courses(found)["a"][1] == [(0, "onabotulinumtoxinA", said)]


def test_a_word_of_the_mapping_is_never_nothing(tmp_path: Path) -> None:
    arms = ARMS.replace(" 2:", " '-':").replace("{column: t1", "{column: 't1'")
    measure = "key: nrs_pain, low: 0, high: 10, step: 0, words: {'-': 0, 4: 3, none: 7}"
    mapping = (HEAD + WIDE + arms).replace("key: nrs_pain, low: 0, high: 10, step: 0", measure)

    found = look_at(*written(tmp_path, "a,1,none,4.0", "b,-,none,-", mapping=mapping, header="id,arm,t0,t1"))

    assert courses(found) == {"a": ([T0, T1], [TOXIN]), "b": ([T0, (28, 0)], [DUMMY])}


def test_a_product_whose_word_is_a_hyphen_is_read(tmp_path: Path) -> None:
    given = "given: {units: dose, product: drug, products: {x: onabotulinumtoxinA, '-': placebo}}"

    found = look(tmp_path, VISITS + given, "id,week,pain,dose,drug", "a,0,7,60,x", "b,0,7,60,-")

    assert courses(found) == {"a": ([T0], [TOXIN]), "b": ([T0], [DUMMY])}


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (WIDE + f"given: {{one_dose: 30, multiply: 2, day: 0, {BOTH}}}", "'multiply' goes with columns"),
        (WIDE + f"given: {{units: dose, unit: weeks, day: 0, {BOTH}}}", "a 'unit' is that of a column"),
        (WIDE.replace("day: 0}", "day: 0, unit: days}") + ARMS, "a 'unit' is that of a column"),
        (WIDE + ARMS + "  unit: days", "a 'unit' is that of a column"),
        (WIDE + f"given: {{units: dose, day: 0, {BOTH}, products: {{1: placebo}}}}", "the words of a column"),
        (VISITS.replace("}", ", units: {cm: 10}}") + ARMS, "'unit_column' and 'units' need each other"),
        (VISITS.replace("}", ", unit_column: u}") + ARMS, "'unit_column' and 'units' need each other"),
        (
            WIDE + ARMS.replace("product: placebo", "product: onabotulinumtoxinA"),
            "an arm with 0 units of onabotulinumtoxinA: write 'placebo'",
        ),
        (WIDE + ARMS + "encoding: rot13", "'rot13' is no way of writing letters"),
        (WIDE + ARMS + "known: {Sex: sex, sex: sex}", "known: 'Sex' and 'sex' are one name"),
    ],
)
def test_a_key_without_its_partner_is_refused(tmp_path: Path, mapping: str, said: str) -> None:
    with pytest.raises(CannotTake, match=said):
        look(tmp_path, mapping, "id,arm,t0,t1,dose,week,pain,u,sex", "a,1,7,3,60,0,7,cm,F")


def test_0_units_are_judged_before_their_product(tmp_path: Path) -> None:
    given = "given: {units: dose, product: drug, zero: none}"
    lines = ("a,0,7,60,onabotulinumtoxinA", "a,4,3,0,", "b,0,7,0,placebo", "c,0,7,60,onabotulinumtoxinA")

    found = look(tmp_path, VISITS + given, "id,week,pain,dose,drug", *lines, "c,4,3,0,Botox")

    assert refusals(found) == []
    assert courses(found) == {"a": ([T0, T1], [TOXIN]), "b": ([T0], [DUMMY]), "c": ([T0, T1], [TOXIN])}


def test_0_units_of_a_product_that_nobody_explained_are_no_placebo(tmp_path: Path) -> None:
    given = "given: {units: dose, product: drug, zero: placebo}"

    found = look(tmp_path, VISITS + given, "id,week,pain,dose,drug", "a,0,7,0,Botox")

    assert courses(found) == {}
    assert "0 units of 'Botox', of which the mapping has no reference dose" in refusals(found)[0]


@pytest.mark.parametrize(
    ("days", "taken"), [("28", True), ("0.5", True), ("0", False), ("29", False), ("-7", False)]
)
def test_a_diary_sums_up_days_of_28(tmp_path: Path, days: str, taken: bool) -> None:
    visits = VISITS.replace("}", ", observed_days: seen}")

    found = look(tmp_path, visits + ARMS, "id,arm,week,pain,seen", "a,1,0,7,", f"a,1,4,3,{days}")

    assert courses(found)["a"][0] == ([T0, T1] if taken else [T0])
    assert len(refusals(found)) == (0 if taken else 1)


def test_words_that_no_line_has_are_told_apart_by_column(tmp_path: Path) -> None:
    mapping = NAMED + ARMS + "only: {side: [left, right], what: [pain]}"
    header = "id,arm,visit,pain,side,what"

    found = look(tmp_path, mapping, header, "a,2,1,7,left,pain", "a,2,1,,left,Pain", "a,2,1,,left,Pain")

    assert reports(found) == [
        "file, arm: no line has '1', which the mapping names",
        "file, side: no line has 'right', which the mapping names",
        "file, visit: no line has '2', which the mapping names",
        "file, what: 2 lines have 'Pain', which is nearly 'pain': meant, too?",
    ]


def test_a_visit_is_not_called_absent_because_its_scores_are_empty(tmp_path: Path) -> None:
    found = look(tmp_path, NAMED + ARMS, "id,arm,visit,pain", "a,1,1,7", "b,2,1.0,6", "a,1,2,")

    assert reports(found) == []


def test_every_kind_of_word_that_no_line_has_is_to_look_at(tmp_path: Path) -> None:
    mapping = (
        (HEAD + NAMED)
        .replace("step: 0", "step: 0, words: {none: 0}")
        .replace(
            "score: pain}", "score: pain, unit_column: unit, units: {cm: 1, mm: 0.1}, when: {side: [L, M]}}"
        )
    )
    mapping += "given: {units: dose, product: drug, when: {kind: [x, y]}, "
    mapping += "products: {1: onabotulinumtoxinA, 2: placebo}}"

    found = look_at(
        *written(
            tmp_path,
            "a,1,7,cm,60,1,x,L",
            "a,2,6,cm,,,X,L",
            mapping=mapping,
            header="id,visit,pain,unit,dose,drug,kind,side",
        )
    )

    said = [each.removesuffix(", which the mapping names") for each in reports(found)]
    assert sorted(said) == [
        "file, drug: no line has '2'",
        "file, kind: 1 line has 'X', which is nearly 'x': meant, too?",
        "file, kind: no line has 'y'",
        "file, side: no line has 'M'",
        "file, unit: no line has 'mm'",
        "mapping, measure.words: no line has 'none'",
    ]


def test_a_new_patient_does_not_get_the_arm_of_the_one_above(tmp_path: Path) -> None:
    lines = ("a,1,0,7", ",,4,3", "b,,0,6", ",,4,5", "b,2,8,4")

    found = look(tmp_path, VISITS + "fill_down: [id, arm]" + ARMS, "id,arm,week,pain", *lines)

    assert courses(found) == {"a": ([T0, T1], [TOXIN])}
    assert refusals(found) == [
        "line 4, arm: empty where a patient is named: what stands above is another's",
        "line 4: the whole patient: without line 4, a treatment may be lacking",
    ]


@pytest.mark.parametrize(("columns", "above"), [("[arm]", "b"), ("[arm, id]", "b")])
def test_a_cell_that_stands_for_several_patients_is_to_look_at(
    tmp_path: Path, columns: str, above: str
) -> None:
    lines = ("a,1,0,7", "a,,4,3", f"{above},,0,7", "c,,0,7", "d,2,0,7")

    found = look(tmp_path, VISITS + f"fill_down: {columns}" + ARMS, "id,arm,week,pain", *lines)

    assert courses(found) == {
        "a": ([T0, T1], [TOXIN]), "b": ([T0], [TOXIN]), "c": ([T0], [TOXIN]), "d": ([T0], [DUMMY])
    }  # fmt: skip
    assert reports(found)[0].startswith("line 4, arm: 2 lines from here on were filled with")
