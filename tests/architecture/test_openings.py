"""Whoever is shown a page about a patient is logged, however the page was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from masseter.journey.accounts.models import User
from masseter.journey.audit.models import OPENED, Event
from masseter.journey.ground import clock
from masseter.journey.ground.rights import OUTSIDE, Right, Role
from masseter.ui.records import RecordPage
from tests.addresses import QUERIES, Address, named, pages
from tests.conftest import sign_in
from tests.world import World

STAFF = tuple(role for role in Role if role not in OUTSIDE)
# What an address names that is no record of a person, with the reason.
NOBODYS = {
    "membership": "a role of a member of staff",
    "lot": "a lot in the stock, before it is anybody's",
    "scheme": "a scheme of the clinic's own, without anything about a person",
    "number": "a version of such a scheme",
    "unit": "a refrigerator or another place of storage",
    "excursion": "a time in which such a place was too warm or too cold",
    "kind": "a kind of visit, before anybody has one",
    "room": "a room of the clinic",
    "person": "a member of staff",
    "absence": "when a member of staff is away",
    "condition": "a page of knowledge",
    "instrument": "a code of knowledge",
    "product": "a code of knowledge",
    "finding": "a code of knowledge",
    "pose": "a word for how a face is held",
}
# Parts of a page that a script asks for; they belong to the opening of that page, as their own tests say.
PARTS = {"plan_check", "chair_line", "chair_check", "my_diary_line", "my_medicine_hits"}
SHOWS = {200, 422}
# Sendings that save nothing and bring the whole page back.
LOOKS: dict[str, dict[str, str]] = {
    "review_add": {"look": "1"},
    "score_add": {"look": "1"},
    "plan": {"do": "check"},
}
SignedIn = Callable[..., Client]


def about_somebody() -> list[Address]:
    """The pages that name a record of a person in their address, and the patients' own."""
    return [
        one
        for one in pages()
        if set(one.names) - set(NOBODYS) or is_own(one) or QUERIES.get(one.name) == "patient"
    ]


def is_own(address: Address) -> bool:
    return address.page is not None and Right.OWN_CARE in address.page.rights()


def openings() -> int:
    return Event.objects.filter(what=OPENED).count()


def expect_logged(
    address: Address, ask: Callable[[str], HttpResponse], url: str, data: object = None
) -> None:
    before = openings()
    response = ask(url) if data is None else ask(url, data)  # type: ignore[call-arg]  # the test client's own
    if response.status_code in SHOWS:
        assert openings() > before, (address.name, url, response.status_code)
    else:
        assert response.status_code in {302, 405}, (address.name, url, response.status_code)
        assert openings() == before, (address.name, url)


def urls(world: World, address: Address) -> Iterator[str]:
    fillings = [world.filling()] if is_own(address) else world.fillings()
    yield from dict.fromkeys(address.url(filling) for filling in fillings)


def test_page_about_somebody_is_a_record_page() -> None:
    loose = [one.name for one in about_somebody() if one.page and not issubclass(one.page, RecordPage)]
    nameless = [one.name for one in about_somebody() if not getattr(one.page, "page_name", "")]

    assert loose == [], "build it on ui.records.RecordPage, or say in NOBODYS why nobody's record is shown"
    assert nameless == []


def test_staff_are_logged_for_all_that_they_are_shown(world: World, signed_in: SignedIn) -> None:
    client = signed_in(*STAFF)

    for address in about_somebody():
        if is_own(address):
            continue
        for url in urls(world, address):
            if address.name == "vial" and str(world.rows["vial"].pk) not in url:
                continue  # a sealed vial is nobody's
            expect_logged(address, client.get, url)
            if address.name not in PARTS:
                expect_logged(address, client.post, url, LOOKS.get(address.name, {}))


def test_patients_are_logged_for_all_that_they_are_shown(world: World) -> None:
    client = Client()
    sign_in(client, User.objects.get(pk=world.patient.user_id))

    for address in about_somebody():
        if is_own(address) and address.name not in PARTS:
            for url in urls(world, address):
                expect_logged(address, client.get, url)
                expect_logged(address, client.post, url, {})


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_page_that_comes_back_unsaved_is_an_opening(world: World, signed_in: SignedIn, name: str) -> None:
    client = signed_in(*STAFF)
    address = named(name)
    url = list(urls(world, address))[1 if name == "plan" else 0]

    response = client.post(url, LOOKS[name])

    assert response.status_code == 200
    last = Event.objects.filter(what=OPENED).latest("number")
    assert last.data == {"page": address.page.page_name}  # type: ignore[union-attr]  # a page, by its name


def test_self_checks_answers_are_opened_and_logged(world: World, signed_in: SignedIn) -> None:
    signed_in(Role.FRONT_DESK).get(named("referral").url(world.filling()))

    last = Event.objects.filter(what=OPENED).latest("number")
    assert (last.subject_kind, last.subject_id) == ("screen.referral", world.rows["referral"].pk)


def test_live_check_is_sent_and_never_fetched(world: World, signed_in: SignedIn) -> None:
    url = named("plan_check").url(world.fillings()[1])

    assert signed_in(*STAFF).get(url).status_code == 405


def test_live_check_belongs_to_an_opening_of_the_plan(world: World, signed_in: SignedIn) -> None:
    """Without one it is logged as an opening itself; with one, the many checks of typing are not."""
    client = signed_in(*STAFF)
    draft = world.fillings()[1]
    check, plan = named("plan_check").url(draft), named("plan").url(draft)
    before = openings()

    client.post(check, {})
    alone = openings()
    client.post(check, {})
    client.get(plan)
    client.post(check, {})
    typed = openings()
    with clock.travel(clock.now() + timedelta(hours=2)):
        client.post(check, {})

    assert (alone - before, typed - alone, openings() - typed) == (1, 1, 1)


def test_live_check_of_somebody_else_is_an_opening_of_its_own(world: World, signed_in: SignedIn) -> None:
    draft = world.fillings()[1]
    signed_in(Role.PRESCRIBER).get(named("plan").url(draft))
    before = openings()

    signed_in(Role.INJECTOR).post(named("plan_check").url(draft), {})

    assert openings() == before + 1


def test_merging_is_an_opening_of_both_records(world: World, signed_in: SignedIn) -> None:
    keep, other = world.rows["patient"].pk, world.others[0]["patient"].pk
    before = openings()

    signed_in(Role.MANAGER).get(f"{named('patient_merge').url({'patient': keep})}?with={other}")

    newest = Event.objects.filter(what=OPENED).order_by("-number")[: openings() - before]
    assert {event.patient_id for event in newest} == {keep, other}
