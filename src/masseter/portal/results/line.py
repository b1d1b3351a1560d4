"""The diary without a connection: its empty page, its worker, and the line that takes what was written."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from masseter.journey.audit.actions import sent_before
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.mailbox import public_key
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.results import queries
from masseter.journey.results.actions import BACK_FILL_DAYS
from masseter.journey.results.diary import WEEK, fields_of, may_be_weekly
from masseter.journey.results.diary_actions import Sent, deliver_entry
from masseter.journey.results.models import DiaryEntry
from masseter.knowledge.load import load
from masseter.portal.results.letters import PURPOSE, Opened, read_post
from masseter.portal.results.views import OwnCases
from masseter.ui.held import owner_of
from masseter.ui.instruments import DiaryForm
from masseter.ui.languages.days import month_day_words
from masseter.ui.languages.lists import listed
from masseter.ui.languages.told import in_words, told
from masseter.ui.lines import sent_json, worker_script
from masseter.ui.pages import Context
from masseter.ui.records import RecordPage


class MyDiaryLineView(RecordPage):
    """Take the letters of a device. Each is taken once, however often it comes."""

    right: ClassVar = Right.OWN_CARE
    template = ""
    page_name = "Line to the diary"
    http_method_names = ("post",)

    def shown_record(self) -> None:
        """It takes and shows nothing; what it saved is in the trail."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = sent_json(request)
        now = clock.now()
        # Asking alone keeps nobody signed in.
        request.is_background = not sent.get("letters")  # type: ignore[attr-defined]  # read by the session's middleware
        post = read_post(self.by, sent.get("sent"), sent.get("letters"), now)
        saved, wrong = dict[str, DiaryEntry | None](), dict[str, str]()
        for letter in post.opened:
            try:
                saved[str(letter.key)] = _deliver(self.by, letter)
            except (Refused, NotHere) as error:
                wrong[str(letter.key)] = in_words(error.sentence)
        fresh = [entry for entry in saved.values() if entry is not None]
        self._say(fresh)
        return JsonResponse(
            {
                "now": int(now.timestamp() * 1000),
                "saved": list(saved),
                "fresh": len(fresh),
                "wrong": wrong,
                "strange": list(post.strange),
            }
        )

    def _say(self, entries: list[DiaryEntry]) -> None:
        """What the next page says of it."""
        if not entries:
            return
        words = ngettext(
            "%(count)d entry that this device kept is saved.",
            "%(count)d entries that this device kept are saved.",
            len(entries),
        )
        messages.success(self.request, words % {"count": len(entries)})
        unsure = sorted({one.day for one in entries if one.is_day_unsure})
        if unsure:
            days = listed(month_day_words(day) for day in unsure)
            words = _(
                "The clock of this device was wrong, so the days were counted from the last connection: "
                "%(days)s. Please check that they are right."
            )
            messages.warning(self.request, words % {"days": days})


def _deliver(by: Actor, letter: Opened) -> DiaryEntry | None:
    """Save one letter; None where it came before, or the page itself had sent the same entry."""
    if queries.was_sent(by, letter.key) or sent_before(by, letter.key, "") is not None:
        return None
    return deliver_entry(
        by=by,
        case=case_of(by, letter.case),
        sent=Sent(
            key=letter.key,
            day=letter.day,
            covers_days=letter.covers_days,
            values=letter.values,
            note=letter.note,
            written_at=letter.at.at,
            is_sure=letter.at.is_sure,
        ),
    )


class MyDiaryShellView(OwnCases):
    """The diary's questions without any answer: what a device shows when there is no connection."""

    template = "portal/results/diary_shell.html"
    page_name = "My diary’s questions, kept on my device"

    def context(self) -> Context:
        return {
            "patient": self.patient,
            "diaries": [_blank(case) for case in self.cases if load().conditions[case.condition].diary],
            "device": device_data(self.by, self.cases),
            "back_days": BACK_FILL_DAYS,
        }


def _blank(case: Case) -> dict[str, object]:
    """An empty form of a case, as the person keeps that diary."""
    condition, newest = load().conditions[case.condition], queries.newest_entry(case)
    is_weekly = may_be_weekly(condition) and newest is not None and newest.covers_days == WEEK
    form = DiaryForm(
        condition=condition.code,
        plain=True,
        weekly=is_weekly,
        chosen=queries.chosen_of(case),
        auto_id=f"id_{case.pk}_%s",
    )
    return {
        "case": case,
        "name": told(condition.plain_name),
        "form": form,
        "is_weekly": is_weekly,
        "covers_days": WEEK if is_weekly else 1,
    }


def device_data(by: Actor, cases: list[Case]) -> dict[str, object]:
    """What the page's script needs: the key to seal with, the server's time, and the words that it says."""
    now = clock.now()
    return {
        "owner": owner_of(by),
        "box": public_key(by.user_id, PURPOSE) if by.user_id is not None else "",
        "purpose": PURPOSE,
        "now": int(now.timestamp() * 1000),
        "zone": by.zone,
        "backDays": BACK_FILL_DAYS,
        "shellVersion": _version(cases),
        "most": {"attacks": _most()},
        "urls": {
            "line": reverse("my_diary_line"),
            "worker": reverse("my_diary_worker"),
            "shell": reverse("my_diary_shell"),
            "diary": reverse("my_diary"),
        },
        "words": _words(),
    }


def _version(cases: list[Case]) -> str:
    """A digest of what the kept page shows: where it changes, the device fetches it anew."""
    told = []
    for case in cases:
        asked = [
            field.code for field in fields_of(load().conditions[case.condition], queries.chosen_of(case))
        ]
        told.append([case.pk, asked])
    return hashlib.sha256(json.dumps([told, load().version, get_language()]).encode()).hexdigest()[:16]


def _most() -> int:
    return int(load().instruments["tn_attacks"].high)


def _words() -> dict[str, str]:
    return {
        "kept": _("Kept on this device. It is sent when there is a connection."),
        "waiting": _("Not sent yet: {count}. They wait on this device, sealed."),
        "since": _("There has been no connection since {day}. Days are counted from there."),
        "clock": _("The clock of this device seems wrong. Days are counted from the last connection, {day}."),
        "nothing": _("This device does not keep a diary yet. Open it once with a connection."),
        "empty": _("Answer at least one question."),
        "number": _("Enter a whole number from 0 to {most}."),
        "out": _("You are signed out. Sign in, and what waits here is sent."),
        "refused": _("Not taken: {why}"),
        "full": _("This device cannot keep it. Please write it down, and enter it later."),
        "today": _("Today"),
        "yesterday": _("Yesterday"),
        "written": _("kept here"),
    }


def worker(request: HttpRequest) -> HttpResponse:
    """The script that lets the diary open without a connection; the same for everybody."""
    return worker_script("diary-worker.js")
