"""`masseter registry extract`: a release without names, of this installation or of several."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from masseter.cli.clock import today
from masseter.cli.django import set_up
from masseter.cli.registry.telling import refusing, terminal
from masseter.registry.joining import join
from masseter.registry.problems import whole

SMALLEST = 11


def extract(
    out: Annotated[Path, typer.Argument(help="new folder")],
    condition: Annotated[str, typer.Option(help="what was treated, as 'tmd'")],
    release: Annotated[str, typer.Option(help="a name; each name gives the patients other pseudonyms")],
    key: Annotated[
        Path, typer.Option(help="file with the key of the pseudonyms; made where it is not there")
    ],
    cut: Annotated[str, typer.Option(help="last day that counts, as 2026-06-30; today unless said")] = "",
    smallest: Annotated[
        int, typer.Option(help="patients that have to share what is told of them")
    ] = SMALLEST,
    clinic: Annotated[
        list[str] | None, typer.Option(help="only this clinic, by its short name; may repeat")
    ] = None,
    installation: Annotated[
        list[Path] | None, typer.Option(help="file with the settings of an installation; may repeat")
    ] = None,
) -> None:
    """Write what patients agreed to give to the registry, without names, as a data set."""
    console = terminal()
    with refusing(console):
        day = _day(cut)
        if installation:
            _of_many(
                out,
                installation,
                ["--condition", condition, "--release", release, "--key", str(key)],
                day,
                smallest,
            )
            console.print(f"Written from {len(installation)} installations.")
            return
        _of_this(console, out, condition, release, key, day, smallest, clinic or [])


def _of_this(
    console: Console,
    out: Path,
    condition: str,
    name: str,
    key: Path,
    day: date,
    smallest: int,
    slugs: list[str],
) -> None:
    set_up()
    from masseter.journey.accounts.models import Clinic
    from masseter.knowledge.load import load
    from masseter.registry.extracting import Release, read_key
    from masseter.registry.extracting import extract as make

    if condition not in load().conditions:
        raise whole(f"there is no condition '{condition}'; known are {', '.join(load().conditions)}")
    clinics = list(Clinic.objects.filter(slug__in=slugs) if slugs else Clinic.objects.all())
    unknown = sorted(set(slugs) - {one.slug for one in clinics})
    if unknown:
        raise whole(f"there is no clinic '{unknown[0]}'")
    asked = Release(name=name, condition=condition, cut=day, key=read_key(key), smallest=smallest)
    made = make(out, asked, clinics)
    manifest = made.manifest
    console.print(
        f"Written: {manifest.patients} patients, {manifest.treatments} treatments, {manifest.scores} scores, "
        f"{manifest.events} unwanted effects, {manifest.wear_offs} answers about wear-off."
    )
    console.print(f"Left out as one of fewer than {smallest}: {made.left_out}.")
    for why, count in sorted(made.without.items()):
        console.print(f"Agreed, but {why}: {count}.")


def _of_many(out: Path, files: list[Path], words: list[str], day: date, smallest: int) -> None:
    """Each installation makes its own release with its own settings, and its own trail notes it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as work:
        folders = [Path(work) / f"{place}" for place, _file in enumerate(files)]
        for file, folder in zip(files, folders, strict=True):
            environment = {
                name: value for name, value in os.environ.items() if not name.startswith("MASSETER_")
            }
            command = [sys.executable, "-m", "masseter.cli.main", "registry", "extract", str(folder), *words]
            command += ["--cut", day.isoformat(), "--smallest", str(smallest)]
            done = subprocess.run(
                command,
                env=environment | dict(_settings(file)),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                told = (done.stdout + done.stderr).strip().replace("\n", " ")[-400:]
                raise whole(f"the installation of '{file.name}' gave nothing: {told}")
        join(out, folders)


def _settings(file: Path) -> Iterator[tuple[str, str]]:
    """The settings of a file with lines like MASSETER_DATA=/srv/masseter.

    Raises CannotTake for a file that cannot be read and for any other line.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise whole(f"the settings '{file.name}' cannot be read") from None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, sign, value = line.strip().partition("=")
        if not sign or not name.startswith("MASSETER_"):
            raise whole(f"line {number} of '{file.name}' is no setting like MASSETER_DATA=/srv/masseter")
        yield name, value.strip().strip('"')


def _day(cut: str) -> date:
    try:
        day = date.fromisoformat(cut) if cut else today()
    except ValueError:
        raise whole(f"'{cut}' is no day like 2026-06-30") from None
    if day > today():
        raise whole(f"{day} is still to come: the last day that counts is today at the latest")
    return day
