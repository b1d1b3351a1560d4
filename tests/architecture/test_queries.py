"""No page asks the database more than 25 questions, however much is on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.rights import Right, Role
from tests.addresses import Address, pages
from tests.architecture.test_permissions import STAFF, client_of, is_public
from tests.world import World, build_world

MOST = 25
SignedIn = Callable[..., Client]


@pytest.fixture
def world(clinic: Clinic) -> World:
    return build_world(clinic)


def queries(client: Client, url: str) -> int:
    """How many questions one opening of a page asks; marks of the test's own transaction are not counted."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code in {200, 302, 405}, url
    marks = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
    return sum(not one["sql"].startswith(marks) for one in asked.captured_queries)


def counted(client: Client, world: World, wanted: Callable[[Address], bool]) -> dict[str, int]:
    return {
        url: queries(client, url)
        for address in pages()
        if wanted(address)
        for url in dict.fromkeys(address.url(filling) for filling in world.fillings())
    }


def is_own(address: Address) -> bool:
    return address.page is not None and Right.OWN_CARE in address.page.rights() and not is_public(address)


def test_page_of_staff_asks_little(world: World, signed_in: SignedIn) -> None:
    client = signed_in(*STAFF)

    found = counted(client, world, lambda one: not is_own(one))

    assert {url: count for url, count in found.items() if count > MOST} == {}


def test_page_of_patient_asks_little(world: World) -> None:
    found = counted(client_of(world.patient.user_id), world, lambda one: is_own(one) or is_public(one))

    assert {url: count for url, count in found.items() if count > MOST} == {}


@pytest.mark.parametrize("role", STAFF)
def test_home_of_each_role_asks_little(world: World, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)

    found = counted(client, world, lambda one: one.name == "clinic_home")

    assert all(count <= MOST for count in found.values()), found
