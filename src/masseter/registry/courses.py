"""From data sets to the columns that the response model reads, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from masseter.knowledge.load import load
from masseter.registry.patients import FULL_DAYS
from masseter.registry.problems import whole
from masseter.registry.sources import Sources, open_datasets
from masseter.response.courses import BLOCK, Courses, at_ends
from masseter.response.layout import INJECTION, SCORE, STILL_WORKING, WORN_OFF, Array

PART = 32 * BLOCK  # patients of one part: a power of two of blocks, so that sums are added alike however cut
# What stands in which order on one day: scores of the first treatment's day, what was said of the end of the
# cycle before, the treatment, later scores.
BEFORE, STILL, OVER, GIVEN = 0, 1, 2, 3
# The columns of a part. Names of patients are hashed to numbers: a new number is a new patient.
ROWS = """
    SELECT hash(patient) AS patient, rank::UTINYINT AS rank, day::FLOAT AS day, value::FLOAT AS value,
        product::UTINYINT AS product, observed::FLOAT AS observed
    FROM (
        SELECT patient, day, 3 AS rank, {share} AS value, {number} AS product, 0 AS observed
        FROM treatments WHERE patient >= $low AND patient < $high
        UNION ALL
        SELECT patient, day, CASE WHEN day <= 0 THEN 0 ELSE 4 END, value, 0, coalesce(observed_days, 0)
        FROM scores WHERE patient >= $low AND patient < $high
        UNION ALL
        SELECT patient, day, CASE WHEN worn_off THEN 2 ELSE 1 END, (since_day - after_day) / 7, 0, 0
        FROM wear_offs WHERE patient >= $low AND patient < $high
    ) AS rows
    ORDER BY rows.patient, rows.day, rank
"""
BEFORE_WEEKS = 1 / 70  # a score of the first treatment's day stands a little before it
LAST = "~"  # behind every pseudonym


@dataclass(frozen=True, kw_only=True)
class Part:
    """Patients with names from `low` to before `high`."""

    low: str
    high: str
    patients: int


def parts_of(sources: Sources, patients: int = PART) -> list[Part]:
    """Cut the patients into parts of so many, in the order of their names.

    Raises ValueError unless a part is a power of two of the model's blocks: then sums do not depend on it.
    """
    blocks, rest = divmod(patients, BLOCK)
    if rest or blocks & (blocks - 1) or not blocks:
        raise ValueError("a part is a power of two of blocks")
    with sources.connect() as connection:
        names = connection.execute(
            "SELECT patient FROM (SELECT patient, row_number() OVER (ORDER BY patient) - 1 AS place "
            f"FROM patients) WHERE place % {patients} = 0 ORDER BY patient"
        ).fetchall()
    lows = [name for (name,) in names]
    sizes = [patients] * (len(lows) - 1) + [sources.patients - patients * (len(lows) - 1)]
    return [
        Part(low=low, high=high, patients=size)
        for low, high, size in zip(lows, [*lows[1:], LAST], sizes, strict=True)
    ]


def read_part(sources: Sources, part: Part, products: Sequence[str]) -> Courses:
    """The columns of one part. `products`: those with a column of their own beside 'one', in order.

    Raises CannotTake where the tables do not fit each other.
    """
    reference = sources.reference_units
    number = " ".join(f"WHEN $n{place} THEN {place}" for place, _ in enumerate(reference, 1))
    share = " ".join(
        f"WHEN $n{place} THEN units / {units!r}" for place, units in enumerate(reference.values(), 1)
    )
    names = {f"n{place}": name for place, name in enumerate(reference, 1)}
    text = ROWS.format(
        share=f"CASE product {share} ELSE units END", number=f"CASE product {number} ELSE 0 END"
    )
    try:
        with sources.connect() as connection:
            found = connection.execute(text, {**names, "low": part.low, "high": part.high})
            rows = {name: np.asarray(column) for name, column in found.fetchnumpy().items()}
    except duckdb.Error as error:
        raise whole(f"a table cannot be read: {str(error).splitlines()[0]}") from None
    places = [list(reference).index(name) + 1 for name in products]
    courses = _columns(rows, sources, tuple(products), places)
    if courses.patients != part.patients:
        raise whole(f"{part.patients - courses.patients} patients have neither a treatment nor a score")
    return courses


def read_head(sources: Sources, patients: int, products: Sequence[str]) -> Courses:
    """The columns of the first patients, in the order of their names; all where there are fewer."""
    with sources.connect() as connection:
        told = "SELECT patient FROM patients ORDER BY patient LIMIT 1 OFFSET ?"
        rest = connection.execute(told, [patients]).fetchall()
    many = min(patients, sources.patients)
    return read_part(sources, Part(low="", high=rest[0][0] if rest else LAST, patients=many), products)


def read_tail(sources: Sources, patients: int, products: Sequence[str]) -> Courses:
    """The columns of the last patients, in the order of their names, in one piece."""
    with sources.connect() as connection:
        told = "SELECT patient FROM patients ORDER BY patient DESC LIMIT 1 OFFSET ?"
        low = connection.execute(told, [patients - 1]).fetchall()[0][0]
    return read_part(sources, Part(low=low, high=LAST, patients=patients), products)


def names_in(sources: Sources, part: Part) -> list[str]:
    """The names of a part's patients, in their order."""
    with sources.connect() as connection:
        told = "SELECT patient FROM patients WHERE patient >= ? AND patient < ? ORDER BY patient"
        return [name for (name,) in connection.execute(told, [part.low, part.high]).fetchall()]


