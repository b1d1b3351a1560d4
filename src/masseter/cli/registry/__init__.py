"""`masseter registry`: courses of many patients, from records and foreign tables to a fit and a report."""

from __future__ import annotations

import typer

from masseter.cli.registry import benchmarking, curving, extracting, fitting, importing, reporting, simulating

app = typer.Typer(no_args_is_help=True, help="Courses of many patients, in one clinic or in many.")
app.command("import")(importing.import_table)
app.command("extract")(extracting.extract)
app.command("fit")(fitting.fit)
app.command("curve")(curving.curve)
app.command("report")(reporting.report)
app.command("simulate")(simulating.simulate)
app.command("benchmark")(benchmarking.benchmark)
