"""`masseter plan`: a protocol made personal, drawn up and checked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from masseter.cli.answers.changes import LoweredOut, SchemeOut, SkippedOut, WhyLowerOut
from masseter.cli.answers.shape import PlanOut, PointOut, TotalOut
from masseter.cli.case.planning import Planned, read_plan
from masseter.cli.case.reading import Case
from masseter.cli.verbs.check import plan_findings
from masseter.cli.verbs.convert import findings_out
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading, show_findings
from masseter.core.findings import still_blocking
from masseter.core.plan.case import drawn_if_possible
from masseter.core.plan.fingerprint import plan_fingerprint
from masseter.core.plan.personal import Lowered
from masseter.core.plan.propose import Skipped
from masseter.core.plan.reconstitute import DrawUp
from masseter.core.plan.schemes import Ranked
from masseter.core.plan.totals import Total, add_up
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain
from masseter.knowledge.load import load
from masseter.knowledge.model import Knowledge, Sureness


def plan(file: FileArgument, as_json: JsonOption = False, batch: BatchOption = False) -> None:
    """A protocol made personal with volumes, totals and all findings; exit code 1 where one stops."""
    run(VERB, file, as_json=as_json, is_batch=batch)


def _ask(case: Case) -> PlanOut:
    planned = read_plan(case)
    findings = plan_findings(case, planned)
    drawn = drawn_if_possible(planned.draft, case.knowledge, planned.stock)
    return PlanOut(
        knowledge=case.knowledge.version,
        product=planned.draft.product,
        protocol=planned.draft.protocol,
        schemes=tuple(_scheme(each) for each in planned.schemes),
        fingerprint=plan_fingerprint(planned.draft),
        points=tuple(_point(point, drawn) for point in planned.draft.points),
        skipped=tuple(_skipped(each) for each in planned.personal.skipped),
        lowered=tuple(_lowered(each) for each in planned.personal.lowered),
        could_lower=planned.personal.asks,
        totals=_totals(planned),
        findings=findings_out(findings),
        may_go_on=not still_blocking(findings, planned.overrides),
    )


def _point(point: PlannedPoint, drawn: DrawUp | None) -> PointOut:
    draw = drawn.draw_of(point.id) if drawn else None
    return PointOut(
        point=point.id,
        site=point.site,
        side=point.side,
        units=point.units,
        depth=point.depth,
        route=point.route,
        draw_ml=draw.drawn_ml if draw else None,
        delivers=draw.recorded if draw else None,
    )


def _scheme(each: Ranked) -> SchemeOut:
    scheme = each.protocol
    return SchemeOut(
        protocol=scheme.key,
        name=scheme.name,
        product=scheme.product,
        fits=each.fits,
        status=each.status,
        low=scheme.total_units.low,
        high=scheme.total_units.high,
        sources=scheme.evidence.sources,
    )


def _skipped(each: Skipped) -> SkippedOut:
    return SkippedOut(
        site=each.site, side=each.side, reason=each.reason, points=each.points, sources=each.sources
    )


def _lowered(each: Lowered) -> LoweredOut:
    return LoweredOut(
        site=each.site,
        side=each.side,
        points=each.points,
        was=each.was,
        now=each.now,
        reasons=tuple(
            WhyLowerOut(code=why.code, sentence=why.sentence, sources=why.sources, sure=why.sure)
            for why in each.reasons
        ),
    )


def _totals(planned: Planned) -> tuple[TotalOut, ...]:
    totals = add_up(planned.draft.points, planned.draft.product)
    rows = [(f"{site} {side}", total) for (site, side), total in totals.by_site_side.items()]
    rows += [(str(side), total) for side, total in totals.by_side.items()]
    return tuple(_total(name, total) for name, total in [*rows, ("whole", totals.whole)])


def _total(name: str, total: Total) -> TotalOut:
    return TotalOut(of=name, units=total.units, points=total.points, without_dose=total.without_dose)


def _show(answer: PlanOut, console: Console) -> None:
    product = load().products[answer.product]
    table = Table("Point", "Muscle or area", product.unit_label, "mL", "Depth", box=None, pad_edge=False)
    for point in answer.points:
        table.add_row(
            point.point,
            load().sites[point.site].name,
            "?" if point.units is None else plain(point.units),
            "" if point.draw_ml is None else plain(point.draw_ml),
            point.depth,
        )
    if answer.protocol:
        heading(f"{load().protocols[answer.protocol].name}, {product.brand}.", console)
    console.print(table)
    for total in answer.totals:
        open_ = f", {total.without_dose} without a dose" if total.without_dose else ""
        console.print(f"{total.of}: {plain(total.units)} {product.unit_label}, {total.points} points{open_}")
    for line in changes_in_words(answer, load()):
        console.print(line, markup=False)
    for line in others_in_words(answer, load()):
        console.print(line, markup=False)
    show_findings(answer.findings, console)
    heading("May go to approval." if answer.may_go_on else "Not yet: see the stops and cautions.", console)
    heading(f"Fingerprint {answer.fingerprint}; knowledge {answer.knowledge}.", console, "dim")


def changes_in_words(answer: PlanOut, known: Knowledge) -> Iterator[str]:
    """What the plan does otherwise than its protocol, and why, line by line."""
    unit = known.products[answer.product].unit_label
    for low in answer.lowered:
        for why in low.reasons:
            dose = f"{plain(low.was)} → {plain(low.now)} {unit} a point"
            yield f"Lowered: {_place(low, known)}, {dose}. {why.sentence} {_proof(why.sources, why.sure)}"
    for out in answer.skipped:
        yield f"Left out: {_place(out, known)}. {out.reason} {_proof(out.sources)}".rstrip()
    if answer.could_lower:
        labels = (known.observations[code].label for code in answer.could_lower)
        yield f"Not known, and could lower it: {'; '.join(labels)}."


def others_in_words(answer: PlanOut, known: Knowledge) -> Iterator[str]:
    """The other schemes that fit the diagnosis, the first of them first."""
    words = {"licensed": "licensed", "off_label": "off-label", "research": "research only"}
    for each in answer.schemes:
        if each.fits and each.protocol != answer.protocol:
            low, high = plain(each.low), plain(each.high)
            dose = f"{low if low == high else f'{low} to {high}'} {known.products[each.product].unit_label}"
            yield f"Also: {each.name}, {dose}, {words[each.status]} ({each.protocol})."


def _place(change: SkippedOut | LoweredOut, known: Knowledge) -> str:
    return f"{known.sites[change.site].name}, {change.side} ({', '.join(change.points)})"


def _proof(sources: tuple[str, ...], sure: Sureness = "verified") -> str:
    marks = {"verified": "", "from_memory": ", from memory", "design": ", our choice"}
    return f"[{', '.join(sources)}{marks[sure]}]" if sources else ""


VERB = Verb(
    ask=_ask,
    show=_show,
    stops=lambda answer: any(found.severity == "stop" for found in answer.findings),
)
