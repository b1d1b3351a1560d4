"""Foreign tables: what is taken, what is refused and why, and that nothing is half taken."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from masseter.registry.dataset import read_manifest
from masseter.registry.patients import MOST_LINES
from masseter.registry.problems import CannotTake
from masseter.registry.taking import Look, look_at, take
from tests.registry.tables import GOOD, HEADER, MAPPING, written

SOONER = "line 5: 1 treatment sooner after the one before than the usual 112 days: here after 84"


def refusals(look: Look) -> list[str]:
    return [str(each) for each in look.checked.refusals]


def reports(look: Look) -> list[str]:
    return [str(each) for each in look.checked.reports]


def test_a_good_table_is_taken_whole(tmp_path: Path) -> None:
    look = look_at(*written(tmp_path, *GOOD))

    assert (look.lines, len(look.checked.courses), look.treatments, look.scores) == (6, 2, 3, 5)
    assert refusals(look) == []
    assert reports(look) == [SOONER]
    days = {course.patient.key[0]: [score.day for score in course.scores] for course in look.checked.courses}
    assert days == {"a": [-3, 14, 84], "b": [0, 28]}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("c,0,101,50,onabotulinumtoxinA,F",), "line 8, vas: 101 lies outside the scale from 0 to 100"),
        (("c,0,7 cm,50,onabotulinumtoxinA,F",), "line 8, vas: '7 cm' is no plain number"),
        (('c,0,"7,5",50,onabotulinumtoxinA,F',), "for decimal commas say 'decimal_comma: true'"),
        (("c,0,70,50 U,onabotulinumtoxinA,F",), "line 8, units: '50 U' is no plain number"),
        (("c,0,70,-5,onabotulinumtoxinA,F",), "line 8, units: a dose below nought"),
        (("c,0,70,50,Dysport,F",), "line 8, units: the mapping has no reference dose of 'Dysport'"),
        (("c,0,70,,,F",), "line 8: no treatment is on record"),
        ((",0,70,50,onabotulinumtoxinA,F",), "line 8, id: no patient is named"),
        (("b,28,35,,,M",), "line 8: the same score of the same day as line 7"),
        (("b,28,36,,,M",), "different scores of one day (lines 7, 8)"),
        (("b,-60,36,,,M",), "line 8: 60 days before the first treatment: a baseline is at most 28"),
        (("b,60,36,,,F",), "line 8: says other things about the patient than line 6"),
        (
            ("b,0,,50,onabotulinumtoxinA,M",),
            "line 8: two products in one cycle (line 6: incobotulinumtoxinA)",
        ),
        (("b,0,,40,incobotulinumtoxinA,M",), "line 8: two treatments on one day (line 6)"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_line(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    look = look_at(*written(tmp_path, *GOOD, *lines))

    assert any(said in refusal for refusal in refusals(look)), refusals(look)


def test_scores_that_are_another_patients_are_reported(tmp_path: Path) -> None:
    shape = [(0, 70), (14, 40), (28, 45), (84, 66)]
    lines = [
        f"{name},{day},{score},{'50' if day == 0 else ''},onabotulinumtoxinA,F"
        for name in ("x", "y")
        for day, score in shape
    ]

    look = look_at(*written(tmp_path, *lines))

    assert reports(look) == ["line 6: all scores are those of the patient of line 2: copied?"]
    assert len(look.checked.courses) == 2


def test_scores_in_what_looks_like_another_unit_are_reported(tmp_path: Path) -> None:
    look = look_at(*written(tmp_path, *GOOD, "c,0,7,50,onabotulinumtoxinA,F", "c,14,3,,,F"))

    assert reports(look) == [SOONER, "line 8: no score is above 10 of 100: measured in another unit?"]


def test_a_scale_that_nobody_uses_is_to_look_at(tmp_path: Path) -> None:
    look = look_at(*written(tmp_path, "c,0,7.5,50,onabotulinumtoxinA,F", "c,14,3,,,F"))

    assert reports(look) == [
        "mapping, measure: no score of anybody is above 10 of 100: is this the scale?",
        "mapping, measure.step: 1 of 2 scores lie between steps of 1: is the step another, or 0?",
    ]


def test_a_column_of_units_is_heeded(tmp_path: Path) -> None:
    visits = "visits: {time: day, unit: days, score: vas, unit_column: sex, units: {F: 10}}"
    mapping = MAPPING.replace("visits: {time: day, unit: days, score: vas}", visits).replace(
        "known: {sex: sex}", ""
    )

    look = look_at(*written(tmp_path, "a,0,7,50,onabotulinumtoxinA,F", "a,5,3,,,M", mapping=mapping))

    assert [score.value for score in look.checked.courses[0].scores] == [70]
    assert refusals(look) == ["line 3, sex: 'M' is none of the units of the mapping"]


def test_one_line_a_patient_and_arms_are_read(tmp_path: Path) -> None:
    mapping = """
format: 1
name: wide
condition: bruxism
patient: [id]
measure: {key: vas, low: 0, high: 10, step: 0}
visit_columns: [{column: t0, day: 0}, {column: t1, day: 28}]
arms:
  column: arm
  arms:
    toxin: {product: onabotulinumtoxinA, units: 80}
    saline: {product: placebo, units: 0}
