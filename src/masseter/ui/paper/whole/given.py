"""Every treatment as it was signed: product, lots, sites and doses."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.consult.models import Case
from masseter.journey.inject.models import GivenPoint, Sitting, Treatment, VialUse
from masseter.ui.areas import area_words
from masseter.ui.languages.numbers import apart
from masseter.ui.paper.whole.blocks import (
    Block,
    Told,
    condition_words,
    day,
    facts,
    heading,
    number,
    section,
    table,
    text,
)
from masseter.ui.paper.whole.pictures import MOST_DRAWN, given_map
from masseter.ui.words import product_words, unit_words


def treatments(told: Told) -> dict[str, object]:
    """Each treatment, also the versions that an amendment superseded."""
    points: dict[int, list[GivenPoint]] = {}
    for point in told.record.of(GivenPoint):
        points.setdefault(point.treatment_id, []).append(point)
    uses: dict[int, list[VialUse]] = {}
    for use in told.record.of(VialUse):
        uses.setdefault(use.treatment_id, []).append(use)
    given = told.record.of(Treatment)
    superseded = {one.supersedes_id for one in given}
    drawn = [one for one in given if one.pk not in superseded][-MOST_DRAWN:]
    parts: list[Block] = []
    for one in given:
        parts += _head(told, one, is_old=one.pk in superseded)
        parts += [*_vials(one, uses.get(one.pk, [])), *_points(one, points.get(one.pk, []))]
        if one in drawn:
            parts += given_map(told, one, points.get(one.pk, []))
    return section(_("Treatments"), parts, _sittings(told))


def _head(told: Told, one: Treatment, *, is_old: bool) -> list[Block]:
    case = next(each for each in told.record.of(Case) if each.pk == one.case_id)
    cautions = "; ".join(
        each["sentence"] + (f" ({each['reason']})" if each.get("reason") else "") for each in one.findings
    )
    return [
        heading(
            _("%(day)s: %(condition)s")
            % {"day": told.at(one.given_at), "condition": condition_words(case.condition)}
        ),
        *(
            [text(_("An amendment superseded this version. It is kept and counts no more."))]
            if is_old
            else []
        ),
        facts(
            (_("Product"), product_words(one.product)),
            (_("Dilution"), apart(f"{number(one.diluent_ml)} ml") if one.diluent_ml is not None else ""),
            (_("Given by"), one.injector_name),
            (_("Signed"), f"{one.signed_by_name}, {told.at(one.signed_at)}" if one.signed_at else ""),
            (_("Amended because"), one.amendment_reason),
            (_("Cautions"), cautions),
            (
                _("Planned and not given"),
                "; ".join(f"{each['point']}: {each['reason']}" for each in one.left_out),
            ),
            (_("Note"), one.note),
        ),
    ]


def _vials(one: Treatment, uses: list[VialUse]) -> list[Block]:
    unit = unit_words(one.product)
    rows = [
        (
            use.vial.lot.number,
            day(use.vial.lot.expires_on),
            apart(f"{number(use.given_units)} {unit}"),
            apart(f"{number(use.discarded_units)} {unit}"),
        )
        for use in uses
    ]
    return table((_("Lot"), _("Use by"), _("Given"), _("Thrown away")), rows)


def _points(one: Treatment, points: list[GivenPoint]) -> list[Block]:
    unit = unit_words(one.product)
    rows = [
        (
            point.label,
            area_words(point.site, point.side, plain=True),
            apart(f"{number(point.units)} {unit}"),
            point.vial.lot.number,
            point.depth,
            point.reason,
        )
        for point in points
    ]
    head = (_("Point"), _("Where"), _("Dose"), _("Lot"), _("Depth"), _("Why otherwise than planned"))
    return table(head, rows)


def _sittings(told: Told) -> list[Block]:
    """Times at the chair that ended without a treatment."""
    rows = [
        (told.at(one.begun_at), one.begun_by_name, one.set_aside_reason)
        for one in told.record.of(Sitting)
        if one.outcome == Sitting.Outcome.SET_ASIDE
    ]
    if not rows:
        return []
    return [
        heading(_("Begun and set aside")),
        *table((_("When"), _("By"), _("Why it was set aside")), rows),
    ]
