"""What devices send that had no connection: nobody else's, nothing twice, nothing lost, no nonsense."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

import masseter.ui
from masseter.journey.audit.models import Event
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.mailbox import public_key
from masseter.journey.people.models import Patient
from masseter.journey.results.actions import write_diary
from masseter.journey.results.models import DiaryEntry, DiarySent
from tests.clinic.pages import send
from tests.conftest import ActorMaker, sign_in
from tests.factories import actor_of_patient, make_case, make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.letters import sealed

HOUR = timedelta(hours=1)
LIGHT = 100_000  # bytes; asked of one entry on a slow line


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """Some hours before and after now lie on the same day."""
    with clock.travel(clock.now().replace(hour=12)):
        yield


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


def milliseconds(ago: timedelta = timedelta(0)) -> int:
    return int((clock.now() - ago).timestamp() * 1000)


def letter(
    about: Case, *, key: str = "", ago: timedelta = HOUR, of: Patient | None = None, **told: Any
) -> Any:
    """A letter of a device with a right clock, written some time ago. Any: JSON."""
    patient = of or about.patient
    assert patient.user_id is not None
    today = (clock.now() - ago).date().isoformat()
    words = {
        "case": about.pk,
        "covers": 1,
        "day": today,
        "today": today,
        "is_servers_day": False,
        "made": milliseconds(ago),
        "ahead": 0,
        "seen": milliseconds(ago + HOUR),
        "values": {"pain": 4},
        "note": "",
        **told,
    }
    return sealed(public_key(patient.user_id, "diary"), "diary", key or str(uuid4()), words)


def deliver(client: Client, *letters: Any) -> dict[str, Any]:  # Any: JSON
    sent = {"sent": milliseconds(), "letters": letters}
    answer = client.post(reverse("my_diary_line"), json.dumps(sent), content_type="application/json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_letter_sealed_for_somebody_else_is_strange_and_saves_nothing(
    client: Client, case: Case, by: Actor
) -> None:
    other = make_portal_patient(by, "other@patients.example")

    told = deliver(client, letter(case, of=other))

    assert (len(told["strange"]), told["saved"]) == (1, [])
    assert not DiaryEntry.objects.exists()


def test_case_of_another_patient_is_as_if_not_there(client: Client, case: Case, by: Actor) -> None:
    other = make_case(by, make_portal_patient(by, "other@patients.example"))

    told = deliver(client, letter(case, case=other.pk))

    assert "no such" in str(told["wrong"])
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"values": {"pain": 99}},
        {"values": {}},
        {"values": {"mood": 3}},
        {"covers": 3},
        {"note": "x" * 1001},
        {"made": -1},
        {"made": 2**70},
        {"ahead": 10**30},
        {"values": {"pain": {"a": 1}}},
        {"day": "31.11.2026"},
        {"more": 1},
    ],
    ids=lambda told: next(iter(told)),
)
def test_nonsense_inside_a_letter_is_told_and_saves_nothing(
    client: Client, case: Case, told: dict[str, Any]
) -> None:
    answer = deliver(client, letter(case, **told))

    assert answer["strange"] or answer["wrong"]
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '{"letters": 3}', '{"letters": [1, null, {}, {"key": "x"}], "sent": "now"}'],
)
def test_nonsense_around_letters_is_answered(client: Client, case: Case, body: str) -> None:
    answer = client.post(reverse("my_diary_line"), body, content_type="application/json")

    assert (answer.status_code, answer.json()["saved"]) == (200, [])


def test_same_letter_twice_and_the_page_itself_change_nothing_again(client: Client, case: Case) -> None:
    one = letter(case)
    assert deliver(client, one)["fresh"] == 1
    write_diary(by=actor_of_patient(case.patient), case=case, day=clock.today("UTC"), values={"pain": 7})

    again = deliver(client, one)
    page = client.get(reverse("my_diary"))
    key = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
    assert key
    send(client, reverse("my_diary"), {"pain": "8"}, page)
    by_page = deliver(client, letter(case, key=key.group(1)))

    assert (again["fresh"], by_page["fresh"]) == (0, 0)
    assert len(again["saved"]) == len(by_page["saved"]) == 1
    assert [one.values for one in DiaryEntry.objects.all()] == [{"pain": 8}]
    assert DiarySent.objects.count() == 1


def test_what_was_written_later_wins_whatever_comes_first_and_notes_are_both_kept(
    client: Client, case: Case
) -> None:
    early = letter(case, ago=3 * HOUR, values={"pain": 2, "medicine": True}, note="In the morning")
    late = letter(case, ago=2 * HOUR, values={"pain": 6}, note="At noon")

    deliver(client, late)
    deliver(client, early)

    entry = DiaryEntry.objects.get()
    assert entry.values == {"pain": 6, "medicine": True}
    assert entry.note == "At noon\nIn the morning"
    sent = [event.data["sent"]["values"] for event in Event.objects.filter(what__startswith="diary.")]
    assert sent == [{"pain": 6}, {"pain": 2, "medicine": True}]


def test_entry_of_a_day_that_is_not_sure_never_takes_the_place_of_another(client: Client, case: Case) -> None:
    today = clock.today("UTC")
    write_diary(
        by=actor_of_patient(case.patient), case=case, day=today - timedelta(days=1), values={"pain": 7}
    )
    seen = clock.now() - timedelta(days=1)
    far = int((clock.now() + timedelta(days=900)).timestamp() * 1000)
    words = {"made": far, "seen": int(seen.timestamp() * 1000), "values": {"pain": 1, "medicine": True}}

    deliver(client, letter(case, day="2029-01-01", today="2029-01-01", **words))

    entry = DiaryEntry.objects.get()
    assert (entry.values, entry.is_day_unsure) == ({"pain": 7, "medicine": True}, True)


def test_joined_answers_that_contradict_each_other_leave_the_later_ones_alone(
    client: Client, by: Actor, patient: Patient
) -> None:
    case = make_case(by, patient, "chronic_migraine")
    deliver(client, letter(case, ago=3 * HOUR, values={"headache": True, "migraine": True}))
    deliver(client, letter(case, ago=2 * HOUR, values={"headache": False}))

    assert DiaryEntry.objects.get().values == {"headache": False}


def test_one_entry_weighs_little_even_when_nothing_is_there_yet(client: Client, case: Case) -> None:
    """The page, its styles, scripts, font and picture over the line, the saving, and the page after it."""
    static = Path(masseter.ui.__file__).parent / "static"
    page = client.get(reverse("my_diary"), headers={"accept-encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(page.content).decode()
    files = set(re.findall(r'/static/([^"]+\.(?:css|js|webmanifest|svg))"', html))
    assert {"ui/app.css", "ui/app.js", "ui/diary.js"} <= files

    sizes = [len(gzip.compress((static / name).read_bytes())) for name in files]
    font = len((static / "ui/fonts/figtree-latin-wght-normal.woff2").read_bytes())
    worker = len(gzip.compress((static / "ui/diary-worker.js").read_bytes()))
    shell = len(client.get(reverse("my_diary_shell"), headers={"accept-encoding": "gzip"}).content)
    again = 2 * len(page.content)  # what is sent, and the page that follows

    assert sum(sizes) + font + worker + shell + again < LIGHT
