"""From a data set to the columns that the response model reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np

from masseter.knowledge.load import load
from masseter.registry.dataset import read_manifest
from masseter.registry.problems import whole
from masseter.response.courses import Courses, Scale, at_ends
from masseter.response.layout import INJECTION, SCORE, Array

ORDER = """
    SELECT patient, day, 1 AS rank, units AS value, product, NULL AS observed FROM treatments
    UNION ALL
    SELECT patient, day, CASE WHEN day <= 0 THEN 0 ELSE 2 END, value, NULL, observed_days FROM scores
    ORDER BY patient, day, rank
"""
FULL_DAYS = 28.0
BEFORE_WEEKS = 1 / 70  # a score of the first treatment's day stands a little before it


def read_courses(folder: Path, products: Sequence[str]) -> Courses:
    """The columns of a data set. `products`: those that get a column of their own beside 'one', in order.

    Raises CannotTake for a folder that is no data set, and for a product that the manifest does not name.
    """
    manifest = read_manifest(folder)
    scale = Scale(low=manifest.measure["low"], high=manifest.measure["high"], step=manifest.measure["step"])
    unknown = sorted(set(products) - set(manifest.reference_units))
    if unknown:
        raise whole(f"the data set has no reference dose of {', '.join(unknown)}")
    with duckdb.connect() as connection:
        for table in ("treatments", "scores"):
            connection.read_parquet(str(folder / f"{table}.parquet")).create_view(table)
        rows = connection.sql(ORDER).fetchnumpy()
    patient, rank, day = rows["patient"], rows["rank"], np.asarray(rows["day"], dtype=np.float64)
    begins = np.flatnonzero(np.r_[True, patient[1:] != patient[:-1]])
    starts = np.r_[begins, patient.size].astype(np.int64)
    injected = rank == 1
    kind = np.where(injected, INJECTION, SCORE).astype(np.uint8)
    value = np.asarray(rows["value"], dtype=np.float64)
    product = np.asarray(np.ma.filled(rows["product"], ""), dtype=str)
    for name, units in manifest.reference_units.items():
        value = np.where(injected & (product == name), value / units, value)
    week = np.where((rank == 0) & (day == 0), -BEFORE_WEEKS, day / 7.0)
    kind, value = at_ends(kind, value, scale)
    columns = [np.logical_or.reduceat(injected & (product == name), begins) for name in products]
    return Courses(
        starts=starts,
        kind=kind,
        week=week.astype(np.float32),
        value=value.astype(np.float32),
        weight=_weights(rows["observed"], kind.size),
        about=np.column_stack([np.ones(begins.size), *columns]).astype(np.float64),
        names=("one", *products),
        scale=scale,
    )


def _weights(observed: Array, rows: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Variance of each score as a multiple of one over 28 observed days."""
    days = np.ma.filled(np.ma.asarray(observed, dtype=np.float64), FULL_DAYS)
    days = np.where(np.isfinite(days) & (days > 0), days, FULL_DAYS)
    likeness = load().practice.likeness_of_days
    if likeness is None:
        raise whole("knowledge does not say how alike the days of a diary are")
    alike = float(likeness.value)
    weight = (1 + (days - 1) * alike) / days / ((1 + (FULL_DAYS - 1) * alike) / FULL_DAYS)
    return np.broadcast_to(weight, (rows,)).astype(np.float32)