def read_courses(folder: Path, products: Sequence[str]) -> Courses:
    """The columns of a whole data set, in one piece.

    Raises CannotTake for a folder that is no data set, and for a product that the manifest does not name.
    """
    sources = open_datasets([folder])
    unknown = sorted(set(products) - set(sources.reference_units))
    if unknown:
        raise whole(f"the data set has no reference dose of {', '.join(unknown)}")
    return read_part(sources, Part(low="", high=LAST, patients=sources.patients), products)


def _columns(
    rows: dict[str, Array], sources: Sources, products: tuple[str, ...], places: list[int]
) -> Courses:
    patient, rank, day = rows["patient"], rows["rank"], rows["day"].astype(np.float64)
    begins = np.flatnonzero(np.r_[True, patient[1:] != patient[:-1]])
    injected = rank == GIVEN
    kinds = [INJECTION, WORN_OFF, STILL_WORKING]
    kind = np.select([injected, rank == OVER, rank == STILL], kinds, SCORE).astype(np.uint8)
    week = np.where((rank == BEFORE) & (day == 0), -BEFORE_WEEKS, day / 7.0)
    kind, value = at_ends(kind, rows["value"].astype(np.float64), sources.scale)
    given = [np.logical_or.reduceat(injected & (rows["product"] == place), begins) for place in places]
    return Courses(
        starts=np.r_[begins, patient.size].astype(np.int64),
        kind=kind,
        week=week.astype(np.float32),
        value=value.astype(np.float32),
        weight=np.where(np.isin(rank, (STILL, OVER)), _told_variance(), _weights(rows["observed"])).astype(
            np.float32
        ),
        about=np.column_stack([np.ones(begins.size), *given]).astype(np.float64),
        names=("one", *products),
        scale=sources.scale,
    )


def _told_variance() -> float:
    """Variance, in weeks squared, of a day of wear-off that was told."""
    rules = load().practice.diary
    if rules is None:
        raise whole("knowledge does not say how well a day of wear-off is remembered")
    return float(rules.wear_off_told.value) ** 2


def _weights(observed: Array) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Variance of each score as a multiple of one over 28 observed days; nought where it sums up no days."""
    likeness = load().practice.likeness_of_days
    if likeness is None:
        raise whole("knowledge does not say how alike the days of a diary are")
    alike = float(likeness.value)
    days = np.where(observed > 0, observed, FULL_DAYS).astype(np.float64)
    weight = (1 + (days - 1) * alike) / days / ((1 + (FULL_DAYS - 1) * alike) / FULL_DAYS)
    return weight.astype(np.float32)
