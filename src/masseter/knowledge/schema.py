"""From a YAML node to the shapes of `model`: strict, with the place of every fault.

How the files are written:

- One YAML file is one thing (a product, a condition); a file of many things is a list, or a mapping
  of `evidence` and `items`. A key that the shape does not have is refused, and so is a key given twice.
- Numbers are read from their text straight into Decimal; a float never exists.
- `evidence` is inherited: a block without its own takes that of the nearest block around it, in the
  end that at the top of the file. An evidence block without `checked` takes that date the same way.
  A block whose shape has no evidence (a site, say) may still carry one for the blocks inside it.
- A `Text` may be written as a bare sentence when it rests on the inherited evidence.
- The kind of a rule is read from its keys: `at_least`, `at_most`, `one_of`, `count_at_least`, `all`,
  `any`, `count` with `of_rules`, `negate`; `observation` alone or with `equals` is a yes-or-no rule.

What may stop: a finding or a limit of severity `stop` needs `verified` evidence, because a stop cannot
be overruled. Red flags are the exception: they stop with any sureness, since stopping too early costs
a referral and stopping too late may cost a life. `check.py` holds both rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from masseter.knowledge import model
from masseter.knowledge.model import Evidence, Text
from masseter.knowledge.problems import Problem

BROKEN = object()
_TAG = "tag:yaml.org,2002:"
_RULE_KEYS = {
    "at_least": model.AtLeast,
    "at_most": model.AtMost,
    "one_of": model.OneOf,
    "count_at_least": model.CountAtLeast,
    "all": model.AllOf,
    "any": model.AnyOf,
    "of_rules": model.NumberOf,
    "negate": model.Not,
}
_RULE_TYPES = frozenset(get_args(model.Rule))


class Builder:
    """Builds the nodes of one file and keeps every problem on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def build(self, wanted: object, node: Node, path: str, evidence: Evidence | None) -> object:
        """The value of type `wanted` that `node` describes, or BROKEN with its problems kept."""
        if get_origin(wanted) in (Union, UnionType):
            return self._union(wanted, node, path, evidence)
        if get_origin(wanted) is tuple:
            return self._items(get_args(wanted)[0], node, path, evidence)
        if isinstance(wanted, type) and is_dataclass(wanted):
            return self._block(wanted, node, path, evidence)
        return self._leaf(wanted, node, path)

    def refuse(self, node: Node, path: str, sentence: str) -> object:
        line = node.start_mark.line + 1
        self.problems.append(Problem(file=self.file, line=line, path=path, sentence=sentence))
        return BROKEN

    def entries(self, node: MappingNode, path: str) -> dict[str, Node]:
        """Key to node; a key given twice is a problem."""
        found: dict[str, Node] = {}
        for key, value in node.value:
            if key.value in found:
                self.refuse(key, _join(path, key.value), "this key is given twice")
            found[key.value] = value
        return found

    def evidence_of(self, node: Node, path: str, inherited: Evidence | None) -> Evidence | None:
        """The evidence that a block sets for itself and for the blocks inside it."""
        built = self._block(Evidence, node, path, inherited)
        return built if isinstance(built, Evidence) else inherited

    def _union(self, wanted: object, node: Node, path: str, evidence: Evidence | None) -> object:
        choices = [choice for choice in get_args(wanted) if choice is not NoneType]
        if len(choices) < len(get_args(wanted)) and node.tag == f"{_TAG}null":
            return None
        if _RULE_TYPES.issuperset(choices):
            return self._rule(node, path, evidence)
        return self.build(choices[0], node, path, evidence)

    def _rule(self, node: Node, path: str, evidence: Evidence | None) -> object:
        if not isinstance(node, MappingNode):
            return self.refuse(node, path, "a rule is a mapping, e.g. {observation: ..., at_least: 3}")
        keys = [key.value for key, _ in node.value if key.value in _RULE_KEYS]
        if len(keys) > 1:
            return self.refuse(node, path, f"a rule is of one kind, not {' and '.join(keys)}")
        kind = _RULE_KEYS[keys[0]] if keys else model.Is
        return self._block(kind, node, path, evidence)

    def _items(self, wanted: object, node: Node, path: str, evidence: Evidence | None) -> object:
        if not isinstance(node, SequenceNode):
            return self.refuse(node, path, "a list is needed here")
        built = [
            self.build(wanted, item, f"{path}[{number}]", evidence) for number, item in enumerate(node.value)
        ]
        return BROKEN if BROKEN in built else tuple(built)

    def _block(self, kind: type, node: Node, path: str, evidence: Evidence | None) -> object:
        if kind is Text and isinstance(node, ScalarNode):
            return self._sentence(node, path, evidence)
        if not isinstance(node, MappingNode):
            return self.refuse(node, path, f"a block of {kind.__name__} is needed here")
        entries = self.entries(node, path)
        if kind is not Evidence and "evidence" in entries:
            evidence = self.evidence_of(entries["evidence"], _join(path, "evidence"), evidence)
        values = dict(self._fields(kind, node, entries, path, evidence))
        return BROKEN if BROKEN in values.values() else kind(**values)

    def _fields(
        self, kind: type, node: Node, entries: dict[str, Node], path: str, evidence: Evidence | None
    ) -> Iterator[tuple[str, object]]:
        hints = _hints(kind)
        for key, value in entries.items():
            if key not in hints and key != "evidence":
                yield key, self.refuse(value, _join(path, key), f"{kind.__name__} has no such key")
        inherited: dict[str, object] = {"evidence": evidence}
        if kind is Evidence and evidence:
            inherited = {"checked": evidence.checked}
        for name, is_needed in _needs(kind):
            if name in entries and not (name == "evidence" and kind is not Evidence):
                yield name, self.build(hints[name], entries[name], _join(path, name), evidence)
            elif inherited.get(name) is not None:
                yield name, inherited[name]
            elif is_needed:
                yield name, self.refuse(node, _join(path, name), "this is missing")

    def _sentence(self, node: ScalarNode, path: str, evidence: Evidence | None) -> object:
        text = self._leaf(str, node, path)
        if evidence is None:
            return self.refuse(node, path, "no evidence here or in a block around it")
        return BROKEN if text is BROKEN else Text(text=str(text), evidence=evidence)

    def _leaf(self, wanted: object, node: Node, path: str) -> object:
        if not isinstance(node, ScalarNode):
            return self.refuse(node, path, "a single value is needed here")
        try:
            return _adapter(wanted).validate_python(_scalar(node, wanted), strict=True)
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
        except (ValueError, ArithmeticError):
            reason = f"“{node.value}” cannot be read"
        return self.refuse(node, path, f"{reason[0].lower()}{reason[1:]} (it says {node.value!r})")


def _scalar(node: ScalarNode, wanted: object) -> object:
    """The Python value of a scalar; numbers become Decimal where a Decimal is wanted, never a float."""
    match str(node.tag).removeprefix(_TAG):
        case "int" if wanted is not Decimal:
            return int(node.value)
        case "int" | "float":
            return Decimal(node.value)
        case "bool":
            return node.value.lower() == "true"
        case "null":
            return None
        case "timestamp":
            return date.fromisoformat(node.value)
        case _:
            return node.value


@cache
def _adapter(wanted: object) -> TypeAdapter[object]:
    return TypeAdapter(wanted)  # type: ignore[arg-type] # any hint of the shapes, known at run time


@cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind)


@cache
def _needs(kind: type) -> tuple[tuple[str, bool], ...]:
    """Each field of a dataclass with whether it must be given."""
    assert is_dataclass(kind)
    return tuple((field.name, field.default is MISSING) for field in fields(kind))


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
