"""`masseter registry curve`: a fit as a curve of knowledge, to be reviewed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from masseter.cli.registry.telling import refusing, terminal


def curve(
    fit: Annotated[Path, typer.Argument(help="folder of a fit")],
    out: Annotated[Path, typer.Argument(help="new file, named after its key")],
    key: Annotated[str, typer.Option(help="key of the curve, as 'own_tmd_pain'")],
    source: Annotated[str, typer.Option(help="key of the release in sources.yaml")],
    data_cut: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="last day of the data")],
) -> None:
    """Write a fit as a curve of knowledge; a reviewer puts it among the others."""
    from masseter.registry.curve_file import curve_text
    from masseter.registry.fit_file import read_fit
    from masseter.registry.problems import whole

    console = terminal()
    with refusing(console):
        text = curve_text(read_fit(fit), key=key, source=source, data_cut=data_cut.date())
        if out.exists():
            raise whole(f"'{out.name}' exists already: name a new file")
        out.write_text(text, encoding="utf-8")
    console.print(f"Written: {out}. It counts once it lies among the curves of knowledge.")
