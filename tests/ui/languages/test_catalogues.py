"""Catalogues: read, written and compiled as gettext does; texts found where they are marked."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.ui.languages.extract import NotPlain, python_texts, template_texts
from masseter.ui.languages.made import SOURCE, compiled
from masseter.ui.languages.po import PLURALS, BadCatalogue, Message, read_folder, read_po, write_po
from masseter.ui.languages.unmarked import unmarked_texts

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\%'), min_size=1)


@given(texts=st.dictionaries(TEXTS, TEXTS, max_size=8))
def test_what_is_written_is_read_again_and_compiled_as_gettext_reads_it(
    texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "one.po"
    messages = [Message(text=text, words=(words,)) for text, words in texts.items()]
    write_po(path, "de", messages)

    assert read_po(path) == messages
    catalogue = gettext.GNUTranslations(io.BytesIO(compiled("de", messages)))
    assert {text: catalogue.gettext(text) for text in texts} == texts


def test_every_plural_form_of_arabic_is_found() -> None:
    forms = tuple(f"form {index}" for index in range(6))
    one = Message(text="%(number)s day", plural="%(number)s days", words=forms)

    catalogue = gettext.GNUTranslations(io.BytesIO(compiled("ar", [one])))

    said = [catalogue.ngettext(one.text, one.plural, number) for number in (0, 1, 2, 3, 11, 100)]
    assert said == list(forms)


def test_no_line_of_a_french_page_begins_with_a_sign() -> None:
    one = Message(text="Really?", words=("Vraiment ?",))

    catalogue = gettext.GNUTranslations(io.BytesIO(compiled("fr", [one])))

    assert catalogue.gettext("Really?") == "Vraiment\u00a0?"


def test_a_context_keeps_two_meanings_apart() -> None:
    both = [Message(text="Stop", context="severity", words=("Halt",)), Message(text="Stop", words=("Ende",))]

    catalogue = gettext.GNUTranslations(io.BytesIO(compiled("de", both)))

    assert (catalogue.pgettext("severity", "Stop"), catalogue.gettext("Stop")) == ("Halt", "Ende")


def test_fuzzy_and_empty_words_are_not_used() -> None:
    doubtful = [Message(text="Yes", words=("Nein",), is_fuzzy=True), Message(text="No", words=("",))]

    catalogue = gettext.GNUTranslations(io.BytesIO(compiled("de", doubtful)))

    assert (catalogue.gettext("Yes"), catalogue.gettext("No")) == ("Yes", "No")


def test_a_broken_catalogue_says_where(tmp_path: Path) -> None:
    (tmp_path / "one.po").write_text('msgid "Yes"\nmsgstr Ja\n', encoding="utf-8")

    with pytest.raises(BadCatalogue, match="line 1"):
        read_folder(tmp_path)


def test_the_catalogues_are_written_as_the_program_writes_them() -> None:
    for language in PLURALS:
        for path in sorted((SOURCE / language).glob("*.po")):
            again = path.with_suffix(".again")
            try:
                write_po(again, language, read_po(path))
                assert again.read_bytes() == path.read_bytes(), path
            finally:
                again.unlink(missing_ok=True)


def test_texts_of_a_template_are_found_as_django_looks_them_up() -> None:
    source = """{% load i18n %}{% translate 'One' %}{% translate '%(count)s found' %}
    {% comment %}{% translate "Not this" %}{% endcomment %}
    {% blocktranslate trimmed with name=patient.name %}
        Hello {{ name }},
        100 % well?
    {% endblocktranslate %}
    {% blocktranslate count n=3 %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"""

    found = [(one.text, one.plural) for one in template_texts(source, "x.html")]

    assert found == [
        ("One", ""),
        ("%%(count)s found", ""),
        ("Hello %(name)s, 100 %% well?", ""),
        ("%(n)s day", "%(n)s days"),
    ]


def test_texts_put_together_at_run_time_are_refused() -> None:
    imported = "from django.utils.translation import gettext as _\n"
    with pytest.raises(NotPlain):
        list(python_texts(imported + '_(f"Until {day}")', "x.py"))
    with pytest.raises(NotPlain):
        list(python_texts(imported + '_("Until " + day)', "x.py"))
    with pytest.raises(NotPlain):
        list(template_texts("{% blocktranslate %}{{ a.b }}{% endblocktranslate %}", "x.html"))


@pytest.mark.parametrize(
    "source",
    ["<p>Words</p>", '<c-card title="Words">', "<p>{{ x }} until {{ y }}</p>", "<td data-label='Day'>"],
)
def test_a_text_that_nobody_marked_is_found(source: str) -> None:
    assert list(unmarked_texts(source))


@pytest.mark.parametrize(
    "source",
    [
        '<p class="m-soft">{% translate "Words" %} · {{ x }}</p>',
        '<c-card title="{% translate \'Words\' %}" icon="book">{% if a == "b" %}{% endif %}</c-card>',
        "{% comment %}Words{% endcomment %}<!-- words -->{# words #}<svg><title>M</title></svg>",
        "{% blocktranslate trimmed %}Words <b>bold</b>{% endblocktranslate %} Masseter &nbsp;",
    ],
)
def test_a_marked_text_is_none(source: str) -> None:
    assert list(unmarked_texts(source)) == []
