"""The command `masseter`."""

from __future__ import annotations

import typer

from masseter.cli import audit, clinic, database, documents, knowledge, serve, service

app = typer.Typer(
    no_args_is_help=True,
    help="Botulinum-toxin care for oral and facial pain.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(serve.run)
app.command("serve")(service.serve)
app.command("migrate")(database.migrate)
app.command("demo")(serve.demo)
app.add_typer(clinic.app, name="clinic")
app.add_typer(audit.app, name="audit")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(documents.app, name="docs")

if __name__ == "__main__":
    app()
