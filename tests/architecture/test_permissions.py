"""Every address with every role, and with another clinic's records: the table of rights is what happens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

import masseter.clinic
from masseter.cli.reference import program
from masseter.journey.accounts.models import Clinic, User
from masseter.journey.accounts.queries import actor_for
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import OUTSIDE, RIGHTS, ROLE_NAMES, Right, Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.actions import accept_invitation, invite_carer
from masseter.journey.people.models import Patient
from tests.addresses import OTHERS, Address, addresses, named, pages
from tests.conftest import ActorMaker, make_actor, sign_in
from tests.factories import make_portal_patient
from tests.journey.given import make_lot, vials_of
from tests.world import World

STAFF = tuple(role for role in Role if role not in OUTSIDE)
OPENS = {200, 302, 405}
CLINIC = Path(masseter.clinic.__file__).parent
ASKED = re.compile(r"\.may\(Right\.(\w+)\)")
SignedIn = Callable[..., Client]


def is_public(address: Address) -> bool:
    page = address.page
    return page is not None and Right.ASK in page.rights()


def may_open(address: Address, role: Role) -> bool:
    """What the table of rights says; a public page is open to everybody."""
    page = address.page
    assert page is not None
    return is_public(address) or any(right in RIGHTS[role] for right in page.rights())


def with_rows() -> list[Address]:
    """The pages that name a record of a clinic."""
    return [
        one for one in pages() if set(one.names) - {"condition", "instrument", "product", "finding", "kind"}
    ]


def is_own(address: Address) -> bool:
    """A page of a patient's own record."""
    return address.page is not None and Right.OWN_CARE in address.page.rights() and not is_public(address)


def openings(world: World, address: Address) -> Iterator[str]:
    """The address for each record that the world has for it; the other records are other patients'."""
    fillings = [world.filling()] if is_own(address) else world.fillings()
    yield from dict.fromkeys(address.url(filling) for filling in fillings)


def told(response: HttpResponse) -> str:
    """What a page says, without what differs each time."""
    return re.sub(r'(csrfmiddlewaretoken" value="|form_key" value=")[^"]*', "", response.content.decode())


def client_of(user_id: int | None) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=user_id))
    return client


def test_address_without_right_or_reason_fails() -> None:
    bare = {one.name for one in addresses() if one.page is None}
    unnamed = [one.route for one in addresses() if not one.name]
    without = [one.name for one in pages() if not getattr(one.page, "right", None)]

    assert bare == set(OTHERS), "a view is built on ui.pages.Page, or is listed with its reason"
    assert unnamed == []
    assert without == []


def test_docs_draw_the_same_table() -> None:
    drawn = {}
    for line in program.roles().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == len(Role) + 1 and cells[0] in program.RIGHT_NAMES.values():
            drawn[cells[0]] = {role for role, cell in zip(Role, cells[1:], strict=True) if cell == "●"}

    for right in Right:
        assert drawn[program.RIGHT_NAMES[right]] == {role for role in Role if right in RIGHTS[role]}, right
    assert set(ROLE_NAMES) == set(Role)


def test_every_right_is_used_and_given() -> None:
    program.load_actions()
    used = {right for one in pages() if one.page for right in one.page.rights()}
    used |= {right for entry in program.ACTIONS.values() for right in entry.rights}
    used |= {Right[name] for path in CLINIC.rglob("*.py") for name in ASKED.findall(path.read_text())}
    given = frozenset().union(*RIGHTS.values())

    assert used <= set(Right)
    assert set(Right) - used == set(), "a right that opens nothing"
    assert given == set(Right), "a right that nobody has"


def test_visitor_is_sent_to_sign_in(world: World) -> None:
    client = Client()

    for address in pages():
        for url in openings(world, address):
            response = client.get(url)
            if is_public(address):
                assert response.status_code in OPENS, (url, response.status_code)
                continue
            for answer in (response, client.post(url, {})):
                assert answer.status_code == 302, (url, answer.status_code)
                assert answer["Location"].startswith("/account/login/?next="), url


@pytest.mark.parametrize("role", STAFF)
def test_staff_open_what_the_table_says(world: World, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)

    for address in pages():
        for url in openings(world, address):
            expected = OPENS if may_open(address, role) else {403}
            assert client.get(url).status_code in expected, (role, url)


@pytest.mark.parametrize("role", STAFF)
def test_staff_send_nothing_that_the_table_refuses(world: World, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)

    for address in pages():
        if not may_open(address, role):
            url = address.url(world.filling())
            assert client.post(url, {}).status_code == 403, (role, url)


def test_patient_opens_own_pages_only(world: World) -> None:
    client = client_of(world.patient.user_id)

    for address in pages():
        for url in openings(world, address):
            expected = OPENS if may_open(address, Role.PATIENT) else {403}
            assert client.get(url).status_code in expected, url
            if not may_open(address, Role.PATIENT):
                assert client.post(url, {}).status_code == 403, url


