"""`masseter reconstitute`: volumes, vials and billing of a plan, and every other way with why not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rich.console import Console
from rich.table import Table

from masseter.cli.answers.shape import BillingOut, DrawOut, MixingOut, OpenedOut, OptionOut, ReconstituteOut
from masseter.cli.case.planning import Planned, read_plan
from masseter.cli.case.reading import Case
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading
from masseter.core.findings import Finding
from masseter.core.plan.billing import billing_code, billing_lines
from masseter.core.plan.case import open_case
from masseter.core.plan.check import DRAWING_RULES, apply_rules
from masseter.core.plan.reconstitute import Draw, DrawUp
from masseter.core.plan.supply import Option, Stocked, options, ranked
from masseter.core.plan.types import VialSize
from masseter.core.quantities import plain, round_to_graduation
from masseter.knowledge.load import load

_THOUSANDTH = Decimal("0.001")


def reconstitute(file: FileArgument, as_json: JsonOption = False, batch: BatchOption = False) -> None:
    """The cheapest safe vials and dilution in stock, with volumes; exit code 1 where none is safe."""
    run(VERB, file, as_json=as_json, is_batch=batch)


def _ask(case: Case) -> ReconstituteOut:
    planned = read_plan(case)
    stock = _stock(case, planned)
    judged = ranked(
        (option, _findings(case, planned, option)) for option in options(planned.draft, case.knowledge, stock)
    )
    if not judged:
        raise case.fault(("plan", "product"), "no dilution of the label is known for what is in stock")
    best, findings = judged[0]
    return ReconstituteOut(
        knowledge=case.knowledge.version,
        product=planned.draft.product,
        is_safe=_is_safe(best, findings),
        chosen=_option(best, findings),
        draws=tuple(_draw(draw) for draw in best.drawn.draws),
        billing=_billing(case, best.drawn),
        alternatives=tuple(_option(option, found) for option, found in judged[1:]),
    )


def _stock(case: Case, planned: Planned) -> tuple[Stocked, ...]:
    """What the file has in stock; without it, as many of every size of the product as needed."""
    prices = [each.price for each in case.file.stock or ()]
    if planned.stock is not None:
        return tuple(
            Stocked(size=size, price=price) for size, price in zip(planned.stock, prices, strict=True)
        )
    product = case.knowledge.products[planned.draft.product]
    return tuple(
        Stocked(size=VialSize(presentation=size.key, label_units=size.label_units))
        for size in product.presentations
    )


def _findings(case: Case, planned: Planned, option: Option) -> tuple[Finding, ...]:
    """What the drawing and the limits say of an option."""
    opened = open_case(
        plan=option.plan,
        patient=planned.safety,
        knowledge=case.knowledge,
        jurisdiction=case.file.jurisdiction,
        today=case.today,
        earlier=planned.earlier,
        stock=planned.stock,
    )
    return apply_rules(DRAWING_RULES, opened)


def _is_safe(option: Option, findings: tuple[Finding, ...]) -> bool:
    return option.is_enough and not any(finding.severity != "note" for finding in findings)


def _option(option: Option, findings: tuple[Finding, ...]) -> OptionOut:
    against = [finding.sentence for finding in findings if finding.severity != "note"]
    if not option.is_enough:
        against.append("What is in stock does not hold the plan at this dilution.")
    return OptionOut(
        mixings=tuple(
            MixingOut(presentation=mixing.presentation, diluent_ml=mixing.diluent_ml)
            for mixing in option.mixings
        ),
        opened=tuple(
            OpenedOut(presentation=size.presentation, count=count)
            for size, count in option.drawn.vials.opened
        ),
        units_per_tenth_ml=_shown(option.drawn.units_per_tenth_ml),
        needed=_shown(option.drawn.needed),
        discarded=_shown(option.discarded),
        cost=option.cost,
        worst_error_percent=_shown(option.worst_error * 100),
        is_safe=_is_safe(option, findings),
        against=tuple(dict.fromkeys(against)),
    )


def _draw(draw: Draw) -> DrawOut:
    return DrawOut(
        point=draw.point_id,
        units=draw.planned,
        draw_ml=draw.drawn_ml,
        delivers=draw.recorded,
        by=draw.rule,
    )


def _billing(case: Case, drawn: DrawUp) -> BillingOut | None:
    code = billing_code(drawn.product, case.knowledge, case.file.jurisdiction)
    if code is None or drawn.delivered > Fraction(drawn.vials.label_units):
        return None
    lines = billing_lines(code, given=drawn.delivered, opened=Fraction(drawn.vials.label_units))
    return BillingOut(
        code=lines.code,
        units_each=lines.per_unit,
        administered=lines.administered,
        discarded=lines.discarded,
        modifier=lines.discarded_modifier or lines.no_discard_modifier,
    )


def _shown(number: Fraction) -> Decimal:
    return round_to_graduation(number, _THOUSANDTH)


def _show(answer: ReconstituteOut, console: Console) -> None:
    unit = load().products[answer.product].unit_label
    heading(f"{_words(answer.chosen)}: {plain(answer.chosen.units_per_tenth_ml)} {unit} in 0.1 mL", console)
    table = Table("Point", unit, "mL", "Delivers", box=None, pad_edge=False)
    for draw in answer.draws:
        table.add_row(draw.point, plain(draw.units), plain(draw.draw_ml), plain(draw.delivers))
    console.print(table)
    console.print(
        f"Needed with the loss: {plain(answer.chosen.needed)}; discarded: {plain(answer.chosen.discarded)}"
    )
    if answer.billing:
        bill = answer.billing
        console.print(
            f"{bill.code} × {bill.administered}, discarded {bill.discarded} {bill.modifier}".rstrip()
        )
    for sentence in answer.chosen.against:
        console.print(f"! {sentence}", style="yellow", markup=False)
    for other in answer.alternatives:
        console.print(f"Instead {_words(other)}: {_why_not(answer.chosen, other)}", markup=False)


def _words(option: OptionOut) -> str:
    opened = ", ".join(f"{each.count} × {each.presentation}" for each in option.opened) or "no vial"
    mixed = ", ".join(f"{each.presentation} + {plain(each.diluent_ml)} mL" for each in option.mixings)
    return f"{opened} ({mixed})"


def _why_not(chosen: OptionOut, other: OptionOut) -> str:
    """What speaks against another way, against the chosen one."""
    if other.against:
        return other.against[0]
    if other.cost is not None and chosen.cost is not None and other.cost > chosen.cost:
        return f"costs {plain(other.cost - chosen.cost)} more"
    if other.discarded > chosen.discarded:
        return f"discards {plain(other.discarded - chosen.discarded)} more"
    if other.worst_error_percent > chosen.worst_error_percent:
        return f"rounds by up to {plain(other.worst_error_percent)} %"
    return "the dilution of the protocol, fewer vials or a coarser mark come first"


VERB = Verb(ask=_ask, show=_show, stops=lambda answer: not answer.is_safe)
