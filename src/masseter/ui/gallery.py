"""Every component on one page, with unkind data: very long names, errors, nothing at all."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from masseter.ui import words
from masseter.ui.charts.course import Band, BandPoint, Course, Score, course_chart
from masseter.ui.charts.simple import Bar, bars_chart, spark
from masseter.ui.forms import (
    DayField,
    ManyField,
    NumberField,
    OneField,
    ScaleField,
    SignatureField,
    ThreeValuedField,
    WholeNumberField,
)

LONG = "Anneliese-Margarethe Wolfeschlegelsteinhausenbergerdorff-Ó Súilleabháin van der Meer"


class GalleryForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Full name", help_text="As on the passport or identity card.")
    email = forms.EmailField(label="E-mail", required=False)
    pain = ScaleField(label="How strong was your pain at its worst in the last seven days?")
    swallow = ThreeValuedField(label="Do you have trouble swallowing?", required=False)
    opening = NumberField(
        label="Mouth opening without pain", help_text="Between the edges of the front teeth."
    )
    days = WholeNumberField(label="Headache days in the last 28 days", required=False)
    since = DayField(label="When did it begin?", required=False)
    side = OneField(label="Side", choices=[("left", "Left"), ("right", "Right"), ("both", "Both sides")])
    places = ManyField(
        label="Where does it hurt?",
        required=False,
        choices=[
            ("jaw", "Jaw and cheek"),
            ("temple", "Temple"),
            ("ear", "In or before the ear"),
            ("teeth", LONG),
        ],
    )
    product = forms.ChoiceField(label="Product", choices=[("", "Choose"), ("a", "Botox"), ("b", LONG)])
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="I have read this and had time to ask")
    signature = SignatureField(label="Signature", required=False)


def sample_course(scores: int = 9) -> Course:
    """A made-up course over two cycles."""
    start = date(2026, 1, 12)
    values = ["7.5", "7", "4", "3", "3.5", "5", "6.5", "4", "2.5", "3"]
    return Course(
        title="Worst pain in the week",
        measure="Pain, 0 to 10",
        low=Decimal(0),
        high=Decimal(10),
        higher_is_worse=True,
        scores=tuple(
            Score(day=start + timedelta(days=14 * place), value=Decimal(value))
            for place, value in enumerate(values[:scores])
        ),
        injections=(start + timedelta(days=1), start + timedelta(days=92)),
        band=Band(
            words="Published course",
            points=tuple(
                BandPoint(day=start + timedelta(days=1 + day), low=low, middle=mid, high=high)
                for day, low, mid, high in (
                    (0, Decimal("7.5"), Decimal("7.5"), Decimal("7.5")),
                    (14, Decimal("3.9"), Decimal("4.9"), Decimal("6")),
                    (42, Decimal("2.6"), Decimal("3.8"), Decimal("5.2")),
                    (84, Decimal("4.5"), Decimal("5.9"), Decimal("7")),
                )
            ),
        ),
        gaps=((start + timedelta(days=60), start + timedelta(days=75)),),
    )


def _steps() -> list[dict[str, str]]:
    names = ["Screen", "Consult", "Plan", "Inject", "Recover", "Results", "Follow up"]
    states = ["done", "done", "now", "blocked", "next", "next", "next"]
    pairs = zip(names, states, strict=True)
    return [{"name": name, "state": state, "url": "#" if state != "next" else ""} for name, state in pairs]


def _nav() -> list[dict[str, Any]]:
    rows = [
        ("Today", "home", 0),
        ("Patients", "users", 0),
        ("Inbox", "inbox", 12),
        ("Calendar", "calendar", 0),
    ]
    rows += [("Recalls", "calendar-due", 3), ("Stock", "vaccine-bottle", 0), ("Settings", "settings", 0)]
    return [
        {"label": label, "url": "#", "icon": name, "active": label == "Patients", "count": count}
        for label, name, count in rows
    ]


def _criteria() -> list[dict[str, str]]:
    return [
        {
            "label": "A. Headache on 15 or more days a month for more than 3 months",
            "answer": "met",
            "why": "19 days",
        },
        {
            "label": "B. At least five earlier attacks of migraine",
            "answer": "unknown",
            "why": "Ask about past attacks.",
        },
        {"label": "C. On 8 or more days a month migraine features", "answer": "not_met", "why": "4 days"},
    ]


def _context() -> dict[str, Any]:
    broken = GalleryForm({"name": "", "opening": "1,000.5", "since": "tomorrow", "side": "", "pain": "7"})
    return {
        "clinic": {"name": "Riverside Clinic for Oral and Facial Pain"},
        "is_demo": True,
        "nav": _nav(),
        "home_url": "#",
        "search_url": "#",
        "sign_out_url": "#",
        "person_name": "Dr Ada Ohm",
        "role_name": "Injector",
        "crumbs": [("Patients", "#"), (LONG, "#")],
        "long_name": LONG,
        "born": date(1961, 2, 28),
        "flags": [{"label": "On warfarin", "tone": "caution", "icon": "alert-triangle"}],
        "verdicts": list(words.VERDICTS),
        "steps": _steps(),
        "criteria": _criteria(),
        "sources": ["Label of the product, section 4.2", "https://example.org/a-long-address"],
        "form": broken,
        "fresh": GalleryForm(auto_id="fresh_%s"),
        "icons": sorted(words.SEVERITIES),
        "course": course_chart(sample_course()),
        "empty_course": course_chart(sample_course(scores=0)),
        "bars": bars_chart(
            title="Units by muscle",
            measure="Units",
            bars=(
                Bar(label="Masseter, left", value=Decimal(25)),
                Bar(label="Masseter, right", value=Decimal("22.5")),
                Bar(label="Temporalis, left", value=Decimal(10)),
            ),
        ),
        "spark": spark(title="Pain over the last weeks", values=tuple(map(Decimal, (7, 7, 4, 3, 4, 5, 6)))),
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components; only where the setting MASSETER_GALLERY is on."""
    if not getattr(settings, "MASSETER_GALLERY", False):
        raise Http404
    layout = request.GET.get("layout", "clinic")
    if layout not in ("clinic", "portal", "public", "bare"):
        raise Http404
    context = {"layout": f"layouts/{layout}.html", "request": request, **_context()}
    return HttpResponse(render_to_string("ui/gallery.html", context))
