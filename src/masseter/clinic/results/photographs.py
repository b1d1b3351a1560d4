"""Photographs of the face: all of a case with two compared, taking one, looking at one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.people.chart import CasePage, PatientPage
from masseter.clinic.people.forms import ReasonForm
from masseter.clinic.results.poses import Line, Pose, line_of, poses_of
from masseter.journey.consult.photograph_consents import photograph_consent_in_force, photograph_consents_of
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs import queries
from masseter.journey.results.photographs.actions import keep_photograph, take_out_photograph
from masseter.journey.results.photographs.cleaning import LARGEST_BYTES, LARGEST_MB
from masseter.ui.pages import Context, FormPage
from masseter.ui.pictures import picture_answer
from masseter.ui.records import RecordPage

NEXT = "next"


class PhotographForm(forms.Form):
    """The file of one photograph."""

    # Named formats, not image/*: a phone then turns its own format into one of these.
    image = forms.FileField(
        label="Picture",
        help_text=f"JPEG, PNG or WebP, at most {LARGEST_MB} MB.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
        error_messages={
            "required": "Take a picture, or choose a file.",
            "empty": "The file is empty. Take the picture again.",
        },
    )

    def clean_image(self) -> bytes:
        """The bytes; a file that is too large is not even read."""
        file = self.cleaned_data["image"]
        content: bytes = file.read(LARGEST_BYTES + 1)
        return content


class PhotographsView(CasePage):
    """The photographs of a case by pose, two of one pose side by side (`?pose=&left=&right=`)."""

    right: ClassVar = Right.SEE_PHOTOGRAPHS
    template = "clinic/results/photographs.html"
    page_name = "Photographs"

    def context(self) -> Context:
        poses = poses_of(queries.photographs_of(self.case), self.case)
        chosen = self._chosen(poses)
        consents = photograph_consents_of(self.patient)
        return {
            **super().context(),
            "poses": poses,
            "pose": chosen,
            "pair": self._pair(chosen) if chosen else (),
            "consent": next((one for one in consents if not one.is_withdrawn), None),
            "withdrawn": next((one for one in consents if one.is_withdrawn), None),
            "hidden": queries.hidden_count(self.case),
        }

    def _chosen(self, poses: list[Pose]) -> Pose | None:
        asked = self.request.GET.get("pose", "")
        if asked:
            return next((one for one in poses if one.code == asked and one.lines), None)
        return next((one for one in poses if len(one.lines) > 1), None) or next(
            (one for one in poses if one.lines), None
        )

    def _pair(self, pose: Pose) -> tuple[Line, ...]:
        """The two that are compared: the first and the newest, where nothing else is asked for."""
        by_number = {str(line.photograph.pk): line for line in pose.lines}
        left = by_number.get(self.request.GET.get("left", ""), pose.lines[0])
        right = by_number.get(self.request.GET.get("right", ""), pose.lines[-1])
        return (left,) if left == right else (left, right)


class TakePhotographView(CasePage, FormPage):
    """Take one photograph with the camera, or choose a file."""

    right: ClassVar = Right.TAKE_PHOTOGRAPHS
    template = "clinic/results/photograph_add.html"
    page_name = "Taking a photograph"
    form_class = PhotographForm
    success = "The photograph is kept."

    def load(self) -> None:
        super().load()
        if self.kwargs["pose"] not in Photograph.Pose.values:
            raise NotHere("There is no such pose.")

    def act(self, form: forms.Form) -> str:
        pose = self.kwargs["pose"]
        keep_photograph(by=self.by, case=self.case, pose=pose, content=form.cleaned_data["image"])
        after = _pose_after(pose)
        if self.request.POST.get("do") == NEXT and after:
            return reverse("photograph_add", args=[self.case.pk, after])
        return f"{reverse('photographs', args=[self.case.pk])}?pose={pose}"

    def context(self) -> Context:
        poses = poses_of(queries.photographs_of(self.case), self.case)
        codes = [one.code for one in poses]
        place = codes.index(self.kwargs["pose"])
        return {
            **super().context(),
            "pose": poses[place],
            "after": poses[place + 1] if place + 1 < len(poses) else None,
            "consent": photograph_consent_in_force(self.patient),
        }


class PhotographView(PatientPage, FormPage):
    """One photograph; it is taken out here where it should not be."""

    right: ClassVar = Right.SEE_PHOTOGRAPHS
    template = "clinic/results/photograph.html"
    page_name = "Photograph"
    form_class = ReasonForm
    success = "The photograph is taken out. It is shown to nobody any more."
    photograph: Photograph

    def load(self) -> None:
        self.photograph = queries.photograph_of(self.by, int(self.kwargs["photograph"]))
        self.patient = self.photograph.case.patient

    def subject(self) -> Photograph:
        return self.photograph

    def act(self, form: forms.Form) -> str:
        take_out_photograph(by=self.by, photograph=self.photograph, reason=form.cleaned_data["reason"])
        return reverse("photographs", args=[self.photograph.case_id])

    def context(self) -> Context:
        line = line_of(self.photograph, self.by.zone)
        return {**super().context(), "case": self.photograph.case, "shot": line}


class PictureView(RecordPage):
    """The picture itself. Each look at it is logged by its own."""

    right: ClassVar = Right.SEE_PHOTOGRAPHS
    page_name = "Picture of the face"
    photograph: Photograph

    def load(self) -> None:
        self.photograph = queries.photograph_of(self.by, int(self.kwargs["photograph"]))

    def shown_record(self) -> Photograph:
        return self.photograph

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return picture_answer(self.photograph)


def _pose_after(pose: str) -> str:
    codes = list(Photograph.Pose.values)
    return codes[codes.index(pose) + 1] if pose != codes[-1] else ""
