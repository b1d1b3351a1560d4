"""What every page has in common: a right, a template, and for forms the care that nothing is lost.

A page declares `right`; `FormPage` adds one form and one action. A form is acted on once however
often it is sent, a record changed meanwhile is noticed, and what was typed when the session had
ended comes back after signing in.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from masseter.journey.audit.actions import finish_submission, sent_before, take_submission
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.models import Versioned
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused, Stale
from masseter.journey.ground.rights import Right
from masseter.journey.ground.scope import lock_clinic
from masseter.ui.held import give_back, hold, owner_of
from masseter.ui.languages.told import in_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NEVER = -1
SAVED_BEFORE = _(
    "This form was saved already, before you changed it. What you see now is not saved. "
    "Look whether you still want it, and save again."
)
NOT_YOURS = _(
    "This page was opened by somebody else or for another clinic. Nothing was saved. "
    "If what you see belongs here, save again."
)
# What a form says about itself is no part of what was typed.
_ABOUT = frozenset({"csrfmiddlewaretoken", "form_key", "form_version", "form_owner"})
Context = dict[str, Any]  # Any: a template takes whatever its page shows


class Page(View):
    """One screen. `right` may be one right or several, any of which is enough."""

    right: ClassVar[Right | tuple[Right, ...]]
    template: ClassVar[str]
    by: Actor

    @classmethod
    def rights(cls) -> tuple[Right, ...]:
        return cls.right if isinstance(cls.right, tuple) else (cls.right,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        by = self.actor(request)
        if by is None:
            if request.user.is_authenticated:
                # Signing in again would lead back here, in circles.
                return render(request, "errors/no_role.html", status=403)
            if request.method == "POST":
                hold(request)
            return redirect_to_login(request.get_full_path())
        self.by = by
        try:
            if not any(by.may(right) for right in self.rights()):
                raise NotPermitted(gettext("Your role does not allow this page."))
            self.load()
            return super().dispatch(request, *args, **kwargs)
        except NotHere as error:
            raise Http404(in_words(error.sentence)) from error
        except NotPermitted as error:
            return render(request, "errors/403.html", {"sentence": in_words(error.sentence)}, status=403)

    def actor(self, request: HttpRequest) -> Actor | None:
        """Who is here. A page for visitors answers a visitor instead of the person signed in."""
        by: Actor | None = getattr(request, "by", None)
        return by

    def load(self) -> None:
        """Load what the address names (NotHere where it is not there). Runs after the right is checked."""

    def context(self) -> Context:
        """What the template shows."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show({})

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        # Times in templates are the clinic's own.
        with timezone.override(self.by.zone):
            shown = {"by": self.by, **self.context(), **more}
            return render(self.request, self.template, shown, status=status)


class FormPage(Page):
    """One form and one action."""

    form_class: ClassVar[type[forms.Form]]
    success: ClassVar[StrOrPromise] = ""
    # What is typed here is kept over a sign-in; see `ui.held`.
    keeps_typed: ClassVar[bool] = True

    def subject(self) -> Versioned | None:
        """The record that the form changes, when two people might change it at once."""
        return None

    def initial(self) -> dict[str, Any]:
        return {}

    def form_options(self) -> dict[str, Any]:
        """Named arguments that the form's constructor takes besides data and initial."""
        return {}

    def act(self, form: forms.Form) -> str:
        """Do the one thing with the valid form; answer the address to go to.

        Raises: Refused with a sentence (and a field) for the form.
        """
        raise TypeError(f"{type(self).__name__} has a form and no action")

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        return self.form_class(data, files, initial=self.initial(), **self.form_options())

    def first_form(self) -> forms.Form:
        """The form as the page opens with it, where nothing typed is given back."""
        return self.make_form()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = give_back(request, self.by)
        if kept is None:
            return self.show(self._parts(self.first_form()))
        messages.info(
            request,
            gettext("You were signed out while you typed. Everything is back: check it and save again."),
        )
        form = self.make_form(kept)
        return self.show(self._parts(form, version=kept.get("form_version", "")))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST, request.FILES or None)
        key, content = self._key(), self._content()
        before = sent_before(self.by, key, content)
        if before and before.is_same:
            return HttpResponseRedirect(before.url)
        if before:
            return self._refuse(form, str(SAVED_BEFORE), key=str(uuid4()))
        if request.POST.get("form_owner", "") not in ("", owner_of(self.by)):
            return self._refuse(form, str(NOT_YOURS))
        if not form.is_valid():
            return self._show_errors(form)
        try:
            return HttpResponseRedirect(self._act_once(form, key, content))
        except (NotHere, NotPermitted):
            raise
        except Stale as stale:
            # The warning has been read by then: what is sent again is meant.
            return self._refuse(form, stale.sentence, version=self._fresh_version())
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            return self._refuse(form, refusal.sentence, field=field)

    def _refuse(
        self, form: forms.Form, sentence: str, *, field: str | None = None, version: str = "", key: str = ""
    ) -> HttpResponse:
        form.is_valid()
        form.add_error(field, in_words(sentence))
        return self._show_errors(form, version=version, key=key)

    def _show_errors(self, form: forms.Form, *, version: str = "", key: str = "") -> HttpResponse:
        parts = self._parts(form, version)
        parts = {**parts, "form_key": key} if key else parts
        return self.show({**parts, "form_has_errors": True}, status=422)

    def _act_once(self, form: forms.Form, key: UUID, content: str) -> str:
        with transaction.atomic():
            lock_clinic(self.by.clinic_id)
            if not take_submission(self.by, key, content):
                before = sent_before(self.by, key, content)
                return before.url if before else self.request.get_full_path()
            subject = self.subject()
            if subject is not None:
                subject.claim(self._version(subject))
            url = self.act(form)
            finish_submission(self.by, key, url)
        if self.success:
            messages.success(self.request, str(self.success))
        return url

    def _parts(self, form: forms.Form, version: str = "") -> Context:
        told = self.request.POST.get("form_version", "") if form.is_bound else ""
        return {
            "form": form,
            "form_key": str(uuid4()) if not form.is_bound else str(self._key()),
            "form_version": version or told or self._fresh_version(),
            "form_owner": owner_of(self.by),
        }

    def _key(self) -> UUID:
        try:
            return UUID(self.request.POST.get("form_key", ""))
        except ValueError:
            return uuid4()

    def _content(self) -> str:
        """A digest of where and what was sent."""
        told = [(name, values) for name, values in sorted(self.request.POST.lists()) if name not in _ABOUT]
        files = [
            (name, file.name, _digest(file)) for name, sent in self.request.FILES.lists() for file in sent
        ]
        return hashlib.sha256(json.dumps([self.request.path, told, files]).encode()).hexdigest()

    def _fresh_version(self) -> str:
        subject = self.subject()
        return _version_signer(subject).sign(str(subject.version)) if subject is not None else ""

    def _version(self, subject: Versioned) -> int:
        """The version that the page was opened with; one that there never is where it is not told."""
        try:
            return int(_version_signer(subject).unsign(self.request.POST.get("form_version", "")))
        except (BadSignature, ValueError):
            return NEVER


def _digest(file: UploadedFile[bytes]) -> str:
    """A digest of a file's content, which is read from its beginning again afterwards."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _version_signer(subject: Versioned) -> Signer:
    return Signer(salt=f"masseter.form-version.{subject._meta.label_lower}.{subject.pk}")
