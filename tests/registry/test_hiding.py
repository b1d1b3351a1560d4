"""Who somebody is does not go out: no name, no date, nothing that only few share."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masseter.registry.hiding import KNOWN, Names, Person, age_band, hide
from tests.registry.people import FIRST, person

KEY = bytes(range(32))


def names(release: str = "2026a") -> Names:
    return Names(KEY, release)


def many(count: int = 6, **other: object) -> list[Person]:
    return [person(number, **other) for number in range(count)]  # type: ignore[arg-type]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["north", "south", "east"]),
            st.sampled_from(["female", "male", "other"]),
            st.one_of(st.none(), st.integers(10, 99)),
            st.sampled_from(["botox", "dysport", "rare"]),
        ),
        max_size=60,
    ),
    st.integers(2, 8),
)
def test_whatever_is_told_is_shared_by_enough(
    told: list[tuple[str, str, int | None, str]], smallest: int
) -> None:
    people = [
        person(number, clinic=clinic, sex=sex, age=age, product=product)
        for number, (clinic, sex, age, product) in enumerate(told)
    ]

    hidden = hide(people, names(), smallest=smallest)

    rows = hidden.contents.tables["patients"]
    groups = Counter(row[1:4] for row in rows)
    products = Counter(row[2] for row in hidden.contents.tables["treatments"])
    assert all(count >= smallest for count in groups.values())
    assert all(count >= smallest for count in products.values())
    assert hidden.left_out == len(people) - len(rows)
    assert len(hidden.kept) == len(rows)


def test_dates_become_days_from_the_first_treatment_and_intervals_stay() -> None:
    shifted = [person(number, first=FIRST + timedelta(days=17 * number)) for number in range(6)]

    tables = hide(shifted, names(), smallest=5).contents.tables

    assert {row[1] for row in tables["treatments"]} == {0.0, 90.0}
    assert {row[1] for row in tables["scores"]} == {-3.0, 28.0, 90.0}
    assert {(row[1], row[5]) for row in tables["events"]} == {(6.0, 0.0)}
    assert "2026" not in str(tables)


def test_a_patient_has_another_name_in_another_release_and_under_another_key() -> None:
    first = hide(many(), names(), smallest=5).contents.tables["patients"]
    again = hide(many(), names(), smallest=5).contents.tables["patients"]
    other = hide(many(), names("2026b"), smallest=5).contents.tables["patients"]
    foreign = hide(many(), Names(bytes(32), "2026a"), smallest=5).contents.tables["patients"]

    assert first == again
    for different in (other, foreign):
        assert not {row[0] for row in first} & {row[0] for row in different}
        assert {row[1] for row in first} != {row[1] for row in different}


def test_rare_muscles_and_effects_become_other() -> None:
    people = [*many(), person(7, site="platysma", effect="stroke_like"), person(8, effect="")]

    tables = hide(people, names(), smallest=5).contents.tables

    assert {row[2] for row in tables["points"]} == {"masseter", "other"}
    assert {row[3] for row in tables["points"] if row[2] == "other"} == {""}
    assert Counter(row[2] for row in tables["events"]) == {"chewing_weakness": 6, "other": 2}


def test_an_age_is_told_before_a_sex_is_kept_back() -> None:
    people = [*many(6), *(person(10 + number, sex="male", age=20 + 11 * number) for number in range(5))]

    rows = hide(people, names(), smallest=5).contents.tables["patients"]

    assert KNOWN[1:3] == ("sex", "age_band")
    assert Counter((row[2], row[3]) for row in rows) == {("female", "40-49"): 6, ("male", ""): 5}


def test_earlier_toxin_is_told_only_where_many_had_it() -> None:
    people = [*many(6), person(9, had_toxin_before=True)]

    rows = hide(people, names(), smallest=5).contents.tables["patients"]

    assert Counter(row[4] for row in rows) == {"no": 6, "": 1}


def test_an_effect_from_before_the_first_treatment_is_none_of_it() -> None:
    early = [person(number) for number in range(5)]
    late = Person(
        **{
            **early[0].__dict__,
            "key": ("north", "x"),
            "events": (
                early[0]
                .events[0]
                .__class__(day=date(2025, 1, 1), effect="ptosis", severity="mild", is_serious=False),
            ),
        }
    )

    assert len(hide([*early, late], names(), smallest=5).contents.tables["events"]) == 5


def test_age_bands() -> None:
    told = {None: "", 12: "under 20", 20: "20-29", 79: "70-79", 80: "80 and over", 101: "80 and over"}

    assert {age: age_band(age) for age in told} == told
