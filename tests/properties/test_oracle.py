"""Generated plans with the shipped knowledge, against the independent reckoning in `ceilings.py`.

`make oracle` judges 100 000 of them; `ORACLE_PLANS` says how many. Ceilings, intervals and volumes ask
nothing of the rules about the person, so that most plans are judged without these, and some with all of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from masseter.core.facts import age_in_years
from masseter.core.findings import Finding
from masseter.core.plan.billing import billing_code, billing_lines
from masseter.core.plan.check import check_plan
from masseter.core.plan.propose import standard_point
from masseter.core.plan.reconstitute import DrawUp, draw_up
from masseter.core.plan.supply import Stocked, cheapest_vials
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, PlannedPoint, VialSize
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction, Knowledge
from tests.core.builders import facts
from tests.properties.ceilings import Before, Dosed, Told, broken, drawn, interval
from tests.properties.claims import claim, too_much_in_one_place
from tests.properties.oracle import least_waste

KNOWN = load()
ASKED = ("weight_kg", "cycles_given")
LEAN = replace(KNOWN, precautions=(), observations={code: KNOWN.observations[code] for code in ASKED})
WHOLE_IN = 10  # one plan of so many is judged with every rule
PLACES: tuple[Jurisdiction, ...] = ("US", "EU", "UK")
PLANS = int(os.environ.get("ORACLE_PLANS", "2000"))
ROUNDS = 20
DAYS = (0, 0, 1, 28, 83, 84, 85, 88, 89, 90, 91, 92, 93, 111, 112, 113, 200, -2)


@dataclass(frozen=True, kw_only=True)
class Made:
    """One generated plan with its surroundings."""

    plan: PlanDraft
    earlier: tuple[Earlier, ...]
    born: date
    today: date
    place: Jurisdiction
    answers: dict[str, int | Decimal]
    stock: tuple[VialSize, ...]

    def findings(self, knowledge: Knowledge) -> tuple[Finding, ...]:
        return check_plan(
            plan=self.plan,
            patient=PatientSafety(birth_date=self.born, facts=facts(**self.answers)),
            knowledge=knowledge,
            jurisdiction=self.place,
            today=self.today,
            earlier=self.earlier,
            stock=self.stock,
        )

    def told(self) -> Told:
        plan = self.plan
        size = next(e for e in KNOWN.products[plan.product].presentations if e.key == plan.presentation)
        diluent, weight = Fraction(plan.diluent_ml or 0), self.answers.get("weight_kg")
        return Told(
            product=plan.product,
            label_units=Fraction(size.label_units),
            volume_ml=Fraction(size.volume_ml or 0) + diluent,
            diluent_ml=diluent,
            mark_ml=Fraction(plan.graduation_ml or 1),
            points=tuple(
                Dosed(name=e.id, site=e.site, side=e.side, units=Fraction(e.units or 0)) for e in plan.points
            ),
            condition=plan.condition,
            diagnosis=plan.diagnosis,
            jurisdiction=self.place,
            protocol=plan.protocol,
            age=age_in_years(self.born, self.today),
            weight_kg=None if weight is None else Fraction(weight),
            cycles=int(self.answers["cycles_given"]) if "cycles_given" in self.answers else None,
            today=self.today,
            history=tuple(
                Before(
                    product=e.product, units=None if e.units is None else Fraction(e.units), day=e.given_on
                )
                for e in self.earlier
            ),
        )


@cache
def spots() -> tuple[PlannedPoint, ...]:
    """Every point of the face map."""
    return tuple(
        standard_point(site, point.side, point.number)
        for site in KNOWN.sites.values()
        for point in site.points
    )


def made(random: Random) -> Made:
    """A plan near the ceilings of its product, with a history near the ends of its windows."""
    product = KNOWN.products[random.choice(sorted(KNOWN.products))]
    condition = KNOWN.conditions[random.choice(sorted(KNOWN.conditions))]
    diagnosis = random.choice(condition.diagnoses).code
    schemes = sorted(each.key for each in KNOWN.protocols.values() if each.condition == condition.code)
    size = random.choice(product.presentations)
    rows = [row.diluent_ml for row in product.dilutions if row.label_units == size.label_units]
    diluent = Decimal(0) if product.form == "solution" else random.choice([*rows, Decimal("1.7"), Decimal(3)])
    today = date(2027, 11, 1) + timedelta(days=random.randrange(600))
    return Made(
        plan=PlanDraft(
            product=product.key,
            presentation=size.key,
            protocol=random.choice(["", *schemes]),
            condition=condition.code,
            diagnosis=diagnosis,
            points=points(random, product.key),
            diluent_ml=diluent,
            label_units=size.label_units,
            graduation_ml=random.choice([Decimal("0.01"), Decimal("0.02"), Decimal("0.05")]),
            dead_space_ml=random.choice([Decimal(0), Decimal("0.04")]),
            syringes=random.randrange(3),
        ),
        earlier=history(random, product.key, today),
        born=today - timedelta(days=random.choice([3000, 6500, 6574, 6575, 6576, 20000])),
        today=today,
        place=random.choice(PLACES),
        answers=random.choice(
            [{}, {"weight_kg": Decimal(random.randint(200, 800)) / 10}, {"cycles_given": random.randrange(2)}]
        ),
        stock=tuple(
            VialSize(presentation=each.key, label_units=each.label_units, count=random.randrange(4))
            for each in product.presentations
        ),
    )


def points(random: Random, product: str) -> tuple[PlannedPoint, ...]:
    """Points whose sum is about a ceiling of the product, or exactly one."""
    limit = random.choice(KNOWN.products[product].limits)
    lies = [each for each in spots() if not limit.sites or each.site in limit.sites]
    chosen = random.sample(lies, min(len(lies), random.randint(1, 8)))
    wanted = limit.units * random.choice([Decimal("0.4"), Decimal("0.9"), 1, 1, Decimal("1.05"), 2])
    each = (wanted / len(chosen)).quantize(Decimal("0.05"))
    doses = [each] * (len(chosen) - 1)
    last = max(
        wanted - sum(doses) + random.choice([0, 0, Decimal("0.05"), Decimal("-0.05")]), Decimal("0.05")
    )
    return tuple(replace(spot, units=units) for spot, units in zip(chosen, [*doses, last], strict=True))


def history(random: Random, product: str, today: date) -> tuple[Earlier, ...]:
    """Up to four treatments on record, most with the same toxin, on days where windows end."""
    inn = KNOWN.products[product].inn
    sisters = [key for key, each in KNOWN.products.items() if each.inn == inn]
    most = max(limit.units for limit in KNOWN.products[product].limits)
    return tuple(
        Earlier(
            given_on=today - timedelta(days=random.choice(DAYS)),
            product=random.choice([product, *sisters, "xeomin", "innotox", None]),
            units=random.choice([None, Decimal(random.randint(1, 100)) * most / 100, most, most / 2]),
        )
        for _ in range(random.choice([0, 0, 1, 1, 2, 4]))
    )


def judged(one: Made, knowledge: Knowledge) -> None:
    """Ceilings, volumes and interval, then the draw-up and the claim: all as the reckoning has them."""
    told, found = one.told(), one.findings(knowledge)
    draws = drawn(told, KNOWN)

    over = {
        (e.code, e.severity, e.subject)
        for e in found
        if e.code.startswith("over-limit-") and e.code != "over-limit-in-months"
    }
    assert over == broken(told, KNOWN, draws)
    assert {e.code for e in found if e.code.startswith("interval-")} == {interval(told, KNOWN)} - {""}
    large = {e.subject for e in found if e.code == "point-volume-large"}
    assert large == too_much_in_one_place(told, KNOWN, draws)
    up = draw_up(one.plan, KNOWN, stock=one.stock)
    drew(one, up, draws, told.label_units / told.volume_ml)
    claimed(one, up)


def drew(one: Made, up: DrawUp, draws: dict[str, tuple[Fraction, Fraction]], per_ml: Fraction) -> None:
    """Volumes, units, vials and what is thrown away, to the last unit."""
    assert {e.point_id: (Fraction(e.drawn_ml), e.counted) for e in up.draws} == draws
    loss = Fraction(one.plan.dead_space_ml or 0) * one.plan.syringes * per_ml
    needed = sum((units for _, units in draws.values()), Fraction(0)) + loss
    assert up.needed == needed
    poured = [(int(size.label_units), size.count or 0) for size in one.stock]
    best = least_waste(needed, poured)
    every = sum(units * count for units, count in poured)
    assert up.vials.label_units == (every if best is None else best[0])
    assert best is None or up.vials.count == best[1]
    assert up.shortfall == max(needed - Fraction(up.vials.label_units), 0)
    if best is not None:
        assert up.delivered + up.discarded == up.vials.label_units
        cheapest = cheapest_vials(needed, [Stocked(size=size) for size in one.stock])
        assert cheapest is not None
        assert cheapest[0].label_units == best[0]


def claimed(one: Made, up: DrawUp) -> None:
    """Billing units: administered and discarded parts, of which none is lost and none made up."""
    code = billing_code(one.plan.product, KNOWN, "US")
    if code is None or up.shortfall:
        return
    opened = Fraction(up.vials.label_units)
    lines, size = billing_lines(code, given=up.delivered, opened=opened), int(code.units)

    assert (lines.administered, lines.discarded) == claim(up.delivered, opened, size)
    assert lines.administered * size - size < up.delivered <= lines.administered * size
    rest = opened - (lines.administered + lines.discarded) * size
    assert rest >= 0
    assert rest < size or up.delivered < size


@settings(max_examples=ROUNDS)
@given(st.integers(0, 2**63))
def test_every_plan_is_judged_as_the_reckoning_does(seed: int) -> None:
    random = Random(seed)
    for count in range(PLANS // ROUNDS):
        judged(made(random), KNOWN if count % WHOLE_IN == 0 else LEAN)


def test_generated_plans_are_on_both_sides_of_the_ceilings() -> None:
    random = Random(7)
    told = [made(random).told() for _ in range(300)]
    draws = [drawn(each, KNOWN) for each in told]
    every = [broken(each, KNOWN, counts) for each, counts in zip(told, draws, strict=True)]
    large = [too_much_in_one_place(each, KNOWN, counts) for each, counts in zip(told, draws, strict=True)]

    assert 50 < sum(1 for each in every if each) < 290
    assert len({code for each in every for code, _, _ in each}) > 20
    assert 50 < sum(1 for each in large if each) < 290
    assert {point.site for each in told for point in each.points if KNOWN.sites[point.site].point_ml}
