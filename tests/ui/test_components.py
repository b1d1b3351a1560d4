"""Components: unknown names are errors, colour never stands alone, errors lead to their fields."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template

from masseter.ui import words
from masseter.ui.forms import OneField
from masseter.ui.icons import UnknownIcon, drawings, icon_svg
from masseter.ui.templatetags.ui import UnknownLook, look

UI = Path(words.__file__).parent
SOURCE = UI.parent


class Small(forms.Form):
    name = forms.CharField(label="Full name", help_text="As on the passport.")
    side = OneField(label="Side", choices=[("l", "Left"), ("r", "Right")])


def render(text: str, **context: object) -> str:
    return Template("{% load cotton ui %}" + text).render(Context(context))


def render_component(component: str, attributes: str, /, **context: object) -> str:
    return render(f"{{% cotton {component} {attributes} / %}}", **context)


def test_icon_that_is_not_in_the_sprite_is_an_error() -> None:
    with pytest.raises(UnknownIcon):
        icon_svg("no-such-icon")


def test_look_of_an_unknown_code_is_an_error() -> None:
    with pytest.raises(UnknownLook):
        look("verdict", "perhaps")


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    pages = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.html")]
    named = {name for page in pages for name in re.findall(r'\{% icon "([^"]+)"|\bicon="([a-z0-9-]+)"', page)}
    names = {one or other for one, other in named}

    assert names - {"icon"} <= set(drawings())  # `icon` stands in a component that passes its own on


def test_every_look_has_an_icon_and_words() -> None:
    tables = (words.SEVERITIES, words.ANSWERS, words.VERDICTS, words.STEP_STATES, words.MESSAGES)
    looks = [one for table in tables for one in table.values()]

    assert all(one.icon in drawings() and one.words for one in looks)


def test_field_with_error_links_help_and_error() -> None:
    shown = render_component("field", ':field="field"', field=Small({"name": "", "side": "l"})["name"])

    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_group_of_choices_is_a_fieldset_with_its_error() -> None:
    shown = render_component("field", ':field="field"', field=Small({"name": "A", "side": "x"})["side"])

    assert '<fieldset class="m-field is-wrong" id="id_side" aria-describedby="id_side_error"' in shown
    assert "<legend>Side" in shown


def test_error_summary_links_every_error_to_its_field() -> None:
    shown = render_component("error-summary", ':form="form"', form=Small({}))

    assert 'href="#id_name"' in shown
    assert 'href="#id_side"' in shown
    assert "Please check 2 things" in shown


def test_error_summary_of_a_fresh_form_is_nothing() -> None:
    assert "m-error-summary" not in render_component("error-summary", ':form="form"', form=Small())


@pytest.mark.parametrize("severity", ["stop", "caution", "note"])
def test_finding_says_its_severity_in_words(severity: str) -> None:
    shown = render_component("finding", f'severity="{severity}" sentence="Because."')

    assert f"{words.SEVERITIES[severity].words}:" in shown
    assert "Because." in shown


def test_text_from_people_is_escaped() -> None:
    shown = render_component("patient-banner", ':name="name"', name="<script>alert(1)</script>")

    assert "<script>" not in shown


def test_allergies_that_nobody_asked_for_are_not_none_known() -> None:
    shown = render_component("patient-banner", 'name="Ada"')

    assert "not asked yet" in shown
