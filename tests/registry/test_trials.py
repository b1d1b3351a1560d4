"""Trials in the shapes in which they are published: wide, coded, dated, named, with decimal commas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from masseter.registry.dataset import read_manifest
from masseter.registry.mapping import Mapping
from masseter.registry.problems import CannotTake
from masseter.registry.shapes import Arm, Arms, Given, Measure, VisitColumn, Visits
from masseter.registry.taking import Look, look_at, take
from tests.registry.tables import GOOD, MAPPING, written

MANUAL = Path(__file__).parents[2] / "docs" / "how-to"
HEAD = """
format: 1
name: trial
condition: bruxism
patient: [id]
measure: {key: nrs_pain, low: 0, high: 10, step: 0}
reference_units: {onabotulinumtoxinA: 60}
"""
VISITS = "visits: {time: week, unit: weeks, score: pain}\n"
WIDE = "visit_columns: [{column: t0, day: 0}, {column: t1, day: 28}]\n"
ARMS = """
arms:
  column: arm
  arms:
    1: {product: onabotulinumtoxinA, units: 60}
    2: {product: placebo, units: 0}
"""
BOTH = "one_product: onabotulinumtoxinA"
Course = tuple[list[tuple[float, float]], list[tuple[float, str, float]]]
TOXIN, DUMMY = (0.0, "onabotulinumtoxinA", 60.0), (0.0, "placebo", 0.0)


def courses(look: Look) -> dict[str, Course]:
    """Scores and treatments of each patient, by the name in the table."""
    return {
        one.patient.key[0]: (
            [(each.day, each.value) for each in one.scores],
            [(each.day, each.product, each.units) for each in one.treatments],
        )
        for one in look.checked.courses
    }


def refusals(look: Look) -> list[str]:
    return [str(each) for each in look.checked.refusals]


SHAPES = {
    "coded arms and codes for nothing": (
        WIDE + ARMS + "missing: [-99, 999]",
        ["id,arm,t0,t1", "007,1,7,-99.0", "8,2.0,6,5", "9,,6,5", "999,1,4,N/A"],
        {"007": ([(0, 7)], [TOXIN]), "8": ([(0, 6), (28, 5)], [DUMMY]), "999": ([(0, 4)], [TOXIN])},
        ["line 4: no treatment is on record; a placebo is a treatment with 0 units"],
    ),
    "dates with the day first": (
        "visits: {time: seen, unit: date, score: pain}\ndates: dmy\ndecimal_comma: true"
        + ARMS.replace("arm\n", "arm\n  time: injected\n", 1),
        ["id;arm;injected;seen;pain", "a;1;12/01/2021;05/01/2021;7,5", "a;1;12.1.21;09-Feb-2021;3,0"],
        {"a": ([(-7, 7.5), (28, 3)], [TOXIN])},
        [],
    ),
    "named visits, one without a day": (
        "visits: {time: visit, days: {T0: 0, 1 month: 28, Phone: }, score: pain}" + ARMS,
        ["id,arm,visit,pain", "a,1,T0,7", "a,1,1 month,3", "a,1,Phone,3", "a,1,T2,3"],
        {"a": ([(0, 7), (28, 3)], [TOXIN])},
        ["line 5, visit: 'T2' is none of the visits of the mapping"],
    ),
    "one outcome and one side of many": (
        VISITS + ARMS + "only: {what: [pain, Pain], side: [1]}",
        ["id,arm,week,pain,what,side", "a,1,0,7,pain,1", "a,1,0,9,pain,2",
         "a,1,4,33,events,1", "a,1,4,2,Pain,1.0"],
        {"a": ([(0, 7), (28, 2)], [TOXIN])},
        [],
    ),
    "doses of two sides, two sessions": (
        VISITS + f"given: {{units: [right, left], {BOTH}}}",
        ["id,week,pain,right,left", "a,0,7,30,30", "a,16,6,20,", "a,20,2,,", "b,0,5,30,x"],
        {"a": ([(0, 7), (112, 6), (140, 2)], [TOXIN, (112, "onabotulinumtoxinA", 20)])},
        ["line 5, left: 'x' is no plain number", "line 5: the whole patient: without line 5, a treatment"],
    ),
    "a dose a side, a word for the product": (
        VISITS + "given: {units: a_side, multiply: 2, product: drug, products: "
        "{1: onabotulinumtoxinA, 0: placebo}}",
        ["id,week,pain,a_side,drug", "a,0,7,30,1", "b,0,7,30,0", "c,0,7,30,3"],
        {"a": ([(0, 7)], [TOXIN]), "b": ([(0, 7)], [DUMMY])},
        ["line 4, drug: '3' is none of the products of the mapping", "line 4: the whole patient"],
    ),
    "wide, two injections with a date each": (
        "visit_columns: [{column: t0, time: d0}, {column: t1, time: d1}]\ngiven:\n"
        f"  - {{units: u1, time: j1, unit: date, {BOTH}}}\n  - {{units: u2, time: j2, unit: date, {BOTH}}}",
        ["id,t0,d0,t1,d1,u1,j1,u2,j2", "a,7,2021-01-04,3,2021-02-01,60,2021-01-04 00:00:00,60,20210426",
         "b,7,2021-01-04,,,60,2021-01-04,,"],
        {"a": ([(0, 7), (28, 3)], [TOXIN, (112, *TOXIN[1:])]), "b": ([(0, 7)], [TOXIN])},
        [],
    ),
    "all got the same, no column says so": (
        WIDE + f"given: {{one_dose: 60, day: [0, 112], {BOTH}}}",
        ["id,t0,t1", "a,7,3"],
        {"a": ([(0, 7), (28, 3)], [TOXIN, (112, *TOXIN[1:])])},
        [],
    ),
    "0 units that are a dummy": (
        WIDE + f"given: {{units: dose, day: 0, zero: placebo, {BOTH}}}",
        ["id,t0,t1,dose", "a,7,3,60", "b,7,5,0"],
        {"a": ([(0, 7), (28, 3)], [TOXIN]), "b": ([(0, 7), (28, 5)], [DUMMY])},
        [],
    ),
    "0 units where nothing was injected": (
        VISITS + f"given: {{units: dose, zero: none, {BOTH}}}",
        ["id,week,pain,dose", "a,0,7,60", "a,4,3,0"],
        {"a": ([(0, 7), (28, 3)], [TOXIN])},
        [],
    ),
    "0 units of which nobody said what they are": (
        VISITS + f"given: {{units: dose, {BOTH}}}",
        ["id,week,pain,dose", "a,0,7,60", "a,4,3,0"],
        {},
        ["line 2: the whole patient: without line 3", "line 3, dose: 0 units of onabotulinumtoxinA: say"],
    ),
    "what is known stands on the first line alone": (
        VISITS + ARMS + "known: {sex: sex}",
        ["id,arm,week,pain,sex", "a,1,0,7,F", "a,,4,3,", "a,1,8,4,M"],
        {},
        ["line 2: the whole patient: without line 4", "line 4: says other things about the patient"],
    ),
    "merged cells, names of columns with broken lines": (
        "visits: {time: week, unit: weeks, score: pain at rest}\nfill_down: [id, arm]" + ARMS,
        ["id,arm,week,\"pain\nat  rest\"", "a,1,0,7", ",,4,3", "b,2,0,6", ",,4,#NULL!"],
        {"a": ([(0, 7), (28, 3)], [TOXIN]), "b": ([(0, 6)], [DUMMY])},
        [],
    ),
    "arms, with dates of visits, treated at the first": (
        "visits: {time: seen, unit: date, score: pain}" + ARMS + "  when: {visit: [T0, 3]}",
        ["id,arm,visit,seen,pain", "a,1,S,2020-12-28,8", "a,1,T0,2021-01-04,7", "a,1,T1,2021-02-01,3",
         "a,1,3.0,2021-04-26,6", "b,2,T1,2021-02-01,3"],
        {"a": ([(-7, 8), (0, 7), (28, 3), (112, 6)], [TOXIN, (112, *TOXIN[1:])])},
        ["line 6: no treatment"],
    ),
    "all got the same at a visit": (
        f"visits: {{time: visit, days: {{T0: 0, T1: 28}}, score: pain}}\ngiven: {{one_dose: 60, when: "
        f"{{visit: [T0]}}, {BOTH}}}",
        ["id,visit,pain", "a,T0,7", "a,T1,3"],
        {"a": ([(0, 7), (28, 3)], [TOXIN])},
        [],
    ),
    "columns of one name, and one without": (
        "visit_columns: [{column: 'T0 #2', day: 0}, {column: 'T1 #2', day: 28}]" + ARMS,
        [",id,arm,T0,T1,T0,T1", "1,a,1,33,20,7,3"],
        {"a": ([(0, 7), (28, 3)], [TOXIN])},
        [],
    ),
    "an arm in a file of its own": (
        WIDE + "given: {one_dose: 0, one_product: placebo, day: 0}",
        ["id,t0,t1", "a,7,3"],
        {"a": ([(0, 7), (28, 3)], [DUMMY])},
        [],
    ),
    "a title above and empty lines below": (
        VISITS + ARMS + "skip_lines: 2",
        ["Table S1, all scores", "", "id,arm,week,pain", "a,1,0,7", ",,,", "a,1,4,70", ""],
        {"a": ([(0, 7)], [TOXIN])},
        ["line 6, pain: 70 lies outside the scale from 0 to 10"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_published_shape_is_taken_as_it_was_meant(tmp_path: Path, shape: str) -> None:
    mapping, (header, *lines), wanted, refused = SHAPES[shape]

    look = look_at(*written(tmp_path, *lines, mapping=HEAD + mapping, header=header))

    assert courses(look) == wanted
    said = refusals(look)
    assert len(said) == len(refused), said
    assert all(told.startswith(begin) for told, begin in zip(said, refused, strict=True)), said


def test_a_score_of_which_higher_is_better_is_turned_about_and_named_so(tmp_path: Path) -> None:
    opening = "key: mouth_opening, low: 0, high: 70, step: 1, higher_is_better: true"
    mapping = (HEAD + WIDE + ARMS).replace("key: nrs_pain, low: 0, high: 10, step: 0", opening)

    look = look_at(*written(tmp_path, "a,1,25,40", mapping=mapping, header="id,arm,t0,t1"))
    take(look, tmp_path / "set", leave_out_refused=False)

    assert courses(look)["a"][0] == [(0, 45), (28, 30)]
    measure = read_manifest(tmp_path / "set").measure
    assert measure == {"key": "mouth_opening_turned", "low": 0, "high": 70, "step": 1}


@pytest.mark.parametrize(
    ("cell", "dates", "wanted"),
    [
        ("3/4/2021", "dmy", date(2021, 4, 3)),
        ("3/4/2021", "mdy", date(2021, 3, 4)),
        ("03.04.21", "dmy", date(2021, 4, 3)),
        ("2021/4/3", "dmy", date(2021, 4, 3)),
        ("03APR2021", "ymd", date(2021, 4, 3)),
        ("Apr 3, 2021", "ymd", date(2021, 4, 3)),
        ("2021-04-03T09:30:00", "ymd", date(2021, 4, 3)),
        ("3/4/2021", "ymd", "for day before month say 'dates: dmy'"),
        ("13/13/2021", "dmy", "is no day read as 'dmy'; is it 'mdy'?"),
        ("44205", "dmy", "a spreadsheet's number of a day?"),
        ("spring", "dmy", "'spring' is no day"),
    ],
)
def test_a_day_is_read_as_the_mapping_says(tmp_path: Path, cell: str, dates: str, wanted: date | str) -> None:
    visits = "visits: {time: seen, unit: date, score: pain}\n"
    mapping = f"{HEAD}{visits}dates: {dates}\n{ARMS}  time: day\n"
    line = f'a,1,2021-01-01,"{cell}",7'

    look = look_at(*written(tmp_path, line, mapping=mapping, header="id,arm,day,seen,pain"))

    if isinstance(wanted, date):
        assert courses(look)["a"][0] == [((wanted - date(2021, 1, 1)).days, 7)]
    else:
        assert wanted in refusals(look)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "an old spreadsheet"),
        (b"$FL2@(#)", "SPSS"),
        (b"<!DOCTYPE html>", "a web page"),
        ("id,day,Médecin".encode("cp1252"), "say 'encoding: cp1252'"),
        (b"\x00\x01\x02\x03", "no such column"),
        (b"\n\n\n", "the line of the names of columns is empty"),
    ],
)
def test_a_file_of_another_program_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes, said: str
) -> None:
    table, mapping = written(tmp_path, *GOOD)
    table.write_bytes(content)

    with pytest.raises(CannotTake, match=said):
        look_at(table, mapping)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_letters_in_another_way_are_read(tmp_path: Path, encoding: str) -> None:
    told = f"encoding: {encoding}" if encoding == "cp1252" else ""
    mapping = HEAD + VISITS.replace("pain", "Schmerz heute Größe") + ARMS + told
    table, chart = written(tmp_path, "", mapping=mapping)
    rows = "id\tarm\tweek\tSchmerz heute Größe\r\na\t1\t0\t7\r\n"
    table.write_bytes(rows.encode(encoding))

    assert courses(look_at(table, chart)) == {"a": ([(0, 7)], [TOXIN])}


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (WIDE + ARMS.replace("{pro", "{prodct: x, pro"), "prodct: there is no such key here; is it 'product"),
        (WIDE + ARMS.replace("onabot", "abobot"), "has no dose of abobotulinumtoxinA that counts as one"),
        (WIDE + ARMS + "  when: {arm: [1]}", "needs a 'day', or a column of its own"),
        (WIDE + f"given: {{units: dose, {BOTH}}}", "needs a 'day', or a column of its own"),
        ("visits: {time: seen, unit: date, score: pain}" + ARMS, "some times are dates"),
        ("visits: {time: v, score: pain}" + ARMS, "either the 'unit' of the time or, for named visits"),
        ("visit_columns: [{column: t0}]" + ARMS, "the 'day' of the score or the column"),
        (WIDE + f"given: {{one_dose: 60, {BOTH}}}", "with 'one_dose' say the 'day'"),
        (WIDE + f"given: {{day: 0, {BOTH}}}", "the columns of the 'units' or the 'one_dose'"),
        (WIDE + ARMS + "known: {age: 7}", "known.age: this is the name of a column: write it in quotes"),
        (WIDE + ARMS + "missing: [true]", "write this word in quotes"),
        (WIDE + ARMS + "encoding: klingon", "'klingon' is no way of writing letters"),
        (WIDE, "write either 'arms'"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_meant_is_refused(tmp_path: Path, mapping: str, said: str) -> None:
    with pytest.raises(CannotTake, match=said):
        look_at(*written(tmp_path, "a,1,7,3", mapping=HEAD + mapping, header="id,arm,t0,t1"))


def test_words_are_worth_what_the_mapping_says(tmp_path: Path) -> None:
    measure = "key: severity, low: 0, high: 3, step: 1, words: {none: 0, severe: 3}"
    mapping = (HEAD + WIDE + ARMS).replace("key: nrs_pain, low: 0, high: 10, step: 0", measure)

    look = look_at(
        *written(tmp_path, "a,1,severe,none", "b,1,2,mild", mapping=mapping, header="id,arm,t0,t1")
    )

    assert courses(look)["a"][0] == [(0, 3), (28, 0)]
    assert refusals(look) == ["line 3, t1: 'mild' is no plain number"]


def test_what_the_mapping_names_and_no_line_has_is_to_look_at(tmp_path: Path) -> None:
    mapping = (HEAD + WIDE + ARMS).replace("bruxism", "bruxizm")

    look = look_at(*written(tmp_path, "a,1,7,3", mapping=mapping, header="id,arm,t0,t1"))

    said = [str(each) for each in look.checked.reports]
    assert said[0] == "file, arm: no line has '2', which the mapping names"
    assert said[1].startswith("mapping, condition: 'bruxizm' is none of ours (bruxism, ")


def test_a_treatment_at_a_visit_without_a_day_is_refused_and_not_lost(tmp_path: Path) -> None:
    mapping = HEAD + "visits: {time: visit, days: {T0: 0, Extra: }, score: pain}\n"
    mapping += f"given: {{units: dose, {BOTH}}}"

    look = look_at(
        *written(tmp_path, "a,T0,7,60", "a,Extra,,30", mapping=mapping, header="id,visit,pain,dose")
    )

    assert refusals(look) == [
        "line 2: the whole patient: without line 3, a treatment may be lacking",
        "line 3, visit: a treatment at a visit that the mapping gives no day",
    ]


def test_dates_of_parquet_are_read(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD, mapping=MAPPING.replace("unit: days", "unit: date"))
    file = tmp_path / "table.parquet"
    moved = (
        "SELECT * REPLACE (TIMESTAMP '2021-01-04 00:00:00' + to_days(day::INT) AS day) FROM read_csv($file)"
    )
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({moved}) TO '{file}' (FORMAT parquet)", {"file": str(table)})

    look = look_at(file, mapping)

    assert refusals(look) == []
    assert courses(look)["a"][0] == [(-3, 70), (14, 40), (84, 60)]


def test_the_example_of_the_manual_is_taken_as_it_says() -> None:
    look = look_at(MANUAL / "bruxism.csv", MANUAL / "bruxism.yaml")

    assert refusals(look) == []
    assert courses(look)["003"] == ([(0, 71), (30, 33), (91, 40), (182, 66.5)], [TOXIN])
    assert (look.treatments, look.scores) == (4, 17)


def test_every_key_of_a_mapping_is_in_the_manual() -> None:
    page = (MANUAL / "import-a-foreign-table.md").read_text()
    shapes = (Mapping, Measure, Visits, VisitColumn, Arms, Arm, Given)

    missing = {name for shape in shapes for name in shape.model_fields if f"`{name}" not in page}

    assert missing - {"column"} == set()
