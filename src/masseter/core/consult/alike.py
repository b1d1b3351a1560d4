"""Which answers are alike: those of which every rule of the knowledge says the same.

A rule of 'at least 15 days' cannot tell 16 from 20. So two people who answer 16 and 20 get the same
verdict, as long as no other rule tells these numbers apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from masseter.core.answers import WrongKind, evaluate
from masseter.core.facts import Facts, Observation
from masseter.core.kept import Kept
from masseter.knowledge.model import Knowledge, Rule, Single, singles_in

MOST_KEPT = 200_000  # answers; then they are looked at anew, so that memory stays bounded
Token = Hashable  # never false, so that many are tried at once
Tokens = dict[str, Token]
NOT_KNOWN: Token = "not known"


class Answered(dict[str, Observation]):
    """Facts that have the tokens of their answers with them."""

    def __init__(self, facts: Iterable[tuple[str, Observation]], tokens: Tokens, by: Alike) -> None:
        super().__init__(facts)
        self.tokens, self.by = tokens, by

    def add(self, facts: Facts, tokens: Tokens) -> None:
        """Facts that replace what was told of the same, with their tokens."""
        self.update(facts)
        self.tokens.update(tokens)


class Alike:
    """Gives every answer its token: one for all answers that none of some rules can tell apart.

    'Not known' has the token of a question that was never asked.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        leaves: dict[str, list[Single]] = {}
        for leaf in (leaf for rule in rules for leaf in singles_in(rule)):
            leaves.setdefault(leaf.observation, []).append(leaf)
        self._leaves = leaves
        self._numbers: dict[Hashable, int] = {}
        self._tokens: Kept[Hashable, Token] = Kept(MOST_KEPT)
        self._seen: Kept[int, Token] = Kept(MOST_KEPT)
        self._held: list[Observation] = []  # what was seen, so that no other takes over its id

    def tokens(self, facts: Facts) -> Tokens:
        """The token of each answer."""
        if isinstance(facts, Answered) and facts.by is self:
            return facts.tokens
        tokens = dict(zip(facts, map(self._seen.get, map(id, facts.values())), strict=True))
        if not all(tokens.values()):
            unseen = [code for code, token in tokens.items() if token is None]
            tokens.update({code: self.token(facts[code]) for code in unseen})
        return tokens

    def token(self, known: Observation) -> Token:
        """The token of one answer."""
        key = (known.code, known.value.__class__, known.value)  # the class, since in Python `True == 1`
        token = self._tokens[key] if key in self._tokens else self._tokens.keep(key, self._token(known))
        if len(self._held) >= MOST_KEPT:
            self._seen.clear()
            self._held.clear()
        self._held.append(known)
        return self._seen.keep(id(known), (token, known.observed_on) if known.is_stale else token)

    def _token(self, known: Observation) -> Token:
        value, alone = known.value, {known.code: known}
        if value is None:
            return NOT_KNOWN
        try:
            said = [evaluate(leaf, alone).answer for leaf in self._leaves.get(known.code, ())]
        except WrongKind:  # the rule that reads it will say so
            return (value.__class__, value)
        # An approval is no rule: it holds when it is plainly yes.
        return self._numbers.setdefault((value is True, *said), len(self._numbers) + 1)


def all_rules(knowledge: Knowledge) -> Iterator[Rule]:
    """Every rule of the knowledge that candidacy can depend on."""
    yield from (type_.only_if for type_ in knowledge.observations.values() if type_.only_if is not None)
    yield from (rule.when for rule in knowledge.precautions)
    for condition in knowledge.conditions.values():
        yield from (rule.when for rule in condition.findings)
        yield from (each.rule for diagnosis in condition.diagnoses for each in diagnosis.criteria)
