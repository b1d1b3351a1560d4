"""The line between a device at the chair and the server: deliver and fetch taps, check, key, worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from masseter.clinic.inject.device import taps_told
from masseter.clinic.inject.handover import session_at_chair
from masseter.clinic.inject.preparation import found
from masseter.clinic.inject.told import Told, read_taps
from masseter.clinic.inject.views.chair import ChairView
from masseter.journey.audit.queries import has_opened
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.ground.sealed import device_key
from masseter.journey.inject.chair_actions import note_taps
from masseter.journey.inject.models import Sitting
from masseter.journey.inject.preparing import prepare
from masseter.journey.inject.sittings import chair_of, sitting_of, taps_of
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.queries import vials_numbered
from masseter.ui.held import owner_of
from masseter.ui.lines import sent_json, worker_script
from masseter.ui.pages import Page
from masseter.ui.records import RecordPage

# A device asks every second; what it sees is logged once in this time.
STAYS_OPEN = timedelta(hours=1)


class LinePage(RecordPage):
    """A part of the chair's page that a device asks for by itself."""

    right: ClassVar = Right.INJECT
    template = ""
    http_method_names = ("post",)
    sitting: Sitting

    def load(self) -> None:
        """The sitting that the device was opened for: one that was begun since is never written to.

        Raises: NotHere where the plan has no such sitting.
        """
        if self.request.method == "POST":
            number = self.request.GET.get("sitting", "")
            is_number = number.isascii() and number.isdigit() and len(number) < 19
            self.sitting = sitting_of(self.by, int(self.kwargs["plan"]), int(number) if is_number else 0)
        else:
            plan_of(self.by, int(self.kwargs["plan"]))  # another clinic's is not there, whatever the method

    def shown_record(self) -> Sitting:
        return self.sitting

    def log(self) -> None:
        """It belongs to the chair's page: where that was opened lately, it is no opening of its own."""
        pages = {ChairView.page_name, self.page_name}
        if not has_opened(self.by, self.sitting.patient_id, pages, since=clock.now() - STAYS_OPEN):
            super().log()


class LineView(LinePage):
    """Take what a device tapped, and tell what came from others since."""

    page_name = "Line to the chair"
    told = 0

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = sent_json(request)
        if sent.get("owner") != owner_of(self.by):
            return JsonResponse(
                {"sentence": "These taps are another person's. Sign in as that person."}, status=409
            )
        delivered = sent.get("taps")
        # Asking alone keeps nobody signed in: a device that was left must sign out by itself.
        request.is_background = not delivered  # type: ignore[attr-defined]  # read by the session's middleware
        told, answers = self.note(delivered) if delivered else (Told(taps=(), wrong={}), {})
        rows = taps_of(self.sitting, after=_number(sent.get("after")))
        self.told = len(rows)
        return JsonResponse(
            {
                "answers": answers,
                "wrong": dict(told.wrong),
                "taps": taps_told(rows),
                "after": rows[-1].pk if rows else _number(sent.get("after")),
                "over": self.sitting.outcome != Sitting.Outcome.UNDER_WAY,
            }
        )

    def note(self, delivered: object) -> tuple[Told, dict[str, str]]:
        """Note what can be noted; an answer for each of these."""
        plan = plan_of(self.by, self.sitting.plan_id)
        told = read_taps(delivered, plan, clock.now())
        said = note_taps(by=self.by, sitting=self.sitting, taps=told.taps) if told.taps else []
        late = self.sitting.outcome != Sitting.Outcome.UNDER_WAY
        words = ["late" if late and answer == "saved" else answer for answer in said]
        return told, {str(tap.key): word for tap, word in zip(told.taps, words, strict=True)}

    def log(self) -> None:
        if self.told:
            super().log()


class ChairCheckView(LinePage):
    """What the check says of the treatment, if the rest goes as planned."""

    page_name = "Check at the chair"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.is_background = True  # type: ignore[attr-defined]  # read by the session's middleware
        plan = plan_of(self.by, self.sitting.plan_id)
        vials = vials_numbered(self.by, self.sitting.vials)
        state = chair_of(self.sitting, plan)
        session = session_at_chair(self.sitting, plan, state, vials, clock.now())
        shown = {"found": found(prepare(self.by, plan, session, vials), self.sitting.reasons), "by": self.by}
        return render(request, "clinic/inject/chair_found.html", shown)


class ChairKeyView(Page):
    """The key under which a device keeps what is not delivered yet; it ends with the session."""

    right: ClassVar = Right.INJECT
    template = ""
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session = request.session.session_key
        if not session:
            raise Http404
        return JsonResponse({"key": device_key(session, self.by.user_id)})


class ChairShellView(Page):
    """The chair's page without any patient: what a device shows when it is opened again without a line."""

    right: ClassVar = Right.INJECT
    template = "clinic/inject/chair_shell.html"


def worker(request: HttpRequest) -> HttpResponse:
    """The script that lets the chair's page open without a line; the same for everybody."""
    return worker_script("chair-worker.js")


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**62 else 0
