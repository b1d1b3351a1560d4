"""The parts of a verdict: what each one said of a set of answers, kept for the next who answers alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar, cast

from masseter.core.consult.alike import Token, Tokens
from masseter.core.consult.priority import Stake
from masseter.core.facts import Facts
from masseter.core.findings import LEADS, Finding, rank
from masseter.core.kept import Kept

MOST_KEPT = 20_000  # answers of one part; then it forgets them all, so that memory stays bounded
_BETWEEN = "\0"  # stands in no text, and before every other sign
T = TypeVar("T")
Place = tuple[bool, int]  # of a rule: the general ones first, each in the order of the knowledge


class Line(Generic[T]):
    """One thing that is said, and how it is written, once somebody has written it."""

    __slots__ = ("what", "written")

    def __init__(self, what: T) -> None:
        self.what = what
        self.written = b""


class RankedLine(Line[Finding]):
    """A finding with its rank as a text, which sorts as the rank does, and faster."""

    __slots__ = ("place",)

    def __init__(self, what: Finding) -> None:
        super().__init__(what)
        *graver, code, subject, sentence = rank(what)
        self.place = _BETWEEN.join((*(f"{each:02}" for each in graver), code, subject, sentence))


class Says(NamedTuple):
    """What some rules say of one set of answers.

    `lead`: the place of the gravest verdict. `asks`: what the open findings ask. `waits_for`: each
    approval that would settle a finding, with the place of its rule.
    """

    findings: tuple[RankedLine, ...]
    lead: int
    asks: frozenset[str]
    stakes: tuple[Stake, ...] = ()
    waits_for: tuple[tuple[Place, str], ...] = ()


NOTHING = Says(findings=(), lead=len(LEADS) - 1, asks=frozenset())


class Part(Generic[T]):
    """One part of a verdict and what it said of each set of answers that it was asked about so far."""

    def __init__(self, reads: tuple[str, ...], say: Callable[[Tokens, Facts], T]) -> None:
        self.reads = reads
        self._say = say
        self._said: Kept[Token, T] = Kept(MOST_KEPT)
        self.key: Callable[[Tokens], Token] = itemgetter(*reads) if reads else _nothing
        self.find = self._said.get

    def ask(self, tokens: Tokens, facts: Facts) -> T:
        """What it says of these answers; `tokens` has one for each that it reads."""
        key = self.key(tokens)
        return self.find(key) or self._said.keep(key, self._say(tokens, facts))


class Parts(Generic[T]):
    """Several parts that are asked together."""

    def __init__(self, parts: Sequence[Part[T]]) -> None:
        self.reads = tuple(dict.fromkeys(code for part in parts for code in part.reads))
        self._parts = parts
        # What is not there yet is None; the look at all of them says so.
        self._looks: tuple[tuple[Callable[[Token], T], Callable[[Tokens], Token]], ...] = tuple(
            (cast(Callable[[Token], T], part.find), part.key) for part in parts
        )

    def ask(self, tokens: Tokens, facts: Facts) -> list[T]:
        """What each part says; written for speed, since nearly every answer is there already."""
        said = [find(key(tokens)) for find, key in self._looks]
        if all(said):
            return said
        return [each or part.ask(tokens, facts) for each, part in zip(said, self._parts, strict=True)]


def saying(
    found: Iterable[Finding],
    stakes: tuple[Stake, ...] = (),
    waits_for: tuple[tuple[Place, str], ...] = (),
) -> Says:
    """What a rule or the diagnoses say, made ready to be put together."""
    findings = tuple(found)
    if not (findings or stakes or waits_for):
        return NOTHING
    return Says(
        findings=tuple(map(RankedLine, findings)),
        lead=min((LEADS.index(each.leads_to) for each in findings), default=NOTHING.lead),
        asks=frozenset(code for each in findings for code in each.asks),
        stakes=stakes,
        waits_for=waits_for,
    )


def bundled(parts: Sequence[Part[T]], most: int) -> list[list[int]]:
    """The numbers of the parts to ask at once, in few bundles that read no more than so many observations.

    What reads the same goes together, so that few sets of answers differ in what a bundle reads. Only
    what reads more than `most` by itself makes a bundle larger, and takes those in that read a share of it.
    """
    bundles: list[list[int]] = []
    for number in sorted(range(len(parts)), key=lambda number: -len(parts[number].reads)):
        reads = set(parts[number].reads)
        read = [{code for each in bundle for code in parts[each].reads} for bundle in bundles]
        fitting = [place for place, codes in enumerate(read) if len(codes | reads) <= max(most, len(codes))]
        if fitting:
            bundles[max(fitting, key=lambda place: len(read[place] & reads))].append(number)
        else:
            bundles.append([number])
    return bundles


def rules_bundled(parts: Sequence[Part[Says]], most: int) -> list[Part[Says]]:
    """The rules in few parts; see `bundled`."""
    return [_rules_joined([parts[number] for number in bundle]) for bundle in bundled(parts, most)]


def _rules_joined(parts: Sequence[Part[Says]]) -> Part[Says]:
    """Several rules as one part, which reads all that they read."""
    if len(parts) == 1:
        return parts[0]
    together = Parts(parts)

    def say(tokens: Tokens, facts: Facts) -> Says:
        said = together.ask(tokens, facts)
        telling = [each for each in said if each is not NOTHING]
        if len(telling) < 2:
            return telling[0] if telling else NOTHING
        return Says(
            findings=tuple(chain.from_iterable(each.findings for each in telling)),
            lead=min(each.lead for each in telling),
            asks=frozenset().union(*(each.asks for each in telling)),
            stakes=tuple(chain.from_iterable(each.stakes for each in telling)),
            waits_for=tuple(chain.from_iterable(each.waits_for for each in telling)),
        )

    return Part(together.reads, say)


def _nothing(tokens: Tokens) -> None:
    """The key of a part that reads nothing."""
