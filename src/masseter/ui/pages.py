"""What every page has in common: a right, a template, and for forms the care that nothing is lost.

A page declares `right`; `FormPage` adds one form and one action. A form is acted on once however
often it is sent, a record changed meanwhile is noticed, and what was typed when the session had
ended comes back after signing in.
"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from masseter.journey.audit.actions import finish_submission, sent_before, take_submission
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.models import Versioned
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Right
from masseter.ui.held import give_back, hold

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
            if request.method == "POST":
                hold(request)
            return redirect_to_login(request.get_full_path())
        self.by = by
        try:
            if not any(by.may(right) for right in self.rights()):
                raise NotPermitted("Your role does not allow this page.")
            self.load()
            return super().dispatch(request, *args, **kwargs)
        except NotHere as error:
            raise Http404(error.sentence) from error
        except NotPermitted as error:
            return render(request, "errors/403.html", {"sentence": error.sentence}, status=403)

    def actor(self, request: HttpRequest) -> Actor | None:
        """Who is here. A page for visitors answers a visitor instead of the person signed in."""
        by: Actor | None = getattr(request, "by", None)
        return by

    def load(self) -> None:
        """Load what the address names (raise NotHere where it is not there). Runs after the right is checked."""

    def context(self) -> Context:
        """What the template shows."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show({})

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        return render(self.request, self.template, {"by": self.by, **self.context(), **more}, status=status)


class FormPage(Page):
    """One form and one action."""

    form_class: ClassVar[type[forms.Form]]
    success: ClassVar[str] = ""

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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = give_back(request, str(self.by.user_id))
        if kept is None:
            return self.show(self._parts(self.make_form()))
        messages.info(
            request, "You were signed out while you typed. Everything is back: check it and save again."
        )
        form = self.make_form(kept)
        return self.show(self._parts(form, version=kept.get("form_version", "")))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = self._key()
        before = sent_before(self.by, key)
        if before:
            return HttpResponseRedirect(before)
        form = self.make_form(request.POST, request.FILES or None)
        if form.is_valid():
            try:
                return HttpResponseRedirect(self._act_once(form, key))
            except (NotHere, NotPermitted):
                raise
            except Refused as refusal:
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, refusal.sentence)
        parts = self._parts(form, version=request.POST.get("form_version", ""))
        return self.show({**parts, "form_has_errors": True}, status=422)

    def _act_once(self, form: forms.Form, key: UUID) -> str:
        with transaction.atomic():
            if not take_submission(self.by, key):
                return sent_before(self.by, key) or self.request.get_full_path()
            subject = self.subject()
            if subject is not None:
                subject.claim(self._version())
            url = self.act(form)
            finish_submission(self.by, key, url)
        if self.success:
            messages.success(self.request, self.success)
        return url

    def _parts(self, form: forms.Form, version: str = "") -> Context:
        subject = self.subject()
        fresh = Signer().sign(str(subject.version)) if subject is not None else ""
        return {
            "form": form,
            "form_key": str(uuid4()) if not form.is_bound else str(self._key()),
            "form_version": version or fresh,
            "form_owner": str(self.by.user_id),
        }

    def _key(self) -> UUID:
        try:
            return UUID(self.request.POST.get("form_key", ""))
        except ValueError:
            return uuid4()

    def _version(self) -> int | None:
        signed = self.request.POST.get("form_version", "")
        if not signed:
            return None
        try:
            return int(Signer().unsign(signed))
        except (BadSignature, ValueError):
            return -1
