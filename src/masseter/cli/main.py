"""The command `masseter`."""

from __future__ import annotations

import typer

from masseter.cli import (
    audit,
    clinic,
    database,
    documents,
    knowledge,
    messages,
    photographs,
    registry,
    serve,
    service,
    stock,
    worker,
)
from masseter.cli.verbs import assess, case, check, follow_up, plan, reconstitute, score, symptom

app = typer.Typer(
    no_args_is_help=True,
    help="Botulinum-toxin care for oral and facial pain.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(serve.run)
app.command("serve")(service.serve)
app.command("worker")(worker.worker)
app.command("migrate")(database.migrate)
app.command("demo")(serve.demo)
app.command("assess")(assess.assess)
app.command("plan")(plan.plan)
app.command("check")(check.check)
app.command("reconstitute")(reconstitute.reconstitute)
app.command("score")(score.score)
app.command("symptom")(symptom.symptom)
app.command("follow-up")(follow_up.follow_up)
app.add_typer(case.app, name="case")
app.add_typer(clinic.app, name="clinic")
app.add_typer(audit.app, name="audit")
app.add_typer(messages.app, name="messages")
app.add_typer(photographs.app, name="photographs")
app.add_typer(stock.app, name="stock")
app.add_typer(registry.app, name="registry")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(documents.app, name="docs")

if __name__ == "__main__":
    app()
