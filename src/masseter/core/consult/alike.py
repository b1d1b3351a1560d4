"""Which answers are alike: those of which every rule of the knowledge says the same.

A rule of 'at least 15 days' cannot tell 16 from 20. So two people who answer 16 and 20 get the same
verdict, as long as no other rule tells these numbers apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from masseter.core.answers import WrongKind, evaluate
from masseter.core.facts import Facts, Observation
from masseter.core.kept import Kept
from masseter.knowledge.model import Knowledge, Rule, Single, singles_in

MOST_KEPT = 200_000  # answers; then they are looked at anew, so that memory stays bounded
Token = Hashable  # never None
Tokens = dict[str, Token]
NOT_KNOWN: Token = ()


class Alike:
    """Gives every answer its token: one for all answers that no rule can tell apart.

    'Not known' has the token of a question that was never asked.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        leaves: dict[str, list[Single]] = {}
        for leaf in (leaf for rule in _rules(knowledge) for leaf in singles_in(rule)):
            leaves.setdefault(leaf.observation, []).append(leaf)
        self._leaves = leaves
        self._numbers: dict[Hashable, int] = {}
        self._tokens: Kept[Hashable, Token] = Kept(MOST_KEPT)
        self._seen: Kept[int, Token] = Kept(MOST_KEPT)
        self._held: list[Observation] = []  # what was seen, so that no other takes over its id

    def tokens(self, facts: Facts) -> Tokens:
        """The token of each answer."""
        tokens = dict(zip(facts, map(self._seen.get, map(id, facts.values())), strict=True))
        if None in tokens.values():
            unseen = [code for code, token in tokens.items() if token is None]
            tokens.update({code: self._look_at(facts[code]) for code in unseen})
        return tokens

    def _look_at(self, known: Observation) -> Token:
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
        return self._numbers.setdefault((value is True, *said), len(self._numbers))


def _rules(knowledge: Knowledge) -> Iterator[Rule]:
    yield from (type_.only_if for type_ in knowledge.observations.values() if type_.only_if is not None)
    yield from (rule.when for rule in knowledge.precautions)
    for condition in knowledge.conditions.values():
        yield from (rule.when for rule in condition.findings)
        yield from (each.rule for diagnosis in condition.diagnoses for each in diagnosis.criteria)
