"""The ways to get an unsafe dose or verdict that are tried as tests, and what the program does instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from masseter.cli.reference.words import GENERATED, table

# Tests stand beside the program, not in it: an installed program has none.
_FOLDER = Path(__file__).resolve().parents[4] / "tests" / "adversary"


def adversary() -> dict[str, str]:
    """File name → text: one table for each file of tests; nothing where the tests are not at hand."""
    files = sorted(_FOLDER.glob("test_*.py"))
    if not files:
        return {}
    modules = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in files}
    ways = {name: list(_ways(module)) for name, module in modules.items()}
    parts = [_part(module, name, ways[name]) for name, module in modules.items()]
    count = sum(len(tried) for tried in ways.values())
    text = (
        "# What an adversary would try\n\nWays to get an unsafe dose or verdict, by slip or "
        f"by intent: {count}, most in several spellings. Each is tried, whenever the tests run, on the "
        "program itself with the knowledge that is shipped; none succeeds. Who knows of another way: it "
        "belongs here, as a test.\n\n"
    )
    return {"adversary.md": GENERATED + text + "".join(parts)}


def _part(module: ast.Module, name: str, ways: list[tuple[str, str, str]]) -> str:
    title = (ast.get_docstring(module) or "").splitlines()[0].rstrip(".")
    rows = [[way, answer, f"`{test}`"] for way, answer, test in ways]
    return f"## {title}\n\nIn `tests/adversary/{name}`.\n\n" + table(
        ["The way", "What happens", "Test"], rows
    )


def _ways(module: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Way, what happens and name of each test; a test that tells neither is a fault of the test."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            way, _, answer = (ast.get_docstring(node) or "").partition("\n\n")
            if not answer:
                raise ValueError(f"{node.name} does not tell its way and what happens")
            yield " ".join(way.split()), " ".join(answer.split()), node.name
