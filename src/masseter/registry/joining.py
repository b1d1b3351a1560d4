"""Several data sets written as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from masseter.registry.dataset import COLUMNS, Heading, Manifest, finish, new_folder
from masseter.registry.sources import Sources, open_datasets


def join(folder: Path, parts: Sequence[Path]) -> Manifest:
    """Write data sets of one condition and measure as one; the order of the parts makes no difference.

    Raises CannotTake as `open_datasets` does, and where something is there already.
    """
    sources = open_datasets(parts)
    first = min(sources.manifests, key=lambda one: sorted(one.files.values()))
    heading = Heading(
        name=first.name,
        condition=first.condition,
        measure=first.measure,
        reference_units=sources.reference_units,
        made={**first.made, "by": "join", "parts": [_part(one) for one in _ordered(sources)]},
    )
    with new_folder(folder) as work:
        counts = {table: _write(work, sources, table) for table in COLUMNS}
        return finish(work, heading, counts)


def _ordered(sources: Sources) -> list[Manifest]:
    return sorted(sources.manifests, key=lambda one: sorted(one.files.values()))


def _part(manifest: Manifest) -> dict[str, object]:
    return {"name": manifest.name, "patients": manifest.patients, "made": manifest.made}


def _write(work: Path, sources: Sources, table: str) -> int:
    if not sources.files(table):
        return 0
    with sources.connect() as connection:
        connection.execute("SET threads = 1")
        lines = connection.sql(f"SELECT * FROM {table} ORDER BY ALL")
        lines.write_parquet(str(work / f"{table}.parquet"), compression="zstd")
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
