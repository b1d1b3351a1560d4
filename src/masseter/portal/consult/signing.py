"""Signing a released consent at home: each risk opened, questions answered, a fresh sign-in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from masseter.core.consult.at_home import FRESH_MINUTES, ReleaseState, is_fresh, risk_parts, unread_parts
from masseter.core.consult.consent import ConsentText, Section, version_of
from masseter.journey.accounts.shown import shown_at
from masseter.journey.consult.actions import read_part, sign_at_home
from masseter.journey.consult.models import ConsentRelease
from masseter.journey.consult.releases import (
    has_open_question,
    parts_read,
    release_of,
    signed_under,
    standing_of,
    text_of,
)
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load
from masseter.ui.forms import SignatureField
from masseter.ui.languages.told import told
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage

# Why a release cannot be signed, as a patient is told it.
LAPSED = {
    ReleaseState.TAKEN_BACK: _("Your clinic took it back."),
    ReleaseState.CASE_CLOSED: _("Your clinic has closed this case."),
    ReleaseState.TEXT_CHANGED: _("The text has changed since your clinic sent it."),
    ReleaseState.PLAN_CHANGED: _("Your clinic has changed the plan since."),
    ReleaseState.OVER: _("The time to sign it at home is over."),
}


class SignForm(forms.Form):
    """The signature: drawn, or a typed name with a tick."""

    has_read = forms.BooleanField(
        label=_("I have read this text and I agree to the treatment."),
        error_messages={"required": _("Tick the box to say that you read the text and agree.")},
    )
    signer_name = forms.CharField(
        label=_("Your full name"), max_length=200, error_messages={"required": _("Enter your full name.")}
    )
    signature = SignatureField(
        label=_("Signature"),
        required=False,
        help_text=_("Draw it, or leave it: name and tick count as well."),
    )
    shown_version = forms.CharField(widget=forms.HiddenInput)


class PartForm(forms.Form):
    """A form that only says: read."""


class OwnRelease(RecordPage):
    """A release of the patient who is signed in, with its text of today and where it stands."""

    right: ClassVar = Right.OWN_CARE
    release: ConsentRelease
    text: ConsentText | None
    state: ReleaseState

    def load(self) -> None:
        self.release = release_of(self.by, int(self.kwargs["release"]))
        self.text = text_of(self.by, self.release)
        self.state = standing_of(self.by, self.release, self.text)

    def shown_record(self) -> Patient:
        return self.release.patient

    def context(self) -> Context:
        product = load().products.get(self.release.product)
        return {
            "release": self.release,
            "about": load().conditions[self.release.case.condition].plain_name,
            "product": product.brand if product else "",
            "is_open": self.state is ReleaseState.OPEN,
            "lapsed": LAPSED.get(self.state, ""),
            "text": self.text,
        }


class MyConsentSignView(OwnRelease, FormPage):
    """The whole text, what is still to be opened, and the signature."""

    template = "portal/consult/consent_sign.html"
    page_name = "My consent, to sign at home"
    form_class = SignForm
    keeps_typed = False
    success = _("You signed the consent. At the visit your clinic asks you whether you still agree.")

    def subject(self) -> ConsentRelease:
        return self.release

    def shown(self) -> list[Section]:
        """The parts in the reader's language, as they are signed."""
        return [_told(section) for section in (self.text.sections if self.text is not None else ())]

    def initial(self) -> dict[str, Any]:
        return {"shown_version": version_of(self.shown())}

    def act(self, form: forms.Form) -> str:
        consent = sign_at_home(
            by=self.by,
            release=self.release,
            shown=self.shown(),
            shown_at=shown_at(self.request.session),
            language=(get_language() or "en")[:2],
            **form.cleaned_data,
        )
        return reverse("my_consent", args=[consent.pk])

    def context(self) -> Context:
        read = parts_read(self.release)
        text = self.text
        unread = unread_parts(text, read) if text is not None else ()
        titles = risk_parts(text) if text is not None else ()
        parts = [
            {
                "section": shown,
                "number": number,
                "is_closed": section.title in unread,
                "is_risk": section.title in titles,
            }
            for number, (section, shown) in enumerate(
                zip(text.sections if text is not None else (), self.shown(), strict=True)
            )
        ]
        is_asked, now = has_open_question(self.release.case), clock.now()
        return {
            **super().context(),
            "parts": parts,
            "unread": len(unread),
            "next_part": next((one["number"] for one in parts if one["is_closed"]), None),
            "has_open_question": is_asked,
            "is_fresh": is_fresh(shown_at(self.request.session), now),
            "minutes": FRESH_MINUTES,
            "signed": signed_under(self.release),
        }


class MyConsentPartView(OwnRelease, FormPage):
    """One part that tells of risks, by itself; the person says to have read it."""

    template = "portal/consult/consent_part.html"
    page_name = "My consent: a part about risks"
    form_class = PartForm
    section: Section

    def load(self) -> None:
        super().load()
        number, text = int(self.kwargs["part"]), self.text
        if text is None or number >= len(text.sections) or not text.sections[number].is_risk:
            raise NotHere("There is no such part.")
        self.section = text.sections[number]

    def act(self, form: forms.Form) -> str:
        read_part(by=self.by, release=self.release, title=self.section.title)
        assert self.text is not None
        unread = unread_parts(self.text, parts_read(self.release))
        whole = reverse("my_consent_sign", args=[self.release.pk])
        if not unread:
            return f"{whole}#sign"
        titles = [section.title for section in self.text.sections]
        return reverse("my_consent_part", args=[self.release.pk, titles.index(unread[0])])

    def context(self) -> Context:
        assert self.text is not None
        titles = risk_parts(self.text)
        place = titles.index(self.section.title) + 1
        return {**super().context(), "section": _told(self.section), "place": place, "places": len(titles)}


def _told(section: Section) -> Section:
    """A part in the reader's language."""
    return replace(
        section, title=told(section.title), paragraphs=tuple(told(one) for one in section.paragraphs)
    )
