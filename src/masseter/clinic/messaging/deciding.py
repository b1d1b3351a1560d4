"""What the clinic decides about its messages: quiet hours, days before, and its own words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.messaging.forms import SettingsForm, WordsForm
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.actions.choosing import change_message_settings, change_message_text
from masseter.journey.messaging.kinds import KINDS, LANGUAGES, PLACEHOLDERS, TO_PATIENTS
from masseter.journey.messaging.models import Channel, Kind
from masseter.journey.messaging.queries import own_texts, settings_of, text_of
from masseter.journey.messaging.rendering import shipped_words, specimen
from masseter.ui.pages import Context, FormPage, Page


class SettingsView(FormPage):
    """Quiet hours and days."""

    right: ClassVar = Right.KEEP_MESSAGES
    template = "clinic/messaging/settings.html"
    form_class = SettingsForm
    success = "Saved. What waits already keeps its time."

    def initial(self) -> dict[str, Any]:
        decided = settings_of(self.by)
        return {name: getattr(decided, name) for name in SettingsForm.base_fields}

    def act(self, form: forms.Form) -> str:
        change_message_settings(by=self.by, **form.cleaned_data)
        return reverse("message_settings")


class WordsView(Page):
    """Every kind in every language, and whose words it has."""

    right: ClassVar = Right.KEEP_MESSAGES
    template = "clinic/messaging/words.html"

    def context(self) -> Context:
        own = own_texts(self.by)
        kinds = [
            {
                "code": kind,
                "name": Kind(kind).label,
                "languages": [
                    {"code": code, "name": name, "is_own": (kind, code) in own}
                    for code, name in LANGUAGES.items()
                ],
            }
            for kind in TO_PATIENTS
        ]
        return {"kinds": kinds}


class ChangeWordsView(FormPage):
    """The words of one kind in one language (`?kind=&language=`), with what they look like."""

    right: ClassVar = Right.KEEP_MESSAGES
    template = "clinic/messaging/words_change.html"
    form_class = WordsForm
    success = "Your words are kept."
    kind: str
    language: str

    def load(self) -> None:
        self.kind = self.request.GET.get("kind", Kind.VISIT)
        self.language = self.request.GET.get("language", "en")
        if self.kind not in TO_PATIENTS or self.language not in LANGUAGES:
            raise NotHere("There is no such message.")

    def form_options(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def initial(self) -> dict[str, Any]:
        own = text_of(self.by, self.kind, self.language)
        return {name: getattr(own, name, "") for name in WordsForm.base_fields}

    def context(self) -> Context:
        at = clock.now() + timedelta(days=2)
        channels = [Channel.EMAIL, Channel.TEXT] if KINDS[self.kind].words.text else [Channel.EMAIL]
        return {
            "name": Kind(self.kind).label,
            "kind": self.kind,
            "language_name": LANGUAGES[self.language],
            "shipped": shipped_words(self.kind, self.language),
            "names": [(f"{{{name}}}", PLACEHOLDERS[name]) for name in KINDS[self.kind].names],
            "specimens": [(one.label, self._specimen(one, at)) for one in channels],
        }

    def act(self, form: forms.Form) -> str:
        words = {"text": "", **form.cleaned_data}
        change_message_text(by=self.by, kind=self.kind, language=self.language, **words)
        return f"{reverse('message_words_change')}?kind={self.kind}&language={self.language}"

    def _specimen(self, channel: Channel, at: datetime) -> object:
        clinic = clinic_of(self.by)
        return specimen(self.by, clinic, self.kind, self.language, channel, at)
