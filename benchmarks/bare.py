"""The least page that Django serves, as the measure for ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path


def page(request: HttpRequest) -> HttpResponse:
    """One heading from a template."""
    return HttpResponse(Template("<h1>{{ word }}</h1>").render(Context({"word": "Bare"})))


urlpatterns = [path("", page)]
