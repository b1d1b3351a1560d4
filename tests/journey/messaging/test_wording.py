"""The words of messages: nothing about health, nothing unknown in braces, nothing hostile let through."""

from __future__ import annotations

from datetime import UTC, datetime
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.messaging.actions.choosing import change_message_text
from masseter.journey.messaging.kinds import KINDS, LANGUAGES, PLACEHOLDERS
from masseter.journey.messaging.models import Channel, Message
from masseter.journey.messaging.queries import worker_of
from masseter.journey.messaging.rendering import Way, envelope_of, shipped_words
from masseter.journey.messaging.wording import check_words, fill, first_name, health_word, one_line
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
RIGHT_TO_LEFT = "\u202e"


def message_to(clinic: Clinic, kind: str, *, given_names: str = "Ada", language: str = "en") -> Message:
    patient = Patient(pk=7, clinic=clinic, given_names=given_names, family_name="Hidden", email="a@b.example")
    return Message(
        pk=9, clinic=clinic, kind=kind, about="1", patient=patient, language=language, starts_at=AT, due_at=AT
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_says_anything_about_health(clinic: Clinic, kind: str, language: str) -> None:
    """Neither words nor link: what is left to read is the clinic, a time, and where to sign in."""
    clinic.name = "Somewhere"
    for channel in Channel:
        message = message_to(clinic, kind, language=language)
        envelope = envelope_of(
            worker_of(clinic), clinic, message, Way(channel=channel, address="a@b.example")
        )

        assert health_word(f"{envelope.subject} {envelope.body}") == ""
        assert "Hidden" not in envelope.body
        assert "{" not in f"{envelope.subject}{envelope.body}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_words_pass_their_own_check(kind: str, language: str) -> None:
    words = shipped_words(kind, language)

    for field in ("subject", "body", "text"):
        assert check_words(kind, field, getattr(words, field)) == getattr(words, field)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Dear {frist_name}", "{frist_name} cannot be filled in"),
        ("{first_name.__class__}", "cannot be filled in"),
        ("{first_name!r}", "cannot be filled in"),
        ("{clinic:>99999999}", "cannot be filled in"),
        ("{}", "cannot be filled in"),
        ("{clinic", "brace is left open"),
        ("Time for Botox", "says something about health"),
        ("Your TRIGEMINAL NEURALGIA visit", "says something about health"),
        (f"Pay {RIGHT_TO_LEFT}now", "cannot be seen"),
        ("a\x00b", "cannot be seen"),
        ("x" * 121, "At most 120"),
        ("two\nlines", "One line"),
    ],
)
def test_words_that_must_not_go_out_are_refused_with_the_reason(words: str, said: str) -> None:
    with pytest.raises(Refused, match=said.replace("{", r"\{")) as refused:
        check_words("diary", "subject", words)

    assert refused.value.field == "subject"


def test_time_of_a_visit_is_not_there_for_a_diary() -> None:
    with pytest.raises(Refused, match="cannot be filled in"):
        check_words("diary", "body", "On {day}")

    assert check_words("visit", "body", "On {day}") == "On {day}"


def test_clinics_own_words_win_and_empty_ones_give_the_shipped_back(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(Role.ADMINISTRATOR)
    words = {"subject": "Hello {first_name}", "body": "See {link}", "text": ""}
    change_message_text(by=by, kind="visit", language="de", **words)
    mail = Way(channel="email", address="a@b.example")

    own = envelope_of(worker_of(clinic), clinic, message_to(clinic, "visit", language="de"), mail)
    shipped = envelope_of(worker_of(clinic), clinic, message_to(clinic, "visit", language="en"), mail)

    assert (own.subject, own.body.splitlines()[0][:8]) == ("Hello Ada", "See http")
    assert "on Tuesday 1 December at 09:30" in shipped.body


@given(st.text(max_size=80))
def test_name_of_a_patient_is_one_harmless_word(name: str) -> None:
    shown = first_name(name)

    assert len(shown) <= 40
    assert not set(shown) & set('<>{}@:/\\\r\n\t"&;%\u202e\u200b\x00 ')
    assert fill("Dear {first_name}", {"first_name": shown}) == f"Dear {shown}"


@given(st.text(max_size=60))
def test_what_is_filled_in_is_never_read_for_placeholders(text: str) -> None:
    assert fill("{clinic}", {"clinic": text, "link": "SECRET"}) == text
    assert "\n" not in one_line(text)


def test_every_placeholder_is_explained() -> None:
    used = {name for kind in KINDS.values() for name in kind.names}
    written = {
        name
        for kind in KINDS.values()
        for words in (kind.words.subject, kind.words.body, kind.words.text)
        for _, name, _, _ in Formatter().parse(words)
        if name
    }

    assert written <= used <= set(PLACEHOLDERS)
