"""`masseter plan`: a protocol made personal, drawn up and checked."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from masseter.cli.answers.shape import PlanOut, PointOut, SkippedOut, TotalOut
from masseter.cli.case.planning import Planned, read_plan
from masseter.cli.case.reading import Case
from masseter.cli.verbs.check import plan_findings
from masseter.cli.verbs.convert import findings_out
from masseter.cli.verbs.runner import BatchOption, FileArgument, JsonOption, Verb, run
from masseter.cli.verbs.tables import heading, show_findings
from masseter.core.findings import still_blocking
from masseter.core.plan.case import drawn_if_possible
from masseter.core.plan.fingerprint import plan_fingerprint
from masseter.core.plan.reconstitute import DrawUp
from masseter.core.plan.totals import Total, add_up
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain
from masseter.knowledge.load import load


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
        fingerprint=plan_fingerprint(planned.draft),
        points=tuple(_point(point, drawn) for point in planned.draft.points),
        skipped=tuple(
            SkippedOut(site=each.site, side=each.side, reason=each.reason, points=each.points)
            for each in planned.skipped
        ),
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
    console.print(table)
    for total in answer.totals:
        open_ = f", {total.without_dose} without a dose" if total.without_dose else ""
        console.print(f"{total.of}: {plain(total.units)} {product.unit_label}, {total.points} points{open_}")
    for left_out in answer.skipped:
        console.print(f"Left out: {load().sites[left_out.site].name} ({left_out.side}). {left_out.reason}")
    show_findings(answer.findings, console)
    heading("May go to approval." if answer.may_go_on else "Not yet: see the stops and cautions.", console)
    heading(f"Fingerprint {answer.fingerprint}; knowledge {answer.knowledge}.", console, "dim")


VERB = Verb(
    ask=_ask,
    show=_show,
    stops=lambda answer: any(found.severity == "stop" for found in answer.findings),
)
