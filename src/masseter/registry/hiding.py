"""Taking away who somebody is: names become keyed hashes, dates become days, and small groups go.

What one person could be found by is the clinic, the sex and the age band together. A group of fewer than
`smallest` patients loses its age band, then its sex, then its clinic; who is one of too few even so is left
out. Rare products leave with their patients, rare muscles and effects become 'other'.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from masseter.registry.dataset import Contents, Row

KNOWN = ("clinic", "sex", "age_band", "toxin_before")
OTHER = "other"
YOUNG, OLD, BAND = 20, 80, 10


@dataclass(frozen=True, kw_only=True)
class Given:
    """One treatment: the units of its product, and how they were spread (site, side, units)."""

    day: date
    product: str
    units: float
    points: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """One unwanted effect by its code; what was told in free words has none."""

    day: date
    effect: str
    severity: str
    is_serious: bool


@dataclass(frozen=True, kw_only=True)
class WearOff:
    """What was said on `day` of the cycle of `treated_on`: worn off since, or at work till, `since`."""

    day: date
    treated_on: date
    is_worn_off: bool
    since: date


@dataclass(frozen=True, kw_only=True)
class Person:
    """One patient as a clinic knows them. `key` is what names them there. Treatments in the order of days."""

    key: tuple[str, ...]
    clinic: str
    sex: str
    age: int | None
    had_toxin_before: bool
    treatments: tuple[Given, ...]
    scores: tuple[tuple[date, float, float | None], ...]
    events: tuple[Event, ...] = ()
    wear_offs: tuple[WearOff, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """What is left, of whom (by their keys), and how many patients had to be left out."""

    contents: Contents
    kept: frozenset[tuple[str, ...]]
    left_out: int


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """One patient with what is known about them as it will be told."""

    person: Person
    clinic: str
    sex: str
    age_band: str

    @property
    def group(self) -> tuple[str, str, str]:
        return self.clinic, self.sex, self.age_band


class Names:
    """Pseudonyms of one release: the same person has another one in another release."""

    def __init__(self, key: bytes, release: str) -> None:
        self._key = hmac.new(key, release.encode(), hashlib.sha256).digest()

    def of(self, *told: str, digits: int = 16) -> str:
        """The pseudonym of what these words name."""
        text = "\x1f".join(told)
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:digits]


def age_band(age: int | None) -> str:
    """The band of an age in years; open at both ends, empty where it is not known."""
    if age is None:
        return ""
    if age < YOUNG:
        return f"under {YOUNG}"
    if age >= OLD:
        return f"{OLD} and over"
    return f"{age // BAND * BAND}-{age // BAND * BAND + BAND - 1}"


def hide(people: Sequence[Person], names: Names, *, smallest: int) -> Hidden:
    """The tables of a release. People without a treatment or a score are not for here."""
    kept = _shared(people, names, smallest)
    # Who is left out may leave others too few.
    while len(left := _shared([one.person for one in kept], names, smallest)) < len(kept):
        kept = left
    return Hidden(
        contents=_contents(kept, names, smallest),
        kept=frozenset(one.person.key for one in kept),
        left_out=len(people) - len(kept),
    )


def _shared(people: Sequence[Person], names: Names, smallest: int) -> list[_Shown]:
    """Those who share their products, and what is told of them, with enough others."""
    shown = [
        _Shown(
            person=one,
            clinic=names.of("clinic", one.clinic, digits=8),
            sex=one.sex,
            age_band=age_band(one.age),
        )
        for one in _common_products(people, smallest)
    ]
    for coarser in (_without_age, _without_sex, _without_clinic):
        shown = _coarsened(shown, coarser, smallest)
    sizes = Counter(one.group for one in shown)
    return [one for one in shown if sizes[one.group] >= smallest]


def _without_age(one: _Shown) -> _Shown:
    return replace(one, age_band="")


def _without_sex(one: _Shown) -> _Shown:
    return replace(one, sex="", age_band="")


def _without_clinic(one: _Shown) -> _Shown:
    return replace(one, clinic="", sex="", age_band="")


def _coarsened(shown: list[_Shown], coarser: Callable[[_Shown], _Shown], smallest: int) -> list[_Shown]:
    """Tell less about everybody who is one of too few."""
    sizes = Counter(one.group for one in shown)
    return [one if sizes[one.group] >= smallest else coarser(one) for one in shown]


def _common_products(people: Sequence[Person], smallest: int) -> list[Person]:
    """Those who got nothing but products that many got."""
    takers = Counter(product for one in people for product in {each.product for each in one.treatments})
    return [one for one in people if all(takers[each.product] >= smallest for each in one.treatments)]


def _often(words: Iterable[set[str]], smallest: int) -> set[str]:
    """Words that are said of enough patients."""
    counts = Counter(word for told in words for word in told)
    return {word for word, count in counts.items() if count >= smallest}


def _contents(kept: Sequence[_Shown], names: Names, smallest: int) -> Contents:
    people = [one.person for one in kept]
    sites = _often(
        ({site for each in one.treatments for site, _, _ in each.points} for one in people), smallest
    )
    effects = _often(({each.effect for each in one.events} for one in people), smallest)
    before = _often(({str(one.had_toxin_before)} for one in people), smallest)
    tables: dict[str, list[Row]] = {
        "patients": [],
        "treatments": [],
        "scores": [],
        "points": [],
        "events": [],
        "wear_offs": [],
    }
    for one in kept:
        name, person = names.of("patient", *one.person.key), one.person
        told = "yes" if person.had_toxin_before else "no"
        toxin = told if str(person.had_toxin_before) in before else ""
        tables["patients"].append((name, one.clinic, one.sex, one.age_band, toxin))
        _add_course(tables, name, person, sites, effects)
    return Contents(known=KNOWN, tables=tables)


def _add_course(
    tables: dict[str, list[Row]], name: str, person: Person, sites: set[str], effects: set[str]
) -> None:
    first = person.treatments[0].day
    for each in person.treatments:
        day = float((each.day - first).days)
        tables["treatments"].append((name, day, each.product, each.units))
        tables["points"] += [
            (name, day, site if site in sites else OTHER, side if site in sites else "", units)
            for site, side, units in each.points
        ]
    tables["scores"] += [
        (name, float((day - first).days), value, observed) for day, value, observed in person.scores
    ]
    for one in person.wear_offs:
        said, begun, since = (float((each - first).days) for each in (one.day, one.treated_on, one.since))
        tables["wear_offs"].append((name, said, begun, one.is_worn_off, since))
    for event in person.events:
        after = max((each.day for each in person.treatments if each.day <= event.day), default=None)
        if after is None:
            continue
        effect = event.effect if event.effect and event.effect in effects else OTHER
        day, since = float((event.day - first).days), float((after - first).days)
        tables["events"].append((name, day, effect, event.severity, event.is_serious, since))
