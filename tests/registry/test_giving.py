"""What a table tells of treatments: none is lost, none is counted twice, and no guess is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from masseter.registry.dataset import read_manifest
from masseter.registry.taking import look_at, take
from tests.registry.tables import written
from tests.registry.test_trials import BOTH, HEAD, TOXIN, VISITS, WIDE, courses, refusals

SIDES = ["id,week,pain,dose,side", "a,0,7,30,R", "a,0,,30,L", "a,4,3,,R"]
ONE_OR_TWO = "line 3: the same treatment as on line 2: one or two? Say 'again: same'"
LOST = "line 2: the whole patient: without line {}, a treatment may be lacking"
T0, T1 = (0, 7), (28, 3)


@pytest.mark.parametrize(
    ("given", "treatments", "refused"),
    [
        ("", None, [ONE_OR_TWO]),
        (", again: more", [TOXIN], []),
        (", again: same", [(0, "onabotulinumtoxinA", 30)], []),
        (", again: more, when: {side: [L]}", [(0, "onabotulinumtoxinA", 30)], []),
    ],
)
def test_a_dose_that_is_told_twice_is_one_or_two_as_the_mapping_says(
    tmp_path: Path, given: str, treatments: list[tuple[float, str, float]] | None, refused: list[str]
) -> None:
    mapping = HEAD + VISITS + f"given: {{units: dose, {BOTH}{given}}}"

    look = look_at(*written(tmp_path, *SIDES[1:], mapping=mapping, header=SIDES[0]))

    assert courses(look) == ({} if treatments is None else {"a": ([T0, T1], treatments)})
    assert [said[: len(ONE_OR_TWO)] for said in refusals(look)] == refused


def test_different_doses_on_two_lines_add_up_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    lines = ("a,0,7,30,R", "a,0,,20,L")
    mapping = HEAD + VISITS + f"given: {{units: dose, {BOTH}, again: same}}"

    same = look_at(*written(tmp_path, *lines, mapping=mapping, header=SIDES[0]))
    more = look_at(*written(tmp_path, *lines, mapping=mapping.replace("same", "more"), header=SIDES[0]))

    assert [each.partition(": where")[0] for each in refusals(same)] == [
        "line 3: two treatments on one day (line 2)"
    ]
    assert courses(more)["a"][1] == [(0, "onabotulinumtoxinA", 50)]


@pytest.mark.parametrize("again", ["", ", again: same", ", again: more"])
def test_equal_doses_in_two_entries_are_two_treatments_on_one_day(tmp_path: Path, again: str) -> None:
    both = ", ".join(f"{{units: {name}, day: 0, {BOTH}{again}}}" for name in ("mass", "temp"))

    look = look_at(
        *written(
            tmp_path, "a,7,3,30,30", mapping=HEAD + WIDE + f"given: [{both}]", header="id,t0,t1,mass,temp"
        )
    )

    assert courses(look) == {}
    assert refusals(look)[0].startswith("line 2: two treatments on one day (line 2): columns that add up")


def test_scores_of_one_side_are_taken_and_the_doses_of_both(tmp_path: Path) -> None:
    given = f"given: {{units: dose, {BOTH}, again: more}}"
    lines = ("a,0,7,30,R", "a,0,9,20,L", "a,4,3,,R", "a,4,5,,L")
    mapping = HEAD + VISITS.replace("score: pain", "score: pain, when: {side: [R]}") + given

    look = look_at(*written(tmp_path, *lines, mapping=mapping, header=SIDES[0]))

    assert (courses(look), refusals(look)) == ({"a": ([T0, T1], [(0, "onabotulinumtoxinA", 50)])}, [])


def test_so_are_they_of_a_line_a_side_with_a_column_for_each_visit(tmp_path: Path) -> None:
    columns = ", ".join(f"{{column: t{n}, day: {28 * n}, when: {{side: [R]}}}}" for n in (0, 1))
    mapping = HEAD + f"visit_columns: [{columns}]\ngiven: {{units: dose, {BOTH}, day: 0, again: more}}"

    look = look_at(
        *written(tmp_path, "a,7,3,30,R", "a,9,5,30,L", mapping=mapping, header="id,t0,t1,dose,side")
    )

    assert (courses(look), refusals(look)) == ({"a": ([T0, T1], [TOXIN])}, [])


DATED = f"given: {{units: [dose, left], time: at, unit: weeks, {BOTH}}}\nmissing: [-99]\nknown: {{sex: sex}}"
NAMED = "visits: {time: week, days: {0: 0, 4: 28, 8: }, score: pain}\n" + f"given: {{units: dose, {BOTH}}}"


@pytest.mark.parametrize(
    ("mapping", "line", "said"),
    [
        (VISITS + DATED, "a,16,6,60 U,,16,", "dose: '60 U' is no plain number"),
        (VISITS + DATED, "a,16,6,-60,,16,", "dose: a dose below nought"),
        (VISITS + DATED, "a,16,6,,,16,", "dose: a treatment without units, at a time under 'at'"),
        (VISITS + DATED, "a,16,6,NA,,16,", "dose: a treatment without units, at a time under 'at'"),
        (VISITS + DATED, "a,16,6,-99,-99,16,", "dose: a treatment without units, at a time under 'at'"),
        (VISITS + DATED, "a,16,6,30,-99,16,", "left: '-99' beside units in another column"),
        (VISITS + DATED, "a,16,6,30,NA,16,", "left: 'NA' beside units in another column"),
        (VISITS + DATED, "a,16,6,60,,in May,", "at: 'in May' is no plain number"),
        (VISITS + DATED, "a,16,6,60,,16,M", "says other things about the patient than line 2: sex"),
        (NAMED, "a,8.0,,30,,,", "week: a treatment at a visit that the mapping gives no day"),
        (NAMED, "a,9,,30,,,", "week: '9' is none of the visits of the mapping"),
    ],
)  # fmt: skip
def test_a_patient_of_whom_a_treatment_is_refused_is_refused_whole(
    tmp_path: Path, mapping: str, line: str, said: str
) -> None:
    lines = ("a,0,7,60,,0,F", "a,4,3,,,,", "b,0,7,60,,0,F", line)

    look = look_at(*written(tmp_path, *lines, mapping=HEAD + mapping, header="id,week,pain,dose,left,at,sex"))

    assert list(courses(look)) == ["b"]
    assert refusals(look)[0] == LOST.format(5)
    assert said in refusals(look)[1]
    assert len(refusals(look)) == 2
    take(look, tmp_path / "set", leave_out_refused=True)
    assert read_manifest(tmp_path / "set").patients == 1


def test_a_refused_score_is_left_out_alone(tmp_path: Path) -> None:
    lines = ("a,0,7,60,,0,F", "a,4,33,,,,", "a,8,4,,,,")

    look = look_at(
        *written(tmp_path, *lines, mapping=HEAD + VISITS + DATED, header="id,week,pain,dose,left,at,sex")
    )

    assert courses(look) == {"a": ([(0, 7), (56, 4)], [TOXIN])}
    assert len(refusals(look)) == 1
