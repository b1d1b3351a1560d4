"""Review visits and the recall list."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.follow_up.ahead import by_wear_off, review_ahead
from masseter.clinic.follow_up.forms import RecallForm, ReviewForm
from masseter.clinic.follow_up.presenters import (
    RecallRow,
    advice_of,
    closed_rows,
    fact_rows,
    kept_advice,
    kept_fact_rows,
    recall_rows,
)
from masseter.clinic.people.chart import CasePage, PatientPage
from masseter.clinic.recover.presenters import event_rows
from masseter.core.follow_up.decide import GOES_ON
from masseter.journey.follow_up import due_days, queries
from masseter.journey.follow_up.actions import hold_review, set_recall_state
from masseter.journey.follow_up.models import Recall, Review
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.plan.queries import running_plan
from masseter.ui.pages import Context, FormPage, Page

LOOK = "look"


class AddReviewView(CasePage, FormPage):
    """Hold a review: what was found, the recommendation with its reasons, the decision, the next day."""

    right: ClassVar = Right.REVIEW
    template = "clinic/follow_up/review_add.html"
    page_name = "Review visit"
    form_class = ReviewForm
    success = "The review is on record."

    def post(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:  # Any: Django's signature
        if LOOK not in request.POST:
            return super().post(request, *args, **kwargs)
        # Nothing is saved: the page comes back with what was typed and the recommendation for it.
        typed = {name: request.POST.get(name, "") for name in ReviewForm.base_fields}
        seen = self._seen()
        if not typed["next_due_on"] and seen.due is not None and seen.recommendation.so_far in GOES_ON:
            typed["next_due_on"] = str(max(seen.due.earliest, clock.today(self.by.zone)))
        return self.show(self._parts(ReviewForm(initial=typed)))

    def act(self, form: forms.Form) -> str:
        review = hold_review(by=self.by, case=self.case, **form.cleaned_data)
        return reverse("review", args=[review.pk])

    def context(self) -> Context:
        seen = self._seen()
        return {
            **super().context(),
            "seen": seen,
            "treatment": seen.treatment,
            "advice": advice_of(seen.recommendation),
            "facts": fact_rows(seen.facts),
            "due": seen.due,
            "events": event_rows(seen.events),
            "is_asked": bool(self._typed("wish")),
            "reviews": queries.reviews_of(self.by, self.case),
            "ahead": review_ahead(self.case, seen, clock.today(self.by.zone)),
        }

    def _typed(self, name: str) -> str:
        return self.request.POST.get(name, "")

    def _seen(self) -> queries.AtReview:
        wish, asked = self._typed("wish"), self._typed("asked")
        return queries.at_review(
            self.by,
            self.case,
            today=clock.today(self.by.zone),
            wish=wish if wish in Review.Wish.values else "",
            asked=cast(queries.Asked, asked if asked in ("none", "recorded") else ""),
        )


class ReviewView(CasePage):
    """A review as it was held, and what comes next."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/follow_up/review.html"
    page_name = "Review"
    review: Review

    def load(self) -> None:
        self.review = queries.review_of(self.by, int(self.kwargs["review"]))
        self.case, self.patient = self.review.case, self.review.patient

    def context(self) -> Context:
        return {
            **super().context(),
            "review": self.review,
            "advice": kept_advice(self.review.recommendation),
            "facts": kept_fact_rows(self.review.facts),
            "goes_on": self.review.decision in GOES_ON,
            "plan": running_plan(self.by, self.case),
            "recall": due_days.running_recall(self.case),
        }


FILTERS = (
    ("waiting", "All that wait"),
    ("overdue", "Overdue"),
    ("booked", "Booked"),
    ("closed", "Done or dropped"),
)


class RecallsView(Page):
    """The recall list by wear-off, or by due day (`?by=due`); `?show=` says which recalls."""

    right: ClassVar = Right.SEE_RECALLS
    template = "clinic/follow_up/recalls.html"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        chosen = self.request.GET.get("show", "")
        shown = chosen if chosen in dict(FILTERS) else FILTERS[0][0]
        return {
            "rows": self._rows(shown, today),
            "by_wear_off": self.is_by_wear_off and shown != "closed",
            "filters": [{"code": code, "words": words, "is_now": code == shown} for code, words in FILTERS],
            "shown": shown,
            "may_change": self.by.may(Right.KEEP_CALENDAR),
        }

    @property
    def is_by_wear_off(self) -> bool:
        return self.request.GET.get("by", "") != "due"

    def _rows(self, shown: str, today: date) -> list[RecallRow]:
        if shown == "closed":
            return closed_rows(due_days.closed_recalls(self.by), today)
        waiting = due_days.running_recalls(self.by)
        if shown == "overdue":
            waiting = [one for one in waiting if one.due_on < today]
        if shown == "booked":
            waiting = [one for one in waiting if one.recall.state == Recall.State.BOOKED]
        if not self.is_by_wear_off:
            return recall_rows(waiting, today)
        ordered, wear_offs = by_wear_off(self.by, waiting, today)
        return recall_rows(ordered, today, wear_offs)


class RecallView(PatientPage, FormPage):
    """One recall: who is to be called, and where it stands."""

    right: ClassVar = Right.KEEP_CALENDAR
    template = "clinic/follow_up/recall.html"
    page_name = "Recall"
    form_class = RecallForm
    success = "The recall was changed."
    recall: Recall

    def load(self) -> None:
        self.recall = due_days.recall_of(self.by, int(self.kwargs["recall"]))
        self.patient = self.recall.patient

    def subject(self) -> Recall:
        return self.recall

    def initial(self) -> dict[str, Any]:
        return {"note": self.recall.note}

    def act(self, form: forms.Form) -> str:
        set_recall_state(by=self.by, recall=self.recall, **form.cleaned_data)
        return reverse("recalls")

    def context(self) -> Context:
        row = recall_rows(due_days.recall_days(self.by, [self.recall]), clock.today(self.by.zone))[0]
        return {**super().context(), "recall": self.recall, "row": row}