def carer_in(world: World, role: Role) -> Actor:
    """A carer of the world's patient, in this role."""
    patient = world.rows["patient"]
    assert isinstance(patient, Patient)
    proxy, code = invite_carer(
        by=world.doctor,
        patient=patient,
        name="Cy Carer",
        email=f"{role}@carers.example",
        until=clock.today(world.doctor.zone),
        may_write=role == Role.WRITING_CARER,
        consent="As the test asks.",
    )
    assert proxy.user is not None
    by = actor_for(proxy.user)
    assert by is not None
    if role != Role.INVITED:
        accept_invitation(by=by, proxy=proxy, code=code)
    return by


@pytest.mark.parametrize("role", [Role.CARER, Role.WRITING_CARER, Role.INVITED])
def test_carer_opens_what_the_table_says(world: World, role: Role) -> None:
    client = client_of(carer_in(world, role).user_id)

    for address in pages():
        url = address.url(world.filling())
        expected = OPENS if may_open(address, role) else {403}
        assert client.get(url).status_code in expected, (role, url)
        if not may_open(address, role):
            assert client.post(url, {}).status_code == 403, (role, url)


def test_another_patient_finds_nothing_of_this_one(world: World) -> None:
    """A second patient of the same clinic is answered as if the record did not exist."""
    stranger = make_portal_patient(world.doctor, "stranger@patients.example")
    assert stranger.user is not None
    client = client_of(stranger.user.pk)

    for address in with_rows():
        if not may_open(address, Role.PATIENT):
            continue
        url = address.url(world.filling())
        assert client.get(url).status_code == 404, url
        assert client.post(url, {}).status_code == 404, url


def test_another_patients_case_in_the_query_is_not_there(world: World) -> None:
    stranger = make_portal_patient(world.doctor, "stranger@patients.example")
    assert stranger.user is not None
    client = client_of(stranger.user.pk)

    url = f"{named('my_intake').url({})}?case={world.rows['case'].pk}"

    assert client.get(url).status_code == 404
    assert client.post(url, {}).status_code == 404


def test_another_clinics_records_are_not_there(world: World, other_world: World, signed_in: SignedIn) -> None:
    """The same answer, word for word, as for a number that no record has."""
    client = signed_in(*STAFF)
    theirs = other_world.filling()
    nobodys = {name: 10**9 if isinstance(value, int) else value for name, value in theirs.items()}

    for address in with_rows():
        if address.page is None or Right.OWN_CARE in address.page.rights():
            continue
        url = address.url(theirs)
        foreign, absent = client.get(url), client.get(address.url(nobodys))
        assert foreign.status_code == absent.status_code == 404, (url, foreign.status_code)
        assert told(foreign) == told(absent), url
        assert client.post(url, {}).status_code == 404, url


def test_another_clinics_patient_reaches_no_staff_page(world: World, other_world: World) -> None:
    client = client_of(other_world.patient.user_id)

    for address in with_rows():
        assert client.get(address.url(world.filling())).status_code in {403, 404}, address.name


def test_another_clinics_vial_among_those_sent_is_not_there(
    world: World, other_clinic: Clinic, signed_in: SignedIn
) -> None:
    """The number stands in the form, not in the address."""
    with clinic_scope(other_clinic.pk):
        there = make_actor(other_clinic, Role.MANAGER)
        foreign = vials_of(make_lot(there, number="THEIRS"))[0].pk
    client = signed_in(*STAFF)
    url = named("treatment_prepare").url(world.fillings()[-1])

    theirs = client.post(url, {"vials": [str(foreign)]})
    nobodys = client.post(url, {"vials": ["1000000000"]})

    assert theirs.status_code == nobodys.status_code == 404
    assert told(theirs) == told(nobodys)  # type: ignore[arg-type]  # the test client's answers


def test_codes_that_do_not_exist_are_not_there(world: World, signed_in: SignedIn) -> None:
    client = signed_in(*STAFF)
    filling = {
        **world.filling(),
        **dict.fromkeys(("condition", "instrument", "product", "finding"), "no-such"),
    }

    for address in pages():
        if set(address.names) & {"condition", "instrument", "product", "finding"}:
            if may_open(address, Role.PATIENT) and not is_public(address):
                continue
            assert client.get(address.url(filling)).status_code == 404, address.name


def test_person_without_second_factor_gets_no_further(world: World, actor: ActorMaker) -> None:
    client = client_of(actor(Role.INJECTOR).user_id)

    for address in pages():
        if not is_public(address):
            response = client.get(address.url(world.filling()))
            assert response.status_code == 302, address.name
            assert "/2fa/" in response["Location"], address.name


def test_role_that_was_ended_opens_nothing(world: World, actor: ActorMaker, signed_in: SignedIn) -> None:
    from masseter.journey.accounts.actions import end_membership
    from masseter.journey.accounts.models import Membership

    client = signed_in(Role.FRONT_DESK)
    membership = Membership.objects.get(user_id=actor(Role.FRONT_DESK).user_id)
    people = named("people").url({})
    assert client.get(people).status_code == 200

    end_membership(by=world.doctor, membership=membership)

    assert client.get(people).status_code == 403