reference_units: {onabotulinumtoxinA: 80}
decimal_comma: true
"""
    lines = ("1;7,5;3,25;toxin", "2;6;NA;saline", "3;6;5;sugar")

    look = look_at(*written(tmp_path, *lines, mapping=mapping, header="id;t0;t1;arm"))

    assert [[score.value for score in course.scores] for course in look.checked.courses] == [[7.5, 3.25], [6]]
    assert refusals(look)[0] == "line 4, arm: 'sugar' is none of the arms of the mapping"


def test_calendar_days_count_from_the_first_treatment(tmp_path: Path) -> None:
    mapping = MAPPING.replace("unit: days", "unit: date")
    lines = (
        "a,2026-01-05,70,,,F",
        "a,2026-01-10,,50,onabotulinumtoxinA,F",
        "a,2026-02-30,40,,,F",
        "a,2026-02-10,30,,,F",
    )

    look = look_at(*written(tmp_path, *lines, mapping=mapping))

    assert [score.day for score in look.checked.courses[0].scores] == [-5, 31]
    assert refusals(look) == ["line 4, day: '2026-02-30' is no day like 2026-01-31"]


def test_too_many_lines_of_one_patient_are_refused_once(tmp_path: Path) -> None:
    many = [f"m,{day},50,,,F" for day in range(1, MOST_LINES + 500)]

    look = look_at(*written(tmp_path, *GOOD, "m,0,70,50,onabotulinumtoxinA,F", *many))

    assert refusals(look) == [f"line {8 + MOST_LINES}, id: more than {MOST_LINES} lines of one patient"]
    assert look.lines == len(GOOD) + 1 + len(many)
    assert len(look.checked.courses) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (HEADER.encode() + b"\n", "a header and no line below"),
        (b"id,day,VAS,units,product,sex\na,0,1,1,x,F\n", "column"),
        (HEADER.encode() + b"\na,0,70\n", "3 cells under 6 columns: is the file cut off?"),
        (HEADER.encode() + b"\n1,a,0,1,1,x,F\n", "a number of its own, give that a name"),
        (HEADER.encode() + b"\na,0,\xff\xfe,1,x,F\n", "not UTF-8"),
        (HEADER.encode() + b",sex\na,0,1,1,x,F,F\n", "this column more than once: write 'sex #1'"),
        (b"PAR1 and then nothing", "Parquet file cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    table, mapping = written(tmp_path, *GOOD)
    table.write_bytes(content)

    with pytest.raises(CannotTake, match=said):
        look_at(table, mapping)


def test_a_column_of_nearly_the_name_is_suggested(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD, header=HEADER.replace("vas", "vas_mm"))

    with pytest.raises(CannotTake, match="no such column; is it 'vas_mm'"):
        look_at(table, mapping)


def test_parquet_gives_the_same_as_text_and_a_cut_one_is_refused(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD)
    columns = tmp_path / "table.parquet"
    duckdb.read_csv(str(table)).write_parquet(str(columns))

    same = look_at(columns, mapping)

    assert (len(same.checked.courses), same.treatments, same.scores) == (2, 3, 5)
    assert refusals(same) == refusals(look_at(table, mapping))
    columns.write_bytes(columns.read_bytes()[:-200])
    with pytest.raises(CannotTake, match="Parquet"):
        look_at(columns, mapping)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("low: 0", "low: 200", "low end"),
        ("given:", "givn:", "givn"),
        ("condition: bruxism\n", "", "condition"),
        ("product: product}", "product: product, one_product: x}", "one product of all"),
        ("format: 1", "format: 2", "format"),
        ("format: 1", "[", "mapping: it is no YAML"),
        (MAPPING, "just words", "not a list of keys"),
    ],
)
def test_a_faulty_mapping_is_refused_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    table, mapping = written(tmp_path, *GOOD, mapping=MAPPING.replace(old, new))

    with pytest.raises(CannotTake, match=said):
        look_at(table, mapping)


def test_nothing_is_written_while_something_is_refused(tmp_path: Path) -> None:
    look = look_at(*written(tmp_path, *GOOD, "c,0,101,50,onabotulinumtoxinA,F"))

    with pytest.raises(CannotTake, match="101"):
        take(look, tmp_path / "set", leave_out_refused=False)
    assert not (tmp_path / "set").exists()

    manifest = take(look, tmp_path / "set", leave_out_refused=True)
    assert (manifest.patients, manifest.scores) == (2, 5)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = look_at(*written(tmp_path, *GOOD))

    def broken(*_args: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr("masseter.registry.dataset.hash_of", broken)
    with pytest.raises(CannotTake, match="disk full"):
        take(look, tmp_path / "set", leave_out_refused=False)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["mapping.yaml", "table.csv"]


def test_the_same_table_gives_the_same_bytes_and_names_nobody(tmp_path: Path) -> None:
    look = look_at(*written(tmp_path, *(line.replace("a,", "Anna Berg,", 1) for line in GOOD)))

    one = take(look, tmp_path / "one", leave_out_refused=False)
    two = take(look, tmp_path / "two", leave_out_refused=False)

    assert one == two == read_manifest(tmp_path / "one")
    assert all(b"Anna" not in file.read_bytes() for file in (tmp_path / "one").iterdir())


def test_a_data_set_that_was_changed_is_refused(tmp_path: Path) -> None:
    take(look_at(*written(tmp_path, *GOOD)), tmp_path / "set", leave_out_refused=False)
    file = tmp_path / "set" / "scores.parquet"
    file.write_bytes(file.read_bytes()[:-1])

    with pytest.raises(CannotTake, match=r"scores.parquet.*changed or cut off"):
        read_manifest(tmp_path / "set")
    with pytest.raises(CannotTake, match="no data set"):
        read_manifest(tmp_path)


def test_a_folder_in_use_is_not_overwritten(tmp_path: Path) -> None:
    look = look_at(*written(tmp_path, *GOOD))
    take(look, tmp_path / "set", leave_out_refused=False)

    with pytest.raises(CannotTake, match="exists already"):
        take(look, tmp_path / "set", leave_out_refused=False)
