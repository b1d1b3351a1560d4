"""`masseter registry simulate`: a registry with a known truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from masseter.cli.registry.telling import refusing, terminal


def simulate(
    out: Annotated[Path, typer.Argument(help="new folder")],
    curve: Annotated[str, typer.Option(help="key of the curve that is the truth")] = "tmd_pain",
    world: Annotated[
        str, typer.Option(help="draw from another world: weibull, straight, lingering, terminals or diary")
    ] = "",
    cycles: Annotated[int, typer.Option(min=1, help="cycles in all")] = 10_000,
    cycles_each: Annotated[int, typer.Option(min=1, help="cycles of each patient")] = 4,
    scores_each: Annotated[int, typer.Option(min=1, help="scores in each cycle")] = 8,
    seed: Annotated[int, typer.Option(min=0, help="another seed, another registry")] = 1,
) -> None:
    """Write a registry drawn from a curve or another world, and the truth beside it, however large."""
    from masseter.registry.simulating import Asked, simulate_registry
    from masseter.response.simulate import Visits

    console = terminal()
    patients = -(-cycles // cycles_each)
    visits = Visits(cycles=cycles_each, scores=scores_each)
    with refusing(console), Progress(console=console, transient=True) as bar:
        line = bar.add_task("drawn", total=patients)
        asked = Asked(curve=curve, patients=patients, seed=seed, visits=visits, world=world)
        made = simulate_registry(out, asked, lambda done: bar.update(line, completed=done))
    console.print(f"Written: {made.patients} patients, {made.treatments} treatments, {made.scores} scores.")
