"""The page of a sitting without a script: a form with one button a deed, read into taps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import uuid4, uuid5

from django import forms

from masseter.clinic.inject.sitting import Chair, ChairPoint, Muscle
from masseter.clinic.inject.told import WrongTap, read_tap, units_of
from masseter.clinic.plan.words import plain
from masseter.core.inject.reasons import reasons_for
from masseter.journey.ground.refusals import Refused
from masseter.journey.inject.models import ChairTap
from masseter.journey.inject.taps import TapTold, last_by
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.knowledge.load import load
from masseter.knowledge.model import View
from masseter.ui.facemap import point_id
from masseter.ui.forms import OneField

NOTHING = "Choose what to note."
OTHER_SITTING = (
    "This page was opened before the treatment was begun anew, so nothing was noted. "
    "Look at what stands here now, and note it again."
)
BESIDE_MM = 5
ADDED = "Added at the chair"


class ChairForm(forms.Form):
    """What is noted of the point that is large; the button says which deed it is."""

    units = forms.CharField(label="Units given", required=False, max_length=12)
    changed_code = OneField(
        label="Why otherwise than planned", required=False, choices=list(reasons_for("changed").items())
    )
    changed_text = forms.CharField(label="In words", required=False, max_length=2000)
    skipped_code = OneField(
        label="Why not given", required=False, choices=list(reasons_for("skipped").items())
    )
    skipped_text = forms.CharField(label="In words", required=False, max_length=2000)
    where = forms.CharField(required=False, max_length=120)
    added_units = forms.CharField(label="Units given", required=False, max_length=12)
    sitting = forms.CharField(required=False, max_length=18)
    known = forms.CharField(required=False, max_length=18)
    set_aside_reason = forms.CharField(label="Why was nothing given?", required=False, max_length=2000)


class Noting:
    """One sending of the form, read against what stands at the chair."""

    def __init__(self, form: ChairForm, plan: Plan, chair: Chair, rows: Sequence[ChairTap], now: datetime):
        self.data, self.plan, self.chair, self.now = form.cleaned_data, plan, chair, now
        known = self.data.get("known") or ""
        limit = int(known) if known.isascii() and known.isdigit() else 0
        self.rows = [row for row in rows if row.pk <= limit]
        self.points = {point.id: point for point in stored_points(plan)}
        self.hand = uuid4()

    def taps(self, deed: str, user_id: int | None) -> list[TapTold]:
        """The taps of a deed. Raises: Refused at the field that is wrong."""
        what, _, name = deed.partition(":")
        if what == "all":
            return [self.as_planned(point) for point in self.chair.points if point.status == "open"]
        if what == "muscle":
            return [self.as_planned(point) for point in self.muscle(name).points if point.status == "open"]
        if what == "undo":
            return [self.undo(last_by(self.rows, user_id))]
        if what == "add":
            return [self.added()]
        if what == "settle":
            name, _, number = name.rpartition(":")
            return [self.settled(self.point(name), number)]
        point = self.point(name)
        if what == "given":
            return [self.as_planned(point)]
        if what == "change":
            return [self.changed(point)]
        if what == "skip":
            reason = {"code": self.data.get("skipped_code"), "reason": self.data.get("skipped_text")}
            if not any(reason.values()):
                raise Refused("Say why it is not given.", field="skipped_code")
            return [self.tap(field="skipped_code", kind="skipped", point=point.id, **reason)]
        raise Refused(NOTHING)

    def point(self, name: str) -> ChairPoint:
        found = next((point for point in self.chair.points if point.id == name), None)
        if found is None:
            raise Refused(NOTHING)
        return found

    def muscle(self, key: str) -> Muscle:
        found = next((muscle for muscle in self.chair.muscles if muscle.key == key), None)
        if found is None:
            raise Refused(NOTHING)
        return found

    def as_planned(self, point: ChairPoint) -> TapTold:
        """As the plan has it; an added point as it was noted before."""
        if point.planned:
            return self.tap(kind="given", point=point.id, units=point.planned)
        reason = point.reason or ADDED
        return self.tap(field="units", kind="given", point=point.id, units=point.units, reason=reason)

    def changed(self, point: ChairPoint) -> TapTold:
        units = self.data.get("units") or ""
        reason = {"code": self.data.get("changed_code"), "reason": self.data.get("changed_text")}
        try:
            is_planned = bool(point.planned) and units_of(units) == units_of(point.planned)
        except WrongTap as problem:
            raise Refused(str(problem), field="units") from problem
        if not is_planned and not any(reason.values()):
            raise Refused("Say why it is otherwise than planned.", field="changed_code")
        return self.tap(field="units", kind="given", point=point.id, units=units, **reason)

    def settled(self, point: ChairPoint, number: str) -> TapTold:
        """One of the answers of a conflict, chosen."""
        if not (number.isascii() and number.isdigit() and int(number) < len(point.answers)):
            raise Refused(NOTHING)
        answer = point.answers[int(number)]
        said = f"Settled at the chair: noted by {answer.by}"
        return self.tap(kind=answer.kind, point=point.id, units=answer.units, reason=said)

    def undo(self, keys: Sequence[str]) -> TapTold:
        if not keys:
            raise Refused("There is nothing of yours to undo.")
        return self.tap(kind="undone", undoes=list(keys))

    def added(self) -> TapTold:
        parts = (self.data.get("where") or "").split("|")
        place = dict(zip(("site", "side", "view", "x", "y"), parts, strict=False))
        site = load().sites.get(place.get("site", ""))
        if len(parts) != 5 or site is None or place["side"] not in {"left", "right", "midline"}:
            raise Refused("Choose where it was given.", field="where")
        name = point_id(site, place["side"], f"x{self.hand.int % 9000 + 1000}")
        units, why = self.data.get("added_units") or "", self.data.get("changed_text") or ADDED
        return self.tap(field="added_units", kind="given", point=name, place=place, units=units, reason=why)

    def place_of(self, name: str) -> dict[str, str] | None:
        """Where a point of the chair lies: an added one stands in no plan, so its place is told anew."""
        point = next((each for each in self.chair.points if each.id == name), None)
        if point is None:
            return None
        site, _, side = point.group.rpartition(".")
        return {"site": site, "side": side, "view": point.view, "x": point.x, "y": point.y}

    def tap(self, field: str | None = None, **told: Any) -> TapTold:  # Any: as a device tells it
        name = told.get("point", "")
        raw = {
            "place": self.place_of(name),
            **told,
            "hand": str(self.hand),
            "key": str(uuid5(self.hand, name)),
            "seen": [str(row.key) for row in self.rows if name and row.point == name],
            "at": self.now.isoformat(),
        }
        try:
            return read_tap(raw, self.points, self.plan, self.now)
        except WrongTap as problem:
            raise Refused(str(problem), field=field) from problem


def moved(order: Sequence[str], deed: str) -> list[str]:
    """The order of the muscles with one of them a place earlier or later.

    Raises: Refused for a muscle that is not there.
    """
    what, _, key = deed.partition(":")
    listed = list(order)
    if key not in listed or what not in {"earlier", "later"}:
        raise Refused(NOTHING)
    at = listed.index(key)
    to = min(max(at + (-1 if what == "earlier" else 1), 0), len(listed) - 1)
    listed.insert(to, listed.pop(at))
    return listed


def places(muscle: Muscle | None, taken: Iterable[str]) -> list[tuple[str, str]]:
    """Where a point can be added: the muscle's standard points that are free, and beside each of its own."""
    if muscle is None:
        return []
    code, _, side = muscle.key.rpartition(".")
    site, used = load().sites[code], set(taken)
    free = [
        (f"{code}|{side}|{point.view}|{plain(point.x)}|{plain(point.y)}", point.words)
        for point in site.points
        if point.side == side and point_id(site, point.side, point.number) not in used
    ]
    views = {view.view: view for view in load().face_map.views}
    beside = []
    for point in muscle.points:
        view = views[cast(View, point.view)]
        down = float(point.y) + BESIDE_MM / float(view.mm_per_unit)
        beside.append(
            (f"{code}|{side}|{point.view}|{point.x}|{min(down, view.height):.3f}", f"just below {point.id}")
        )
    return [*free, *beside]
