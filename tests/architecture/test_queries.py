"""No page asks the database more than 25 questions, however much is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from masseter.journey.accounts.models import User
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.record.whole import tables
from tests.addresses import Address, pages
from tests.architecture.test_permissions import STAFF, carer_in, is_own, is_public, may_open, openings
from tests.conftest import make_actor, make_clinic, sign_in
from tests.world import World, build_world

MOST = 25
OTHERS = 19  # sign-in, the trail, who looked, the photographs' consents
# What reads every table of patients once, and so may ask one question for each beside; it does not grow with
# the record.
WHOLE = {
    "/my/record/everything.pdf": len(tables()) + OTHERS,
    "/my/record/everything.json": len(tables()) + OTHERS,
}
# Marks within a transaction, and what opens and ends one, are no questions.
MARKS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """With real commits, so that a page asks what it asks in a clinic."""
    with django_db_blocker.unblock():
        yield build_world(make_clinic("queries"))
        connection.close()


def client_of(world: World, *roles: Role) -> Client:
    """Staff with these roles, or the world's patient."""
    by = world.patient if Role.PATIENT in roles else make_actor(world.clinic, *roles)
    user = User.objects.get(pk=by.user_id)
    if by is not world.patient:
        kind = Authenticator.Type.TOTP
        Authenticator.objects.get_or_create(user=user, type=kind, defaults={"data": {"secret": "x"}})
    client = Client()
    sign_in(client, user)
    return client


def queries(client: Client, url: str) -> int:
    """How many questions one opening of a page asks."""
    connection.queries_log.clear()  # it holds nine thousand, and warns beyond
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code in {200, 302, 405}, url
    return sum(not one["sql"].startswith(MARKS) for one in asked.captured_queries)


def counted(client: Client, world: World, wanted: Callable[[Address], bool]) -> dict[str, int]:
    return {
        url: queries(client, url)
        for address in pages()
        if wanted(address)
        for url in openings(world, address)
    }


def is_of_staff(address: Address) -> bool:
    """A page that somebody of the clinic may open."""
    return not is_own(address) and any(may_open(address, role) for role in STAFF)


def too_many(found: dict[str, int]) -> str:
    """The pages over the limit, one a line."""
    return "\n".join(f"{url}: {count}" for url, count in found.items() if count > WHOLE.get(url, MOST))


def test_page_of_staff_asks_little(world: World) -> None:
    client = client_of(world, *STAFF)

    found = counted(client, world, lambda one: is_of_staff(one) and one.name != "clinic_home")

    assert not (over := too_many(found)), over


def test_page_of_who_is_invited_asks_little(world: World) -> None:
    with clinic_scope(world.clinic.pk):
        invited = carer_in(world, Role.INVITED)
    client = Client()
    sign_in(client, User.objects.get(pk=invited.user_id))

    found = counted(client, world, lambda one: may_open(one, Role.INVITED) and not is_public(one))

    assert found
    assert not (over := too_many(found)), over


def test_page_of_patient_asks_little(world: World) -> None:
    found = counted(client_of(world, Role.PATIENT), world, lambda one: is_own(one) or is_public(one))

    assert not (over := too_many(found)), over


def test_home_of_each_role_asks_little(world: World) -> None:
    home = reverse("clinic_home")

    found = {role: queries(client_of(world, role), home) for role in STAFF}

    assert max(found.values()) <= MOST, found
